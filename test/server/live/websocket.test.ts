// graphql-transport-ws, with the client that most applications use, and with what a hostile one sends.
import { once } from 'node:events';
import { connect } from 'node:net';
import { createClient } from 'graphql-ws';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { unauthenticated } from '../../../src/server/identity/authentication.ts';
import { callerWith } from '../../support/callers.ts';
import { listenTo } from '../../support/listening.ts';
import { SAID, startLive } from '../../support/live.ts';

const STAGES = '{ stages(first: 1) { nodes { name } } }';

async function start(options: Parameters<typeof startLive>[0] = {}) {
  const started = await startLive({ seed: 'demo', ...options });
  const { url, drain } = await listenTo(started.gateway);
  return { ...started, url: url.replace('http', 'ws'), drain };
}

function clientOf(url: string, options: Partial<Parameters<typeof createClient>[0]> = {}) {
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, ...options });
  onTestFinished(() => void client.dispose());
  const subscribe = (query: string, variables?: Record<string, unknown>) => {
    const seen: unknown[] = [];
    const ended = new Promise<unknown>((resolve) => {
      client.subscribe(
        { query, ...(variables && { variables }) },
        { next: (result) => seen.push(result), error: resolve, complete: () => resolve('complete') },
      );
    });
    return { seen, ended };
  };
  return { client, subscribe };
}

/** A bare socket, and what it hears. */
function bare(url: string, options: { headers?: Record<string, string>; protocol?: string } = {}) {
  const { headers = {}, protocol = 'graphql-transport-ws' } = options;
  const socket = new WebSocket(url, protocol, { headers });
  onTestFinished(() => socket.terminate());
  const heard: { type: string; id?: string; payload?: unknown }[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  const closed = once(socket, 'close').then(([code, reason]) => [code, String(reason)]);
  socket.on('error', () => {});
  const say = (message: object) => socket.send(JSON.stringify(message));
  const init = async (payload?: object) => {
    await once(socket, 'open');
    say({ type: 'connection_init', payload });
    await vi.waitFor(() => expect(heard[0]).toEqual({ type: 'connection_ack' }));
  };
  return { socket, heard, closed, say, init };
}

describe('a client over a web socket', () => {
  it('gets messages, with one execution for it and for those over HTTP', async () => {
    const { url, source, gateway } = await start();
    const { subscribe } = clientOf(url);
    const [one, other] = [subscribe(SAID), subscribe(SAID)];
    await vi.waitFor(() => expect(other.seen).toHaveLength(1));
    source.say();
    await vi.waitFor(() => expect([one.seen.length, other.seen.length]).toEqual([2, 2]));
    expect(one.seen).toEqual([
      { data: { said: { kind: 'state', number: 0 } } },
      { data: { said: { kind: 'said', number: 1 } } },
    ]);
    expect(source.counts).toMatchObject({ opened: 1, executed: 2 });
    expect(gateway.log).toEqual([]);
  });

  it('sends queries, mutations, and what is refused, as a request would', async () => {
    const { url, gateway } = await start();
    const { subscribe } = clientOf(url);
    const query = subscribe(STAGES);
    expect(await query.ended).toBe('complete');
    expect(query.seen).toMatchObject([{ data: { stages: { nodes: [{ name: expect.any(String) }] } } }]);
    const mutation = subscribe('mutation { createStage(input: { name: "new" }) { __typename } }');
    expect(await mutation.ended).toBe('complete');
    expect(mutation.seen).toMatchObject([{ data: { createStage: { __typename: 'CreateStagePayload' } } }]);
    expect(gateway.calls()).toMatchObject({ ListStages: 1, CreateStage: 1 });
    expect(await subscribe('{ nothing }').ended).toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    expect(await subscribe('{ stages(first: 1) { nodes { fault } ').ended).toMatchObject([
      { extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
    ]);
    const failing = subscribe('{ stage(arn: "arn:aws:ivs:us-west-2:123456789012:stage/none") { name } }');
    expect(await failing.ended).toBe('complete');
  });

  it('closes the source when it completes, and when it leaves', async () => {
    const { url, source } = await start();
    const { heard, say, init, socket } = bare(url);
    await init();
    say({ type: 'subscribe', id: '1', payload: { query: SAID } });
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    say({ type: 'complete', id: '1' });
    await vi.waitFor(() => expect(source.counts.closed).toBe(1));
    say({ type: 'subscribe', id: '1', payload: { query: SAID } });
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    socket.close();
    await vi.waitFor(() => expect(source.counts.closed).toBe(2));
    expect(source.listeners.size).toBe(0);
  });

  it.each(['Authorization', 'authorization'])('shows its token in connectionParams as %s', async (name) => {
    const authenticate = vi.fn(async ({ headers }: { headers: { get(name: string): string | null } }) => {
      if (headers.get('authorization') !== 'Bearer good') throw unauthenticated('Expected a token');
      return callerWith();
    });
    const { url } = await start({ authenticate });
    const good = clientOf(url, { connectionParams: { [name]: 'Bearer good' } }).subscribe(STAGES);
    expect(await good.ended).toBe('complete');
    const bad = clientOf(url, { connectionParams: { [name]: 'Bearer bad' } }).subscribe(STAGES);
    expect(await bad.ended).toMatchObject({ code: 4403, reason: 'Expected a token' });
    const { init, heard } = bare(url, { headers: { authorization: 'Bearer good' } });
    await init();
    expect(heard).toHaveLength(1);
  });

  it('is told of the end of its token, and connects again with another one', async () => {
    const { url } = await start({ caller: callerWith(undefined, { expiresAt: 2_000 }) });
    const { heard, say, init, closed } = bare(url);
    await init();
    say({ type: 'subscribe', id: 'a', payload: { query: SAID } });
    expect(await closed).toEqual([4403, 'The token has expired']);
    expect(heard.slice(1)).toEqual([
      { id: 'a', type: 'next', payload: { data: { said: { kind: 'state', number: 0 } } } },
      {
        id: 'a',
        type: 'next',
        payload: { errors: [{ message: 'The token has expired', extensions: { code: 'UNAUTHENTICATED' } }] },
      },
      { id: 'a', type: 'complete' },
    ]);
  });

  it('comes back after a drain, which does not complete', async () => {
    const { url, drain } = await start();
    const { seen, ended } = clientOf(url).subscribe(SAID);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    await drain({ delayMs: 0, finishMs: 1_000 });
    expect(await ended).toMatchObject({ code: 1012 });
  });
});

describe('a web socket is bounded', () => {
  it.each([
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['the null origin', { origin: 'null' }, 403],
    [
      'a page under a name of its own',
      { origin: 'http://evil.example:4000', host: 'evil.example:4000' },
      403,
    ],
  ])('refused for %s', async (_, headers, status) => {
    const { url } = await start({ server: { isLoopbackOnly: true } });
    const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(status);
  });

  it.each([
    ['of the gateway itself', (url: string) => url.replace('ws', 'http').replace('/graphql', ''), []],
    ['in CORS_ORIGINS', () => 'https://app.example', ['https://app.example']],
  ])('open for a page %s', async (_, originOf, corsOrigins) => {
    const { url } = await start({ server: { isLoopbackOnly: true, corsOrigins } });
    await bare(url, { headers: { origin: originOf(url) } }).init();
  });

  it('on its own path only', async () => {
    const { url } = await start();
    const socket = new WebSocket(url.replace('/graphql', '/events'), 'graphql-transport-ws');
    socket.on('error', () => {});
    expect((await once(socket, 'unexpected-response'))[1].statusCode).toBe(404);
  });

  it('in messages, operations, and in what is not the protocol', async () => {
    const { url } = await start({ server: { limits: { subscriptionsPerCaller: 2 } } });
    const large = bare(url);
    await large.init();
    large.socket.send('x'.repeat(2 * 1024 * 1024));
    expect((await large.closed)[0]).toBe(1009);
    const wrong = bare(url);
    await wrong.init();
    wrong.socket.send('{}');
    expect((await wrong.closed)[0]).toBe(4400);
    const twice = bare(url);
    await twice.init();
    twice.say({ type: 'connection_init' });
    expect((await twice.closed)[0]).toBe(4429);
    const early = bare(url);
    await once(early.socket, 'open');
    early.say({ type: 'subscribe', id: '1', payload: { query: SAID } });
    expect((await early.closed)[0]).toBe(4401);
    const [code] = await once(new WebSocket(url), 'close');
    expect(code).toBe(4406);
    const many = bare(url);
    await many.init();
    for (const id of ['1', '2', '3']) many.say({ type: 'subscribe', id, payload: { query: SAID } });
    await vi.waitFor(() => expect(many.heard).toHaveLength(4));
    expect(many.heard.find(({ type }) => type === 'error')).toMatchObject({
      id: '3',
      payload: [{ extensions: { code: 'THROTTLED' } }],
    });
    many.say({ type: 'subscribe', id: '1', payload: { query: SAID } });
    expect((await many.closed)[0]).toBe(4409);
  });

  it('closed when responses are not read, with a code after which graphql-ws connects again', async () => {
    const { url } = await start();
    const { socket, init, closed, say } = bare(url);
    await init();
    socket.pause();
    const types =
      '__schema { types { name description fields { name description } inputFields { name description } } }';
    const query = `{ ${['a', 'b', 'c', 'd'].map((alias) => `${alias}: ${types}`).join(' ')} }`;
    // Until the buffers of the system are full.
    for (let id = 1; id <= 40; id += 1) {
      say({ type: 'subscribe', id: `${id}`, payload: { query } });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    socket.resume();
    expect(await closed).toEqual([1013, 'Responses are not read']);
  });

  it('lost when it answers no ping', async () => {
    const { url, ticks } = await start();
    const { socket, init, closed } = bare(url);
    await init();
    ticks.pass(12);
    await once(socket, 'ping');
    await new Promise((resolve) => setImmediate(resolve));
    Object.assign(socket, { pong: () => {} });
    socket.pause();
    ticks.pass(24);
    socket.resume();
    expect((await closed)[0]).toBe(1006);
  });
});

it('the offer of HTTP/2 of Java clients is ignored: the request is served', async () => {
  const { url } = await start();
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  const body = JSON.stringify({ query: '{ __typename }' });
  socket.write(
    [
      'POST /graphql HTTP/1.1',
      'Host: localhost',
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAEAAEAAAAIAAAAB',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n'),
  );
  let text = '';
  socket.on('data', (bytes) => (text += bytes));
  await vi.waitFor(() => expect(text).toContain('{"data":{"__typename":"Query"}}'));
  socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  await once(socket, 'close');
  expect(text.match(/HTTP\/1.1 200/g)).toHaveLength(2);
});
