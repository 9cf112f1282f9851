// What looks at queries looks at subscriptions, and at each of their events, in the same way.
import { versionInfo } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { createMetrics } from '../../../src/server/answer/metrics.ts';
import { ThrottledError } from '../../../src/upstream/errors.ts';
import { createUpstream } from '../../../src/upstream/upstream.ts';
import { callerWith } from '../../support/callers.ts';
import { startGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { subscribe, withSubscriptions } from '../../support/subscriptions.ts';

const STAGE = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
const NAME = `subscription { stage(arn: "${STAGE}") { name } }`;
const WITH_COST = { 'x-ivs-cost': '1' };

async function* of(...events: unknown[]) {
  yield* events;
}

const start = ({
  source = () => of(1, 2),
  server,
  ...options
}: TestGatewayOptions & { source?: Parameters<typeof withSubscriptions>[0] } = {}) =>
  startGateway({ seed: 'demo', ...options, server: { schema: withSubscriptions(source), ...server } });

describe('each event of a subscription', () => {
  it('is an operation with loaders and costs of its own', async () => {
    const gateway = await start();
    const { response, events } = await subscribe(gateway, NAME, { headers: WITH_COST });
    expect(response.status).toBe(200);
    expect(await events()).toMatchObject(
      Array(2).fill({
        data: { stage: { name: expect.any(String) } },
        extensions: { ivs: { calls: 1, operations: [{ operation: 'GetStage', calls: 1 }] } },
      }),
    );
    expect(gateway.calls()).toEqual({ GetStage: 2 });
  });

  it('says nothing of costs when nobody asks', async () => {
    const { events } = await subscribe(await start(), NAME);
    expect((await events()).map((event) => Object.keys(event))).toEqual([['data'], ['data']]);
  });

  it('has the whole deadline for itself', async () => {
    // One call in ten seconds: the turn of the second one comes after the deadline of the first event.
    const events = async function* () {
      yield 1;
      await new Promise<void>((resolve) => gateway.clock.after(9_000, resolve));
      yield 2;
    };
    const gateway = await start({ source: events, requestTimeoutMs: 2_000, rates: { ListStages: 0.1 } });
    const seen = await (
      await subscribe(gateway, 'subscription { stages(first: 1) { nodes { name } } }')
    ).events();
    expect(seen.map(({ errors }) => errors)).toEqual([undefined, undefined]);
    expect(gateway.calls()).toEqual({ ListStages: 2 });
  });

  it('hides what nobody expected, and the log has it', async () => {
    const gateway = await start({ source: () => of(new Error('password in /etc/secret')) });
    const { events } = await subscribe(gateway, 'subscription { fault }', {
      headers: { 'x-request-id': 'mine' },
    });
    expect(await events()).toEqual([
      {
        data: { fault: null },
        errors: [
          expect.objectContaining({
            message: 'Unexpected error.',
            path: ['fault'],
            extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'mine' },
          }),
        ],
      },
    ]);
    expect(gateway.log).toMatchObject([
      {
        requestId: 'mine',
        msg: 'unexpected error',
        path: ['fault'],
        err: { message: 'password in /etc/secret' },
      },
    ]);
  });

  it('logs what AWS refuses, once', async () => {
    const gateway = await start();
    gateway.emulator.faults.add({ operation: 'GetStage', times: 1, errorType: 'AccessDeniedException' });
    const { events } = await subscribe(gateway, NAME, { headers: { 'x-request-id': 'mine' } });
    expect((await events()).map(({ errors }) => errors?.[0]?.extensions.code)).toEqual([
      'UPSTREAM_ACCESS_DENIED',
      undefined,
    ]);
    expect(gateway.log).toMatchObject([
      { requestId: 'mine', level: 40, path: ['stage'], code: 'UPSTREAM_ACCESS_DENIED' },
    ]);
  });

  it('counts in the metrics, by what became of it', async () => {
    const metrics = createMetrics({ version: '1.2.3' }).requests({
      upstream: createUpstream({ regions: [] }),
    });
    const gateway = await start({ source: () => of(1, 2, 3), server: { metrics, limits: { values: 50 } } });
    gateway.emulator.faults.add({ operation: 'GetStage', times: 1, errorType: 'AccessDeniedException' });
    await (await subscribe(gateway, NAME)).events();
    await (await subscribe(gateway, 'subscription { stages(first: 1000) { nodes { name } } }')).events();
    const text = await (await gateway.fetch('http://gateway/metrics')).text();
    const counts = text.split('\n').filter((line) => line.startsWith('ivs_graphql_requests_total'));
    expect(counts.sort()).toEqual([
      'ivs_graphql_requests_total{kind="subscription",outcome="ok",status="200"} 2',
      'ivs_graphql_requests_total{kind="subscription",outcome="refused",status="400"} 1',
      'ivs_graphql_requests_total{kind="subscription",outcome="upstream_error",status="200"} 1',
    ]);
  });

  // graphql 17 refuses such a document.
  it.runIf(versionInfo.major < 17)('comes whole, whatever is deferred', async () => {
    const { events } = await subscribe(
      await start(),
      `subscription { stage(arn: "${STAGE}") { arn ... @defer { name } } }`,
    );
    expect(await events()).toEqual(
      Array(2).fill({ data: { stage: { arn: STAGE, name: expect.any(String) } } }),
    );
  });
});

describe('a subscription begins only', () => {
  const source = vi.fn(() => of(1));
  const refused = async (query: string, options: Partial<TestGatewayOptions> = {}, headers = {}) => {
    const gateway = await start({ source, ...options });
    const { response, events } = await subscribe(gateway, query, { headers });
    const seen = await events();
    expect(source).not.toHaveBeenCalled();
    expect(gateway.calls()).toEqual({});
    return { status: response.status, seen };
  };
  const MANY = 'subscription { stages(first: 100) { nodes { name endpoints { whip } } } }';

  it.each(['values', 'calls'])('within the limit of %s', async (name) => {
    const { status, seen } = await refused(MANY, { server: { limits: { [name]: 50 } } });
    expect(status).toBe(400);
    expect(seen).toMatchObject([
      { errors: [{ extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name, max: 50 } } }] },
    ]);
  });

  it('in earnest: a dry run says what one event may cost, also beyond the limit', async () => {
    const { seen } = await refused(MANY, { server: { limits: { calls: 50 } } }, { 'x-ivs-cost': 'dryRun' });
    expect(seen).toMatchObject([{ data: null, extensions: { ivs: { dryRun: true, calls: 101 } } }]);
  });

  it('when the header of the cost can be read', async () => {
    const { status, seen } = await refused(NAME, {}, { 'x-ivs-cost': 'dry-run' });
    expect(status).toBe(400);
    expect(seen).toMatchObject([{ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] }]);
  });

  it('when its variables fit', async () => {
    const { status, seen } = await refused(
      `subscription ($first: Int!) { stages(first: $first) { nodes { name } } }`,
    );
    expect(status).toBe(400);
    expect(seen).toMatchObject([{ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] }]);
  });

  it('for a client that takes events', async () => {
    const gateway = await start({ source });
    expect(await gateway.ask(NAME)).toMatchObject({
      status: 406,
      errors: [
        { message: expect.stringContaining('text/event-stream'), extensions: { code: 'BAD_USER_INPUT' } },
      ],
    });
    expect(source).not.toHaveBeenCalled();
  });
});

describe('secrets in events', () => {
  it.each([
    [
      'a stream key',
      'streamKeys(channelArn: "arn:aws:ivs:us-west-2:123456789012:channel/a") { nodes { arn value } }',
    ],
    [
      'an ingest key',
      'ingestConfiguration(arn: "arn:aws:ivs:us-west-2:123456789012:ingest-configuration/a") { state streamKey }',
    ],
  ])('are refused before it begins: %s', async (_, selection) => {
    const source = vi.fn(() => of(1));
    const gateway = await start({ source });
    const { response, events } = await subscribe(gateway, `subscription { ${selection} }`);
    expect(response.status).toBe(400);
    expect(await events()).toMatchObject([
      { errors: [{ message: expect.stringContaining('secret'), extensions: { code: 'BAD_USER_INPUT' } }] },
    ]);
    expect(source).not.toHaveBeenCalled();
    expect(gateway.calls()).toEqual({});
  });
});

describe('a source', () => {
  it('that breaks is a last event, an error that is masked and logged', async () => {
    const gateway = await start({
      source: async function* () {
        yield 1;
        throw new Error('password in /etc/secret');
      },
    });
    const { events } = await subscribe(gateway, NAME, { headers: { 'x-request-id': 'mine' } });
    expect(await events()).toEqual([
      { data: { stage: { name: expect.any(String) } } },
      {
        errors: [
          expect.objectContaining({
            message: 'Unexpected error.',
            extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'mine' },
          }),
        ],
      },
    ]);
    expect(gateway.log).toMatchObject([{ requestId: 'mine', err: { message: 'password in /etc/secret' } }]);
  });

  it('that never begins says when to come back', async () => {
    const source = () =>
      Promise.reject(Object.assign(new ThrottledError('Too many'), { retryAfterMs: 4_200 }));
    const { response, events } = await subscribe(await start({ source }), NAME);
    expect(await events()).toMatchObject([{ errors: [{ extensions: { code: 'THROTTLED' } }] }]);
    expect(response.headers.get('retry-after')).toBe('5');
  });

  /** Yields once and then waits for nothing that ever comes. */
  const stuck = () => {
    const close = vi.fn(async () => ({ done: true, value: undefined }));
    const next = vi.fn(() => (next.mock.calls.length > 1 ? new Promise(() => {}) : of(1).next()));
    return { close, source: () => ({ [Symbol.asyncIterator]: () => ({ next, return: close }) }) as never };
  };

  it('is closed when the token ends, and the client hears why', async () => {
    const { source, close } = stuck();
    const gateway = await start({ source, caller: callerWith(undefined, { expiresAt: 2_000 }) });
    const { events } = await subscribe(gateway, NAME);
    expect(await events()).toMatchObject([
      { data: { stage: {} } },
      { errors: [{ message: 'The token has expired', extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
    expect(gateway.clock.now()).toBe(2_000);
    expect(close).toHaveBeenCalledOnce();
  });

  it('is closed when the client leaves', async () => {
    const { source, close } = stuck();
    const client = new AbortController();
    const gateway = await start({ source });
    const { response } = await subscribe(gateway, NAME, { signal: client.signal });
    const reader = response.body?.getReader();
    let text = '';
    while (!text.includes('TownHall') && !text.includes('"name"'))
      text += new TextDecoder().decode((await reader?.read())?.value);
    client.abort();
    await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
    expect(gateway.log).toEqual([]);
  });
});
