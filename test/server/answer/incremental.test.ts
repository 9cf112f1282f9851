import { describe, expect, it } from 'vitest';
import { callerWith } from '../../support/callers.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { all, askInParts, merge, mergePending, PENDING } from '../../support/parts.ts';
import { createSession, createStage } from '../../support/world.ts';

type Session = Awaited<ReturnType<typeof createSession>>;

const people = ({ stageArn, sessionId }: Session, selection: string, first = 100) =>
  `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}", first: ${first}) { ${selection} } }`;
const inParts = async (gateway: TestGateway, query: string, headers = {}) => {
  const { response, parts } = await askInParts(gateway, query, { headers });
  return { response, parts: await all(parts) };
};
const withoutDirectives = (query: string) => query.replace(/@(defer|stream)(\([^)]*\))?/g, '');

describe('an answer in parts', () => {
  it.each([
    ['streamed nodes', 'nodes @stream { userId browserName }'],
    ['streamed nodes behind the first', 'nodes @stream(initialCount: 3) { userId browserName }'],
    ['streamed edges', 'edges @stream(label: "people") { cursor node { userId ispName } }'],
    ['deferred details', 'nodes { userId ... @defer(label: "details") { browserName } }'],
    ['both', 'nodes @stream { userId ... @defer { browserName attributes { key } } }'],
    ['a deferred named fragment', 'pageInfo { hasNextPage } ...All @defer'],
    ['deferral inside deferral', 'nodes { userId ... @defer { state ... @defer { browserName } } }'],
    ['what is turned off', 'nodes @stream(if: false) { userId ... @defer(if: false) { browserName } }'],
    ['under other names', 'people: nodes @stream { who: userId with: browserName }'],
  ])('is, put together, the one answer, for the same calls: %s', async (_what, selection) => {
    const gateway = await startGateway({ callRates: true });
    const session = await createSession(gateway, 12);
    const fragment = selection.includes('...All')
      ? ' fragment All on ParticipantConnection { nodes { userId browserName } }'
      : '';
    const query = people(session, selection) + fragment;
    gateway.calls();
    const whole = await gateway.ask(withoutDirectives(query));
    const calls = gateway.calls();
    const { parts } = await inParts(gateway, query);
    expect(merge(parts)).toEqual({ data: whole.data });
    expect(gateway.calls()).toEqual(calls);
    const pending = await inParts(gateway, query, PENDING);
    expect(mergePending(pending.parts)).toEqual({ data: whole.data });
    expect(gateway.calls()).toEqual(calls);
    expect(calls).toEqual({ ListParticipants: 1, GetParticipant: 12 });
    expect(parts.map(({ hasNext }) => hasNext ?? false)).toEqual([
      ...Array(parts.length - 1).fill(true),
      false,
    ]);
  });

  it('begins before the quota lets all details be read, and goes on as they come', async () => {
    const gateway = await startGateway({ callRates: true });
    const session = await createSession(gateway, 40);
    const { parts } = await askInParts(gateway, people(session, 'nodes @stream { userId browserName }'));
    const seen: { at: number; count: number }[] = [];
    let count = 0;
    for await (const { incremental = [] } of parts) {
      count += incremental.flatMap(({ items }) => items ?? []).length;
      seen.push({ at: gateway.clock.now(), count });
    }
    const secondsUntil = (some: number) => (seen.find((one) => one.count >= some)?.at ?? Number.NaN) / 1000;
    // Five calls may start at once, then 4.9 a second.
    expect(secondsUntil(5)).toBeLessThan(0.5);
    expect(secondsUntil(10)).toBeLessThan(1.5);
    expect(secondsUntil(40)).toBeGreaterThan(7);
    expect(seen.at(-1)?.count).toBe(40);
  });

  it('does not wait for the deferred details of objects requested by id', async () => {
    const gateway = await startGateway({ callRates: true });
    const session = await createSession(gateway, 25);
    const { participants } = await gateway.data(people(session, 'nodes { id }'));
    const ids = participants.nodes.map(({ id }: { id: string }) => JSON.stringify(id));
    const query = `{ nodes(ids: [${ids}]) { id ... on Participant { userId ... @defer { browserName } } } }`;
    const began = gateway.clock.now();
    const { parts } = await askInParts(gateway, query);
    const times: number[] = [];
    for await (const _part of parts) times.push(gateway.clock.now() - began);
    // Five details a second: all of them take four seconds after the first five.
    expect(times[0]).toBeLessThan(1000);
    expect(times.at(-1)).toBeGreaterThan(3000);
  });

  it('reads what belongs together in batches', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const query = '{ channels { nodes @stream { name ... @defer { playbackUrl } } } }';
    const { data } = merge((await inParts(gateway, query)).parts);
    expect(data.channels.nodes.length).toBeGreaterThan(1);
    for (const { playbackUrl } of data.channels.nodes) expect(playbackUrl).toMatch(/^https:/);
    expect(gateway.calls()).toEqual({ ListChannels: 1, BatchGetChannel: 1 });
  });

  it.each([
    ['multipart/mixed', 'deferSpec=20220824'],
    ['multipart/mixed;deferSpec=20220824, application/json', 'deferSpec=20220824'],
    ['multipart/mixed; deferSpec="20220824", multipart/mixed;incrementalSpec=v0.2', 'deferSpec=20220824'],
    ['multipart/mixed;incrementalSpec=v9,multipart/mixed;incrementalSpec=v0.2', 'incrementalSpec=v0.2'],
    ['multipart/mixed;incrementalSpec=v0.2,application/json;q=0.9', 'incrementalSpec=v0.2'],
    ['text/event-stream, multipart/mixed;incrementalSpec=v0.2', 'incrementalSpec=v0.2'],
  ])('says its form to who takes %s', async (accept, form) => {
    const gateway = await startGateway({ seed: 'demo' });
    const { response, parts } = await inParts(gateway, '{ stages { nodes @stream { name } } }', { accept });
    expect(response.headers.get('content-type')).toBe(`multipart/mixed; boundary="-"; ${form}`);
    const types = [...response.headers].filter(([name]) => name.toLowerCase() === 'content-type');
    expect(types).toHaveLength(1);
    expect('pending' in (parts[0] as object)).toBe(form === 'incrementalSpec=v0.2');
  });

  it.each([
    'multipart/mixed;incrementalSpec=v9, application/json',
    'multipart/mixed;deferSpec=20991231, application/json',
    'multipart/mixed;q=0, application/json',
  ])('comes at once to who takes another form: %s', async (accept) => {
    const gateway = await startGateway({ seed: 'demo' });
    const { response, parts } = await inParts(gateway, '{ stages { nodes @stream { name } } }', { accept });
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(parts).toMatchObject([{ data: { stages: { nodes: expect.any(Array) } } }]);
  });

  it('announces each fragment and list under an id, with its label, and completes it', async () => {
    const gateway = await startGateway();
    const session = await createSession(gateway, 1);
    const selection =
      'nodes @stream(initialCount: 1, label: "people") { userId ... @defer(label: "more") { browserName } }';
    const { parts } = await inParts(gateway, people(session, selection), PENDING);
    const path = ['participants', 'nodes'];
    expect(parts).toEqual([
      {
        data: { participants: { nodes: [{ userId: 'user-0' }] } },
        pending: [
          { id: '0', path, label: 'people' },
          { id: '1', path: [...path, 0], label: 'more' },
        ],
        hasNext: true,
      },
      {
        incremental: [{ id: '1', data: { browserName: 'Firefox' } }],
        completed: [{ id: '1' }, { id: '0' }],
        hasNext: false,
      },
    ]);
  });

  it('streams no list as part of an item in the newer form, where Apollo Client would lose it', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const query = '{ stages { nodes @stream { sessions(first: 5) { nodes @stream { sessionId } } } } }';
    const { parts } = await inParts(gateway, query, PENDING);
    expect(parts.flatMap(({ pending = [] }) => pending)).toEqual([{ id: '0', path: ['stages', 'nodes'] }]);
    expect(mergePending(parts)).toEqual({ data: (await gateway.ask(query)).data });
  });

  it('is whole, and without a trace of what might have followed, when nothing does', async () => {
    const gateway = await startGateway();
    const query = '{ stages { nodes @stream(initialCount: 5) { name ... @defer { arn } } } }';
    const { parts } = await inParts(gateway, query, PENDING);
    expect(mergePending(parts)).toEqual({ data: { stages: { nodes: [] } } });
  });

  it('ends all that was announced with the error that ends it', async () => {
    const gateway = await startGateway({ callRates: true });
    const session = await createSession(gateway, 30);
    const caller = callerWith(['ivs:read'], { expiresAt: gateway.clock.now() + 2_000 });
    await gateway.ask('{ __typename }', {}, { caller });
    const query = people(session, 'nodes { userId ... @defer { browserName } }');
    const { parts } = await inParts(gateway, query, { ...PENDING, 'x-caller': caller.subject });
    const { completed = [], hasNext } = parts.at(-1) ?? {};
    expect(hasNext).toBe(false);
    expect(completed.length).toBeGreaterThan(5);
    for (const { errors } of completed)
      expect(errors).toEqual([{ message: 'The token has expired', extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(() => mergePending(parts)).not.toThrow();
  });

  it('comes as events, too', async () => {
    const gateway = await startGateway();
    const session = await createSession(gateway, 2);
    const query = people(session, 'nodes @stream { userId browserName }');
    const { response } = await askInParts(gateway, query, { headers: { accept: 'text/event-stream' } });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const text = await response.text();
    expect(text.match(/^event: next$/gm)?.length).toBeGreaterThan(1);
    expect(text).toMatch(/event: complete\ndata:\n\n$/);
  });

  it.each(['application/json', 'application/graphql-response+json', '*/*', ''])(
    'comes at once to who takes %s',
    async (accept) => {
      const gateway = await startGateway();
      const session = await createSession(gateway, 2);
      const query = people(session, 'nodes @stream { userId ... @defer { browserName } }');
      const { status, data } = await gateway.ask(query, {}, { headers: { accept } });
      expect(status).toBe(200);
      expect(data.participants.nodes).toEqual(
        [0, 1].map((n) => ({ userId: `user-${n}`, browserName: 'Firefox' })),
      );
    },
  );

  it('may be a part of what a mutation answers', async () => {
    const gateway = await startGateway();
    const stage = await createStage(gateway);
    const update = (name: string) =>
      `${name}: updateStage(input: { arn: "${stage}", name: "${name}" }) {
        ... on UpdateStagePayload { stage { name ... @defer(label: "${name}") { endpoints { whip } sessions { nodes { sessionId } } } } }
      }`;
    const { parts } = await inParts(gateway, `mutation { ${update('one')} ${update('two')} }`);
    const { data, errors } = merge(parts);
    expect(errors).toBeUndefined();
    for (const name of ['one', 'two'])
      expect(data[name].stage).toEqual({
        name,
        endpoints: { whip: expect.any(String) },
        sessions: { nodes: [] },
      });
  });
});

describe('what goes wrong in a later part', () => {
  it('is told in it, with its path, and masked where it is ours', async () => {
    const gateway = await startGateway();
    const session = await createSession(gateway, 3);
    gateway.emulator.faults.add({
      operation: 'GetParticipant',
      times: 1,
      errorType: 'AccessDeniedException',
    });
    const { parts } = await inParts(gateway, people(session, 'nodes @stream { userId browserName }'));
    const { data, errors } = merge(parts);
    expect(data.participants.nodes.map(({ userId }: { userId: string }) => userId)).toEqual([
      'user-0',
      'user-1',
      'user-2',
    ]);
    expect(errors).toMatchObject([
      {
        path: ['participants', 'nodes', 0, 'browserName'],
        extensions: { code: 'UPSTREAM_ACCESS_DENIED', aws: { operation: 'GetParticipant' } },
      },
    ]);
    expect(gateway.log.filter(({ audit }) => !audit)).toMatchObject([
      { code: 'UPSTREAM_ACCESS_DENIED', path: ['participants', 'nodes', 0, 'browserName'] },
    ]);
  });

  it('is AWS that does not answer in time: the rest fails, and the answer ends in order', async () => {
    const gateway = await startGateway({ callRates: true, requestTimeoutMs: 2_000 });
    const session = await createSession(gateway, 30);
    const { parts } = await inParts(gateway, people(session, 'nodes @stream { userId browserName }'));
    const { data, errors } = merge(parts);
    expect(data.participants.nodes).toHaveLength(30);
    const known = data.participants.nodes.filter(({ browserName }: { browserName: string }) => browserName);
    expect(known.length).toBeGreaterThan(5);
    expect((errors as unknown[]).length).toBe(30 - known.length);
    for (const { extensions } of errors as { extensions: object }[])
      expect(extensions).toMatchObject({ code: 'THROTTLED' });
    expect(parts.at(-1)?.hasNext).toBe(false);
  });
});

describe('who asks wrongly is told so', () => {
  const stages = (directive: string) => `{ stages { nodes ${directive} { name } } }`;
  it.each([
    ['a negative initialCount', stages('@stream(initialCount: -1)'), {}],
    [
      'two equal labels',
      '{ a: stages { nodes @stream(label: "x") { name } } b: stages { nodes @stream(label: "x") { name } } }',
      {},
    ],
    ['a label from a variable', 'query ($l: String) { stages { nodes @stream(label: $l) { name } } }', {}],
    ['@stream on what is no list', '{ stages @stream { nodes { name } } }', {}],
    ['@defer at the root of a mutation', 'mutation { ... @defer { __typename } }', {}],
    [
      'two streams of one list',
      '{ stages { nodes @stream { name } nodes @stream(initialCount: 1) { arn } } }',
      {},
    ],
  ])('%s', async (_what, query) => {
    const gateway = await startGateway();
    const { response, parts } = await inParts(gateway, query);
    expect(response.status).toBe(200);
    expect(parts).toHaveLength(1);
    expect(parts[0]?.errors?.[0]).toMatchObject({
      extensions: { code: expect.stringMatching(/^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)$/) },
    });
    expect(gateway.calls()).toEqual({});
  });

  it.each([
    ['if of @defer', 'query ($v: Boolean) { stages { nodes { arn ... @defer(if: $v) { name } } } }', null],
    ['if of @stream', 'query ($v: Boolean) { stages { nodes @stream(if: $v) { name } } }', null],
    ['initialCount', 'query ($v: Int) { stages { nodes @stream(initialCount: $v) { name } } }', null],
    ['initialCount', 'query ($v: Int) { stages { nodes @stream(initialCount: $v) { name } } }', -1],
    [
      'initialCount',
      'query ($v: Int = null) { stages { nodes @stream(initialCount: $v) { name } } }',
      undefined,
    ],
  ])('a variable that does not fit %s, in parts and at once: %s, %s', async (what, query, v) => {
    const gateway = await startGateway();
    const wrong = {
      errors: [
        {
          message: expect.stringContaining(`Expected \`${what.split(' ')[0]}\``),
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    };
    const { parts } = await askInParts(gateway, query, { variables: { v } });
    expect(await all(parts)).toMatchObject([wrong]);
    expect(await gateway.ask(query, { v })).toMatchObject(wrong);
    expect(gateway.calls()).toEqual({});
  });

  it('more parts than an answer may have', async () => {
    const gateway = await startGateway();
    const query =
      '{ stages(first: 50) { nodes @stream { sessions(first: 50) { nodes @stream { sessionId } } } } }';
    const { parts } = await inParts(gateway, query);
    expect(parts).toMatchObject([
      {
        errors: [
          { extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'parts', max: 2000, got: 2550 } } },
        ],
      },
    ]);
    // Who takes it at once may have it.
    expect(await gateway.ask(query)).toMatchObject({ status: 200, data: { stages: { nodes: [] } } });
  });
});

describe('to the end of the last part', () => {
  it('the cost is not told', async () => {
    const gateway = await startGateway({ callRates: true });
    const session = await createSession(gateway, 8);
    gateway.calls();
    const { parts } = await inParts(gateway, people(session, 'nodes @stream { browserName }'), {
      'x-ivs-cost': '1',
    });
    expect(parts.map(({ extensions }) => extensions?.ivs?.calls)).toEqual([
      ...Array(parts.length - 1).fill(undefined),
      9,
    ]);
  });

  it('a request is at work, and not when its client has left', async () => {
    const gateway = await startGateway({ callRates: true, server: { limits: { requestsPerCaller: 1 } } });
    const session = await createSession(gateway, 30);
    const query = people(session, 'nodes @stream { browserName }');
    const client = new AbortController();
    const { isBusy } = gateway.clock;
    gateway.clock.isBusy = () => true;
    const { parts } = await askInParts(gateway, query, { signal: client.signal });
    await parts.next();
    while (gateway.emulator.calls.count('GetParticipant') < 5) await new Promise(setImmediate);
    expect((await gateway.ask('{ __typename }')).status).toBe(429);
    client.abort();
    gateway.clock.isBusy = isBusy;
    expect((await gateway.ask('{ __typename }')).status).toBe(200);
    expect(gateway.log.filter(({ audit }) => !audit)).toEqual([]);
    // What waited for its turn was taken along.
    const { GetParticipant } = gateway.calls();
    await gateway.ask('{ stages { nodes { name } } }');
    expect([GetParticipant, gateway.calls().GetParticipant]).toEqual([5, undefined]);
    expect(merge((await inParts(gateway, query)).parts).data.participants.nodes).toHaveLength(30);
    expect((await gateway.ask('{ __typename }')).status).toBe(200);
  });

  it('the token must be good', async () => {
    const gateway = await startGateway({ callRates: true });
    const session = await createSession(gateway, 30);
    const caller = callerWith(['ivs:read'], { expiresAt: gateway.clock.now() + 2_000 });
    // The harness knows whom it has seen.
    await gateway.ask('{ __typename }', {}, { caller });
    const query = people(session, 'nodes @stream { browserName }');
    const { parts } = await inParts(gateway, query, { 'x-caller': caller.subject });
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.at(-1)).toEqual({
      errors: [{ message: 'The token has expired', extensions: { code: 'UNAUTHENTICATED' } }],
      hasNext: false,
    });
  });

  it('nobody may keep an answer with a secret, and no error quotes one', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const query =
      '{ channels(first: 5) { nodes { streamKeys(first: 5) { nodes @stream { ... @defer { value } } } } } }';
    const { response, parts } = await inParts(gateway, query);
    expect(JSON.stringify(merge(parts).data)).toContain('"sk_us-west-2_');
    expect(response.headers.get('cache-control')).toBe('no-store');
    gateway.emulator.faults.add({
      operation: 'GetParticipant',
      times: 1,
      errorType: 'ValidationException',
      message: 'sk_us-west-2_abcdefghijkl_0123456789',
    });
    const session = await createSession(gateway, 1);
    const told = await inParts(
      gateway,
      people(session, 'nodes @stream { userId ... @defer { browserName } }'),
    );
    expect(merge(told.parts).errors).toHaveLength(1);
    expect(JSON.stringify(told.parts)).not.toContain('sk_us-west-2_abcdefghijkl');
  });
});
