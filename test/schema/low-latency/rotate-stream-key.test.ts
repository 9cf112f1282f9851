import { describe, expect, it } from 'vitest';
import { boundedTo, callerWith } from '../../support/callers.ts';
import { startGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';

const GONE = 'arn:aws:ivs:us-west-2:123456789012:channel/gone';
const mutation = `mutation ($input: RotateStreamKeyInput!) { rotateStreamKey(input: $input) { __typename
  ... on RotateStreamKeyPayload { streamKey { arn value tags { key value } channel { arn } } }
  ... on MutationError { code message } ... on StreamKeyNotCreatedError { tags { key value } } } }`;
const CALLS = { ListStreamKeys: 1, DeleteStreamKey: 1, CreateStreamKey: 1 };
const team = [{ key: 'team', value: 'red' }];

async function start(options?: TestGatewayOptions) {
  const gateway = await startGateway(options);
  const { createChannel } = await gateway.data(
    'mutation { createChannel(input: {}) { ... on CreateChannelPayload { channel { arn } streamKey { arn value } } } }',
  );
  gateway.calls();
  return { gateway, channelArn: createChannel.channel.arn, old: createChannel.streamKey };
}

async function rotate({ data }: TestGateway, channelArn: string, rest = {}) {
  const { rotateStreamKey } = await data(mutation, { input: { channelArn, ...rest } });
  return rotateStreamKey;
}

async function keysOf({ data, calls }: TestGateway, channelArn: string): Promise<string[]> {
  const { streamKeys } = await data(`{ streamKeys(channelArn: "${channelArn}") { nodes { arn } } }`);
  calls();
  return streamKeys.nodes.map(({ arn }: { arn: string }) => arn);
}

describe('rotateStreamKey', () => {
  it('replaces the key of a channel, and its value costs no further call', async () => {
    const { gateway, channelArn, old } = await start();
    const { streamKey } = await rotate(gateway, channelArn);
    expect(gateway.calls()).toEqual(CALLS);
    expect(streamKey).toMatchObject({
      value: expect.stringMatching(/^sk_us-west-2_/),
      channel: { arn: channelArn },
    });
    expect(streamKey.value).not.toBe(old.value);
    expect(await keysOf(gateway, channelArn)).toEqual([streamKey.arn]);
  });

  it('keeps the tags of the old key, or sets those of the input', async () => {
    const { gateway, channelArn, old } = await start();
    const tag = 'mutation ($input: TagResourceInput!) { tagResource(input: $input) { __typename } }';
    await gateway.data(tag, { input: { resourceArn: old.arn, tags: team } });
    expect((await rotate(gateway, channelArn)).streamKey.tags).toEqual(team);
    expect((await rotate(gateway, channelArn)).streamKey.tags).toEqual(team);
    expect((await rotate(gateway, channelArn, { tags: [] })).streamKey.tags).toEqual([]);
  });

  it.each([
    ['a value that is too long', [{ key: 'a', value: 'v'.repeat(257) }]],
    ['an empty key', [{ key: '', value: 'v' }]],
    ['a key that is too long', [{ key: 'k'.repeat(129), value: 'v' }]],
    ['a key of AWS', [{ key: 'aws:owner', value: 'v' }]],
    ['a key twice', [...team, ...team]],
    ['too many', Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' }))],
  ])('keeps the old key where the new one could not be created: %s', async (_what, tags) => {
    const { gateway, channelArn, old } = await start();
    expect(await rotate(gateway, channelArn, { tags })).toMatchObject({ __typename: 'ValidationError' });
    expect(gateway.calls()).toEqual({});
    expect(await keysOf(gateway, channelArn)).toEqual([old.arn]);
  });

  it('leaves out tags that only AWS can set', async () => {
    const { gateway, channelArn, old } = await start();
    const tags = { 'aws:cloudformation:stack-name': 'live', team: 'red' };
    const body = JSON.stringify({ streamKeys: [{ arn: old.arn, channelArn, tags }] });
    gateway.emulator.faults.add({ operation: 'ListStreamKeys', status: 200, body });
    expect((await rotate(gateway, channelArn)).streamKey.tags).toEqual(team);
  });

  it('creates a key for a channel that has none', async () => {
    const { gateway, channelArn, old } = await start();
    await gateway.data(`mutation { deleteStreamKey(input: { arn: "${old.arn}" }) { __typename } }`);
    gateway.calls();
    expect((await rotate(gateway, channelArn)).streamKey.value).toEqual(expect.any(String));
    expect(gateway.calls()).toEqual({ ListStreamKeys: 1, CreateStreamKey: 1 });
  });

  it('is estimated at its three calls', async () => {
    const { gateway, channelArn } = await start();
    const headers = { 'x-ivs-cost': 'dryRun' };
    const { extensions } = await gateway.ask(mutation, { input: { channelArn } }, { headers });
    expect(
      Object.fromEntries(extensions?.ivs?.operations.map(({ operation, calls }) => [operation, calls]) ?? []),
    ).toEqual(CALLS);
  });

  it.each([
    ['a channel that does not exist', GONE, 'ResourceNotFoundError'],
    ['what is no channel', GONE.replace('channel', 'stage'), 'ValidationError'],
  ])('refuses %s, and changes nothing', async (_what, channelArn, type) => {
    const { gateway } = await start();
    expect(await rotate(gateway, channelArn)).toMatchObject({ __typename: type });
    expect(gateway.calls()).not.toHaveProperty('CreateStreamKey');
  });
});

describe('when the second call of a rotation fails', () => {
  it.each([
    ['for good', { status: 403, errorType: 'AccessDeniedException' }, 'UPSTREAM_ACCESS_DENIED'],
    [
      'with a failure of AWS, twice',
      { status: 500, errorType: 'InternalServerException' },
      'UPSTREAM_UNAVAILABLE',
    ],
  ])(
    '%s, the error says that the channel has no key, and the next rotation gives it one',
    async (_how, fault, code) => {
      const { gateway, channelArn } = await start();
      gateway.emulator.faults.add({ operation: 'CreateStreamKey', ...fault });
      const error = await rotate(gateway, channelArn);
      expect(error).toMatchObject({ __typename: 'StreamKeyNotCreatedError', code: 'STREAM_KEY_NOT_CREATED' });
      expect(error.message).toContain(`failed with ${code}`);
      expect(error.message).toContain('The channel has none now. Send rotateStreamKey again.');
      expect(await keysOf(gateway, channelArn)).toEqual([]);
      gateway.emulator.faults.clear();
      const { streamKey } = await rotate(gateway, channelArn);
      expect(await keysOf(gateway, channelArn)).toEqual([streamKey.arn]);
    },
  );

  it('the error has the tags of the old key, and the next rotation takes them', async () => {
    const { gateway, channelArn, old } = await start();
    const tag = 'mutation ($input: TagResourceInput!) { tagResource(input: $input) { __typename } }';
    await gateway.data(tag, { input: { resourceArn: old.arn, tags: team } });
    gateway.emulator.faults.add({ operation: 'CreateStreamKey', status: 403 });
    const { tags, message } = await rotate(gateway, channelArn);
    expect(tags).toEqual(team);
    expect(message).toMatch(/Send rotateStreamKey again with the tags of this error\.$/);
    gateway.emulator.faults.clear();
    expect((await rotate(gateway, channelArn, { tags })).streamKey.tags).toEqual(team);
  });

  it('once, it is sent again', async () => {
    const { gateway, channelArn } = await start();
    gateway.emulator.faults.add({ operation: 'CreateStreamKey', times: 1, status: 500 });
    expect((await rotate(gateway, channelArn)).streamKey.value).toEqual(expect.any(String));
    expect(gateway.calls()).toEqual({ ...CALLS, ListStreamKeys: 2, CreateStreamKey: 2 });
  });

  it('after it created a key, it returns that key', async () => {
    const { gateway, channelArn, old } = await start();
    gateway.emulator.faults.add({ operation: 'CreateStreamKey', times: 1, afterwards: true, status: 500 });
    const { streamKey } = await rotate(gateway, channelArn);
    expect(streamKey.value).not.toBe(old.value);
    expect(gateway.calls()).toEqual({ ...CALLS, ListStreamKeys: 2, GetStreamKey: 1 });
    expect(await keysOf(gateway, channelArn)).toEqual([streamKey.arn]);
  });

  it('and so does the look at what is left, the error says that the state is not known', async () => {
    const { gateway, channelArn } = await start();
    gateway.emulator.faults.add({ operation: 'CreateStreamKey', status: 500 });
    gateway.emulator.faults.add({
      operation: 'ListStreamKeys',
      status: 403,
      match: () => gateway.emulator.calls.count('DeleteStreamKey') > 0,
    });
    const error = await rotate(gateway, channelArn);
    expect(error).toMatchObject({ __typename: 'StreamKeyNotCreatedError' });
    expect(error.message).toContain('Whether it has one now is not known.');
  });

  it('because another request was faster, no key is lost', async () => {
    const { gateway, channelArn, old } = await start();
    const answers = await Promise.all([1, 2, 3].map(() => rotate(gateway, channelArn)));
    const keys = await keysOf(gateway, channelArn);
    expect(keys).toHaveLength(1);
    expect(keys).not.toContain(old.arn);
    for (const { __typename: type, streamKey } of answers) {
      if (type === 'RotateStreamKeyPayload') expect(streamKey.arn).toBe(keys[0]);
      else expect(type).toBe('ConflictError');
    }
    expect(answers.filter(({ streamKey }) => streamKey).length).toBeGreaterThan(0);
  });
});

it('a rotation is completed when its client leaves between the two calls', async () => {
  const { gateway, channelArn, old } = await start({ callRates: true });
  const client = new AbortController();
  gateway.emulator.faults.add({
    operation: 'DeleteStreamKey',
    status: 500,
    match: () => {
      client.abort();
      return false;
    },
  });
  const left = gateway
    .ask(mutation, { input: { channelArn } }, { signal: client.signal })
    .catch(({ name }: Error) => name);
  expect(await left).toBe('AbortError');
  const line = () => gateway.log.find(({ mutation: name }) => name === 'rotateStreamKey');
  while (!line()) await new Promise(setImmediate);
  expect(line()).toMatchObject({ outcome: 'ok' });
  const [key] = await keysOf(gateway, channelArn);
  expect(key).toEqual(expect.any(String));
  expect(key).not.toBe(old.arn);
});

describe('who may rotate a stream key', () => {
  const ask = (gateway: TestGateway, channelArn: string, caller: ReturnType<typeof callerWith>) =>
    gateway.ask(mutation, { input: { channelArn } }, { caller });

  it('takes ivs:write and ivs:read, and ivs:secret for the value', async () => {
    const { gateway, channelArn } = await start();
    for (const scopes of [['ivs:write'], ['ivs:read', 'ivs:secret']] as const) {
      const { errors } = await ask(gateway, channelArn, callerWith(scopes));
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    expect(gateway.calls()).toEqual({});
    const { data, errors } = await ask(gateway, channelArn, callerWith(['ivs:write', 'ivs:read']));
    expect(data.rotateStreamKey.streamKey).toMatchObject({ arn: expect.any(String), value: null });
    expect(errors).toMatchObject([
      { path: ['rotateStreamKey', 'streamKey', 'value'], extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  it('is bounded by the channel', async () => {
    const { gateway, channelArn } = await start();
    const outside = await ask(gateway, channelArn, boundedTo(GONE));
    expect(outside.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(gateway.calls()).toEqual({});
    const inside = await ask(gateway, channelArn, boundedTo(channelArn));
    expect(inside.data.rotateStreamKey.streamKey.value).toEqual(expect.any(String));
  });

  it('is in the audit, with both keys by their ARNs and without their values', async () => {
    const { gateway, channelArn, old } = await start();
    const { streamKey } = await rotate(gateway, channelArn);
    const line = gateway.log.find(({ mutation: name }) => name === 'rotateStreamKey');
    expect(line).toMatchObject({
      outcome: 'ok',
      arns: [channelArn, old.arn, streamKey.arn],
      awsRequestIds: [expect.any(String), expect.any(String)],
    });
    gateway.emulator.faults.add({ operation: 'CreateStreamKey', status: 403 });
    await rotate(gateway, channelArn);
    expect(gateway.log.filter(({ mutation: name }) => name === 'rotateStreamKey').at(-1)).toMatchObject({
      outcome: 'STREAM_KEY_NOT_CREATED',
      arns: [channelArn, streamKey.arn],
    });
    expect(JSON.stringify(gateway.log)).not.toMatch(/sk_us-west-2/);
  });
});
