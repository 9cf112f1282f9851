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
  onTestFinished(() => void vi.unstubAllEnvs());
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
