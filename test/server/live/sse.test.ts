// Subscriptions over a socket, as clients of Server-Sent Events and of Apollo's multipart protocol read them.
import { once } from 'node:events';
import { connect } from 'node:net';
import { createClient } from 'graphql-sse';
import { expect, it, onTestFinished, vi } from 'vitest';
import { callerWith } from '../../support/callers.ts';
import { listenTo } from '../../support/listening.ts';
import { listen, SAID, saidIn, startLive } from '../../support/live.ts';

const APOLLO =
  'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json,application/json;q=0.9';

async function start(options: Parameters<typeof startLive>[0] = {}) {
  const started = await startLive(options);
  const { url, drain, post } = await listenTo(started.gateway);
  const open = (more: Parameters<typeof listen>[1] = {}) => listen(started.gateway, { url, ...more });
  return { ...started, url, drain, post, open };
}

it('is what EventSource and graphql-sse read', async () => {
  const { open, source, ticks } = await start();
  const { response, until } = await open();
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
    'x-request-id': expect.any(String),
  });
  await until(/state/);
  source.say();
  await until(/number":1/);
  ticks.pass(12);
  expect(await until(/^:\n/m, 2)).toBe(
    [
      ':\n\nretry: 3000\n\n',
      'id: c0\nevent: next\ndata: {"data":{"said":{"kind":"state","number":0}}}\n\n',
      'id: c1\nevent: next\ndata: {"data":{"said":{"kind":"said","number":1}}}\n\n',
      ':\n\n',
    ].join(''),
  );
});

it.each(['text/event-stream', '*/*', undefined])(
  'comes by GET with accept %s, not compressed',
  async (accept) => {
    const { url, source, gateway } = await start();
    const client = new AbortController();
    onTestFinished(() => client.abort());
    source.say();
    source.say();
    const response = await fetch(`${url}?query=${encodeURIComponent(SAID)}`, {
      headers: { ...(accept && { accept }), 'last-event-id': 'c1', 'accept-encoding': 'gzip' },
      signal: client.signal,
    });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const body = (response.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    while (!text.includes('number')) text += new TextDecoder().decode((await body.read()).value);
    expect(saidIn(text)).toEqual(['said 2']);
    expect(gateway.log).toEqual([]);
  },
);

it('continues behind `after`, whatever Last-Event-ID says', async () => {
  const { open, source } = await start();
  for (let number = 0; number < 3; number += 1) source.say();
  const { until } = await open({ variables: { after: 'c1' }, headers: { 'last-event-id': 'c2' } });
  expect(saidIn(await until(/number":3/))).toEqual(['said 2', 'said 3']);
});

it('goes on without a loss when the connection breaks: graphql-sse', async () => {
  const { url, source, drain } = await start();
  const client = createClient({ url, retryAttempts: 0 });
  onTestFinished(() => client.dispose());
  const seen: unknown[] = [];
  const failed = (async () => {
    for await (const { data } of client.iterate({ query: SAID })) seen.push(data);
  })();
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  source.say();
  await vi.waitFor(() => expect(seen).toHaveLength(2));
  // It would come back: the stream ends without `complete`.
  const failing = expect(failed).rejects.toThrow();
  await drain({ delayMs: 0, finishMs: 0 });
  await failing;
});

it('ends with the token: an error, and then `complete`', async () => {
  const caller = callerWith(undefined, { expiresAt: 2_000 });
  const { open, gateway, source } = await start({ caller });
  const { end } = await open();
  expect(await end()).toBe(
    [
      ':\n\nretry: 3000\n\n',
      'id: c0\nevent: next\ndata: {"data":{"said":{"kind":"state","number":0}}}\n\n',
      'event: next\ndata: {"errors":[{"message":"The token has expired","extensions":{"code":"UNAUTHENTICATED"}}]}\n\n',
      'event: complete\ndata:\n\n',
    ].join(''),
  );
  expect(gateway.clock.now()).toBe(2_000);
  expect(source.counts.closed).toBe(1);
});

it('frees what it holds when the client leaves', async () => {
  const { open, source } = await start();
  const reader = await open();
  await reader.until(/state/);
  reader.leave();
  await vi.waitFor(() => expect(source.counts.closed).toBe(1));
  expect(source.listeners.size).toBe(0);
});

it("speaks Apollo's multipart protocol", async () => {
  const { open, source, ticks } = await start();
  const { response, until } = await open({ headers: { accept: APOLLO } });
  expect(response.headers.get('content-type')).toBe(
    'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
  );
  await until(/state/);
  source.say();
  await until(/number":1/);
  ticks.pass(5);
  expect(await until(/--graphql/, 4)).toBe(
    [
      '\r\n--graphql',
      '\r\nContent-Type: application/json\r\n\r\n{"payload":{"data":{"said":{"kind":"state","number":0}}}}\r\n--graphql',
      '\r\nContent-Type: application/json\r\n\r\n{"payload":{"data":{"said":{"kind":"said","number":1}}}}\r\n--graphql',
      '\r\nContent-Type: application/json\r\n\r\n{}\r\n--graphql',
    ].join(''),
  );
});

it('tells of the end of the token as an error of the transport, and closes the boundary', async () => {
  const { open } = await start({ caller: callerWith(undefined, { expiresAt: 2_000 }) });
  const { end } = await open({ headers: { accept: 'multipart/mixed; subscriptionSpec="1.0"' } });
  expect(await end()).toMatch(
    /\r\n\{"payload":null,"errors":\[\{"message":"The token has expired","extensions":\{"code":"UNAUTHENTICATED"\}\}\]\}\r\n--graphql--\r\n$/,
  );
});

it.each([APOLLO, 'multipart/mixed;subscriptionSpec=1.0'])(
  'queries and errors come as JSON with accept %s',
  async (accept) => {
    const { post, url, source } = await start();
    const query = await post('{ __typename }', { headers: { accept } });
    expect(query.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
    expect(query.data).toEqual({ __typename: 'Query' });
    const invalid = await post('subscription { nothing }', { headers: { accept } });
    expect(invalid.headers.get('content-type')).toMatch(/json/);
    expect(JSON.parse(invalid.text).errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    source.ready = async () => {
      throw new Error('secret');
    };
    const failing = await fetch(url, {
      method: 'POST',
      headers: { accept, 'content-type': 'application/json' },
      body: JSON.stringify({ query: SAID }),
    });
    expect(failing.headers.get('content-type')).toMatch(/json/);
    expect(await failing.json()).toMatchObject({
      errors: [{ message: 'Unexpected error.', path: ['said'] }],
    });
  },
);

it.each([
  'application/json',
  'multipart/mixed',
  'multipart/mixed;subscriptionSpec=2.0',
  'text/event-stream;q=0',
])('is refused with accept %s', async (accept) => {
  const { open, source } = await start();
  const { response } = await open({ headers: { accept } });
  expect(response.status).toBe(406);
  expect(source.counts.opened).toBe(0);
});

it.each([
  ['text/event-stream, multipart/mixed;subscriptionSpec=1.0', 'text/event-stream'],
  ['text/event-stream;q=0.5, multipart/mixed;subscriptionSpec=1.0', 'multipart/mixed'],
  ['multipart/mixed;subscriptionSpec="1.0", text/event-stream', 'multipart/mixed'],
])('takes the form that is wanted most: %s', async (accept, type) => {
  const { open } = await start();
  const { response } = await open({ headers: { accept } });
  expect(response.headers.get('content-type')?.startsWith(type)).toBe(true);
});

it('does not chunk for HTTP/1.0', async () => {
  const { url, source } = await start();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.on('data', (bytes) => (text += bytes));
  socket.write(
    `GET /graphql?query=${encodeURIComponent('subscription{said{kind number}}')} HTTP/1.0\r\nhost: localhost\r\n\r\n`,
  );
  await vi.waitFor(() => expect(text).toContain('state'));
  source.say();
  await vi.waitFor(() => expect(text).toContain('"number":1'));
  expect(text).toContain('\r\n\r\n:\n\nretry: 3000\n\nid: c0\nevent: next\n');
  expect(text).toContain('}\n\nid: c1\nevent: next\n');
  socket.end();
  await once(socket, 'close');
});
