// The examples of AWS Lambda and Next.js: events and requests in, as AWS and the framework make them.
import { join } from 'node:path';
import { PassThrough, type Writable } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createIvsGateway } from '../../src/index.ts';
import { type HttpEvent, httpApiHandler, requestOf, streamingHandler } from '../../src/lambda.ts';
import { Freezing } from '../../src/library/freezing.ts';
import { GatewayClock } from '../../src/upstream/clock.ts';

const exampleOf = (file: string) => import(join(import.meta.dirname, '../../examples', file));

const event = (query: string, { headers = {}, ...more }: Partial<HttpEvent> = {}): HttpEvent => ({
  version: '2.0',
  rawPath: '/graphql',
  rawQueryString: '',
  headers: { 'content-type': 'application/json', ...headers },
  requestContext: {
    domainName: 'abc.lambda-url.us-west-2.on.aws',
    stage: '$default',
    http: { method: 'POST', sourceIp: '192.0.2.1' },
  },
  body: JSON.stringify({ query }),
  isBase64Encoded: false,
  ...more,
});
const STAGES = '{ stages(first: 1) { nodes { name } } }';
const RESULT = '{"data":{"stages":{"nodes":[{"name":"town-hall"}]}}}';

/** As the runtime has it: status and headers are a prelude of the stream. */
function runtime() {
  const heads: { statusCode: number; headers: Record<string, string> }[] = [];
  const from = (stream: Writable, head: (typeof heads)[number]) => {
    heads.push(head);
    return stream;
  };
  vi.stubGlobal('awslambda', { streamifyResponse: <T>(handler: T) => handler, HttpResponseStream: { from } });
  onTestFinished(() => void vi.unstubAllGlobals());
  return heads;
}

async function open() {
  const gateway = await createIvsGateway({ logLevel: 'silent', host: '0.0.0.0', authMode: 'none' });
  onTestFinished(() => gateway.close());
  return gateway;
}

it('an HTTP API gets the result of the example', async () => {
  vi.stubEnv('AWS_REGION', 'us-west-2');
  const { handler } = await exampleOf('lambda-http-api/index.mjs');
  const result = await handler(event(STAGES));
  expect(result).toMatchObject({ statusCode: 200, body: RESULT, isBase64Encoded: false });
  expect(result.headers['content-type']).toContain('json');
});

it('a function URL gets results in parts as they come', async () => {
  const heads = runtime();
  const { handler } = await exampleOf('lambda-function-url/index.mjs');
  const stream = new PassThrough();
  const chunks: string[] = [];
  stream.on('data', (chunk) => chunks.push(String(chunk)));
  const query =
    '{ stages(first: 1) { nodes { name ... @defer { activeSession { participants(first: 1) { nodes { userId } } } } } } }';
  await handler(event(query, { headers: { accept: 'multipart/mixed' } }), stream);
  expect(heads[0]).toMatchObject({
    statusCode: 200,
    headers: { 'content-type': expect.stringContaining('multipart/mixed') },
  });
  expect(chunks.length).toBeGreaterThan(1);
  expect(chunks.join('')).toContain('"alice"');
});

it('a client that leaves ends its subscription, and an empty response has a head', async () => {
  const heads = runtime();
  const gateway = await open();
  const handler = streamingHandler(gateway);
  const stream = new PassThrough();
  const over = handler(
    event('subscription { streams { __typename } }', { headers: { accept: 'text/event-stream' } }),
    stream,
  );
  await new Promise((resolve) => stream.once('data', resolve));
  stream.destroy(new Error('gone'));
  await expect(over).rejects.toThrow('gone');
  const empty = new PassThrough();
  empty.resume();
  await handler(
    event('', {
      rawPath: '/',
      headers: { accept: 'text/html' },
      body: undefined,
      requestContext: { http: { method: 'GET' } },
    }),
    empty,
  );
  expect(heads[1]).toMatchObject({ statusCode: 302, headers: { location: '/graphql' } });
});

it('no header of a connection leaves, which is not that of the client', async () => {
  const heads = runtime();
  const gateway = await open();
  const headers = {
    connection: 'keep-alive',
    'transfer-encoding': 'chunked',
    'keep-alive': 'timeout=5',
    etag: 'x',
  };
  const fetch = async () => new Response('{}', { headers });
  const one = { ...gateway, fetch };
  const stream = new PassThrough();
  stream.resume();
  await streamingHandler(one)(event(STAGES), stream);
  const buffered = await httpApiHandler(one)(event(STAGES));
  for (const head of [heads[0], buffered])
    expect(Object.keys(head?.headers ?? {}).sort()).toEqual(['content-type', 'etag']);

  const subscribed = new PassThrough();
  const accept = { accept: 'text/event-stream' };
  const over = streamingHandler(gateway)(
    event('subscription { streams { __typename } }', { headers: accept }),
    subscribed,
  );
  await new Promise((resolve) => subscribed.once('data', resolve));
  subscribed.destroy(new Error('gone'));
  await expect(over).rejects.toThrow('gone');
  expect(Object.keys(heads[1]?.headers ?? {})).not.toContain('connection');
});

it.each(['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0', '*/*'])(
  'an HTTP API is refused a subscription as %s, which it would wait for without end',
  async (accept) => {
    const handler = httpApiHandler(open());
    const result = await handler(event('subscription { streams { __typename } }', { headers: { accept } }));
    expect([result.statusCode, JSON.parse(result.body).errors[0].extensions.code]).toEqual([
      406,
      'BAD_REQUEST',
    ]);
  },
);

it('a client that has left before the response begins ends its request', async () => {
  runtime();
  const handler = streamingHandler(open());
  const stream = new PassThrough();
  stream.destroy();
  const headers = { accept: 'text/event-stream' };
  await expect(
    handler(event('subscription { streams { __typename } }', { headers }), stream),
  ).rejects.toThrow();
});

it('events become requests: stages, cookies, base64, and no other format', () => {
  const context = { domainName: 'api.example.com', stage: 'prod', http: { method: 'POST' } };
  const request = requestOf(
    event('', {
      rawPath: '/prod/graphql',
      rawQueryString: 'a=1',
      cookies: ['x=1', 'y=2'],
      requestContext: context,
      body: 'e30=',
      isBase64Encoded: true,
    }),
  );
  expect(request.url).toBe('https://api.example.com/graphql?a=1');
  expect(request.headers.get('cookie')).toBe('x=1; y=2');
  return expect(request.text())
    .resolves.toBe('{}')
    .then(() =>
      expect(() => requestOf({ version: '1.0', httpMethod: 'GET' } as never)).toThrow(
        'event: expected payload format 2.0, got 1.0',
      ),
    );
});

const http = { method: 'POST', sourceIp: '192.0.2.1' };

it.each<[string, Partial<HttpEvent>, string]>([
  [
    'TRACE',
    { requestContext: { http: { method: 'TRACE' } } },
    'Expected a method such as GET or POST, got "TRACE"',
  ],
  [
    'no method',
    { requestContext: { http: { method: '' } } },
    'Expected a method such as GET or POST, got ""',
  ],
  ['a header beyond Latin-1', { headers: { 'x-name': '\u4e2d' } }, 'in Latin-1, got another one: "x-name"'],
  ['a header that is none', { headers: { 'x name': 'a' } }, 'in Latin-1, got another one: "x name"'],
  ['a line break in a header', { headers: { 'x-name': 'a\r\nb: c' } }, 'got another one: "x-name"'],
  ['a cookie beyond Latin-1', { cookies: ['\u4e2d'] }, 'got another one: "cookie"'],
  [
    'a host that is none',
    { requestContext: { domainName: 'a b', http } },
    'Expected a host and a path of a URL',
  ],
  ['a path that is none', { rawPath: 'graphql' }, 'Expected a host and a path of a URL'],
])('an event with %s gets status 400, and the next one is served', async (_, odd, message) => {
  const heads = runtime();
  const gateway = open();
  const result = await httpApiHandler(gateway)(event(STAGES, odd));
  expect([result.statusCode, JSON.parse(result.body).errors[0]]).toEqual([
    400,
    { message: expect.stringContaining(message), extensions: { code: 'BAD_REQUEST' } },
  ]);
  const stream = new PassThrough();
  const chunks = stream.toArray();
  await streamingHandler(gateway)(event(STAGES, odd), stream);
  expect([heads[0]?.statusCode, String(await chunks)]).toEqual([400, expect.stringContaining('BAD_REQUEST')]);
  expect((await httpApiHandler(gateway)(event(STAGES))).body).toBe(RESULT);
});

it.each<[unknown, string]>([
  [null, 'null'],
  [undefined, 'undefined'],
  ['{}', '{}'],
  [{}, 'another event'],
  [{ version: '2.0', rawPath: '/graphql' }, '2.0'],
  [{ requestContext: null, rawPath: '/graphql' }, 'another event'],
  [{ requestContext: { http: null }, rawPath: '/graphql' }, 'another event'],
  [{ requestContext: { http }, rawPath: 5 }, 'another event'],
  [{ Records: [] }, 'another event'],
])('the event %j is an error in words, and the next one is served', async (odd, got) => {
  const gateway = await open();
  const handler = httpApiHandler(gateway);
  await expect(handler(odd as never)).rejects.toThrow(
    `event: expected payload format 2.0, got ${got}. Set it in the integration`,
  );
  runtime();
  await expect(streamingHandler(gateway)(odd as never, new PassThrough())).rejects.toThrow('event: expected');
  expect((await handler(event(STAGES))).body).toBe(RESULT);
});

it('an event without headers, with one in Latin-1 and with one cookie is a request', () => {
  expect([...requestOf({ ...event(''), headers: undefined as never }).headers.keys()]).toEqual([
    'content-type',
  ]);
  const odd = { headers: { 'x-name': 'Zo\u00eb' }, cookies: 'a=1' as never };
  const { headers } = requestOf(event('', odd));
  expect([headers.get('x-name'), headers.get('cookie')]).toEqual(['Zo\u00eb', 'a=1']);
});

it('a route handler of Next.js returns responses of the platform', async () => {
  const { GET, POST } = await exampleOf('next/route.ts');
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: STAGES }),
  };
  const response = await POST(new Request('http://localhost:3000/api/graphql', init));
  expect(response).toBeInstanceOf(Response);
  expect(await response.text()).toBe(RESULT);
  const page = await GET(
    new Request('http://localhost:3000/api/graphql', { headers: { accept: 'text/html' } }),
  );
  expect(await page.text()).toContain('beginGraphiQL(');
});

it('time that passes in a freeze counts, even where the clock of the system stands still', async () => {
  const said: string[] = [];
  let [wall, own] = [1_000_000, 0];
  const clock = new GatewayClock({ now: () => own, after: () => () => {} });
  const replica = {
    pause: async () => void said.push('pause'),
    resume: async () => void said.push('resume'),
  };
  const freezing = new Freezing(replica, clock, () => wall);
  await freezing.resume();
  expect(said).toEqual([]);
  await freezing.pause();
  wall += 60_000;
  await freezing.resume();
  expect([clock.now(), said]).toEqual([60_000, ['pause', 'resume']]);
  await freezing.pause();
  [wall, own] = [wall + 5_000, own + 5_000];
  await freezing.resume();
  expect(clock.now()).toBe(65_000);
});
