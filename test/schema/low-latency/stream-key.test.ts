import type { GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { startGateway } from '../../support/gateway.ts';
import { deleted } from '../../support/ids.ts';
import { unionErrors } from '../../support/unions.ts';

const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
const MAIN_KEY = MAIN.replace('channel', 'stream-key');

describe('reading stream keys', () => {
  it('answers every member of a stream key with one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { streamKey } = await gateway.data(
      `{ streamKey(arn: "${MAIN_KEY}") { __typename arn channelArn channel { arn } tags { key value } value } }`,
    );
    expect(streamKey).toEqual({
      __typename: 'StreamKey',
      arn: MAIN_KEY,
      channelArn: MAIN,
      channel: { arn: MAIN },
      tags: [],
      value: expect.stringMatching(/^sk_us-west-2_/),
    });
    expect(gateway.calls()).toEqual({ GetStreamKey: 1 });
  });

  it('lists those of a channel, and asks for the secret only when it is selected', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const keysOf = (fields: string) =>
      gateway.data(`{ channel(arn: "${MAIN}") { streamKeys { nodes { ${fields} } } } }`);
    const { channel } = await keysOf('arn channelArn tags { key } channel { name }');
    expect(channel.streamKeys.nodes).toEqual([
      { arn: MAIN_KEY, channelArn: MAIN, tags: [], channel: { name: 'main-stage' } },
    ]);
    // AWS gives one when it is not told how many
    expect(gateway.emulator.calls.log('ListStreamKeys')).toMatchObject([{ input: { maxResults: 50 } }]);
    expect(gateway.calls()).toEqual({ GetChannel: 1, ListStreamKeys: 1 });

    expect((await keysOf('value')).channel.streamKeys.nodes).toEqual([{ value: expect.any(String) }]);
    expect(gateway.calls()).toMatchObject({ ListStreamKeys: 1, GetStreamKey: 1 });
  });

  it('lists those of a channel without reading the channel', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { streamKeys } = await gateway.data(`{ streamKeys(channelArn: "${MAIN}") { nodes { arn } } }`);
    expect(streamKeys.nodes).toEqual([{ arn: MAIN_KEY }]);
    expect(gateway.calls()).toEqual({ ListStreamKeys: 1 });
  });

  it('reads any number in batches of 50; null for what does not exist', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const arns = [MAIN_KEY, ...Array.from({ length: 59 }, (_, index) => `${MAIN_KEY}x${index}`)];
    const fields = arns.map((arn, index) => `k${index}: streamKey(arn: "${arn}") { arn }`);
    const answer = await gateway.data(`{ ${fields.join(' ')} }`);
    expect(Object.values(answer)).toEqual([{ arn: MAIN_KEY }, ...Array(59).fill(null)]);
    expect(gateway.calls()).toEqual({ BatchGetStreamKey: 2 });
  });

  it('says that its value is a secret', () => {
    const type = schema.getType('StreamKey') as GraphQLObjectType;
    expect(type.getFields().value?.extensions).toMatchObject({ scopes: ['ivs:secret'] });
  });

  it('refuses the ARN of another thing without a call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { errors } = await gateway.ask(
      `{ streamKey(arn: "${MAIN}") { arn } streamKeys(channelArn: "${MAIN_KEY}") { nodes { arn } } }`,
    );
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
    expect(gateway.calls()).toEqual({});
  });
});

describe('changing stream keys', () => {
  const create = `mutation ($input: CreateStreamKeyInput!) { createStreamKey(input: $input) {
    __typename
    ... on CreateStreamKeyPayload { streamKey { arn value channelArn tags { key value } } }
    ... on MutationError { code message }
  } }`;
  const remove = `mutation ($arn: ID!) { deleteStreamKey(input: { arn: $arn }) {
    __typename
    ... on DeleteStreamKeyPayload { deletedId arn }
    ... on MutationError { code message }
  } }`;

  it('replaces the stream key of a channel: delete, then create', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const input = { channelArn: MAIN, tags: [{ key: 'a', value: 'b' }] };
    const full = await gateway.data(create, { input });
    expect(full.createStreamKey).toMatchObject({ __typename: 'ServiceQuotaExceededError' });
    gateway.calls();

    const { deleteStreamKey } = await gateway.data(remove, { arn: MAIN_KEY });
    expect(deleteStreamKey).toMatchObject(deleted('StreamKey', MAIN_KEY));
    expect(await gateway.data(`{ streamKey(arn: "${MAIN_KEY}") { arn } }`)).toEqual({ streamKey: null });
    gateway.calls();

    const { createStreamKey } = await gateway.data(create, { input });
    expect(createStreamKey.streamKey).toEqual({
      arn: expect.stringMatching(/:stream-key\//),
      value: expect.stringMatching(/^sk_/),
      channelArn: MAIN,
      tags: input.tags,
    });
    expect(gateway.calls()).toEqual({ CreateStreamKey: 1 });
  });

  it('answers with the errors that AWS declares', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    expect(await unionErrors(gateway, 'createStreamKey', { channelArn: MAIN })).toEqual([
      'ValidationError',
      'ResourceNotFoundError',
      'ServiceQuotaExceededError',
      'PendingVerificationError',
    ]);
    expect(await unionErrors(gateway, 'deleteStreamKey', { arn: MAIN_KEY })).toEqual([
      'ValidationError',
      'ResourceNotFoundError',
      'PendingVerificationError',
    ]);
  });

  it.each([
    ['a channel that does not exist', { channelArn: `${MAIN}x` }, 'ResourceNotFoundError'],
    ['a malformed ARN', { channelArn: 'x' }, 'ValidationError'],
  ])('answers %s with an error of the union', async (_what, input, type) => {
    const gateway = await startGateway({ seed: 'demo' });
    expect((await gateway.data(create, { input })).createStreamKey.__typename).toBe(type);
  });

  it('answers the ARN of another thing with a ValidationError', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { deleteStreamKey } = await gateway.data(remove, { arn: MAIN });
    expect(deleteStreamKey.__typename).toBe('ValidationError');
    expect(gateway.calls()).toEqual({});
  });
});
