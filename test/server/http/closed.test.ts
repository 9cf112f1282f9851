// Closed by default: other sites, other names, the schema, and all operations but those that are known.
import { expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { defaultLimits } from '../../../src/server/limits/limits.ts';
import { parseManifest, readManifest } from '../../../src/server/limits/manifest.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

const URL = 'http://gateway/graphql';
const ours = 'https://app.example.com';
const post = (gateway: TestGateway, body: object, headers: Record<string, string> = {}) =>
  gateway.fetch(URL, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify(body),
  });
const preflight = (gateway: TestGateway, origin: string) =>
  gateway.fetch(URL, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
const corsOf = ({ headers }: Response) =>
  [...headers.keys()].filter((name) => name.startsWith('access-control'));

it.each([
  [[ours, 'http://localhost:3000'], ours, 204],
  [[ours], 'https://evil.example', 403],
  [[ours], 'null', 403],
  [[], ours, 403],
])('with CORS_ORIGINS %j a preflight from %s is answered %i', async (corsOrigins, origin, status) => {
  const gateway = await startGateway({ server: { corsOrigins } });
  const response = await preflight(gateway, origin);
  expect(response.status).toBe(status);
  if (status !== 204) return expect(corsOf(response)).toEqual([]);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': expect.stringContaining('x-ivs-cost'),
    vary: expect.stringContaining('Origin'),
  });
});

it('what tracers and clients add to a request is allowed, and CORS_HEADERS beside it', async () => {
  const gateway = await startGateway({ server: { corsOrigins: [ours], corsHeaders: ['x-tenant'] } });
  const { headers } = await preflight(gateway, ours);
  const allowed = headers.get('access-control-allow-headers')?.split(', ');
  const usual = [
    'authorization',
    'content-type',
    // Sent by clients of Server-Sent Events that use fetch
    'last-event-id',
    'sentry-trace',
    'baggage',
    'traceparent',
    'x-datadog-trace-id',
  ];
  const named = ['apollographql-client-name', 'graphql-client-version', 'apollo-require-preflight'];
  expect(allowed).toEqual(expect.arrayContaining([...usual, ...named, 'x-request-id', 'x-tenant']));
});

it('everybody is allowed without credentials', async () => {
  const gateway = await startGateway({ server: { corsOrigins: '*' } });
  const response = await post(gateway, { query: '{ __typename }' }, { origin: ours });
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-expose-headers')).toContain('retry-after');
  expect(response.headers.has('access-control-allow-credentials')).toBe(false);
});

it('a page of another site spends no call over GET', async () => {
  const gateway = await startGateway({ server: { corsOrigins: [ours] } });
  const get = (headers: Record<string, string>) =>
    gateway.fetch(`${URL}?query=${encodeURIComponent('{ stages { nodes { arn } } }')}`, { headers });
  expect((await get({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect(gateway.calls()).toEqual({});
  expect((await get({ 'sec-fetch-site': 'cross-site', origin: ours })).status).toBe(200);
  expect((await get({})).status).toBe(200);
});

it.each([
  ['localhost:4000', 200],
  ['127.0.0.1:4000', 200],
  ['[::1]:4000', 200],
  ['evil.example', 403],
  ['127.0.0.1.evil.example', 403],
  ['localhost@evil.example', 403],
])('on loopback the name %s is answered %i', async (host, status) => {
  const gateway = await startGateway({ server: { isLoopbackOnly: true } });
  expect((await post(gateway, { query: '{ __typename }' }, { host })).status).toBe(status);
});

it('a schema that is not told is not guessed either', async () => {
  const gateway = await startGateway({ server: { hasIntrospection: false, hasGraphiQL: false } });
  for (const query of ['{ __schema { types { name } } }', '{ _service { sdl } }'])
    expect((await gateway.ask(query)).errors?.[0]?.message).toContain('introspection has been disabled');
  const { errors } = await gateway.ask('{ stage_ { arn } }');
  expect(errors?.[0]?.message).toBe('Cannot query field "stage_" on type "Query".');
  expect((await gateway.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  const page = await gateway.fetch(URL, { headers: { accept: 'text/html' } });
  expect(await page.text()).not.toContain('WhoIsLive');
});

const served = { schema, limits: defaultLimits, hasIntrospection: true };
const body = 'query Stages { stages { nodes { name } } }';
const apollo = JSON.stringify({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [{ id: 'abc', name: 'Stages', type: 'query', body }],
});

it.each([
  ['Apollo', apollo],
  ['codegen', JSON.stringify({ abc: body })],
  ['who says how the ids were made', JSON.stringify({ 'sha256:abc': body })],
])('a manifest of %s makes its operations the only ones', async (_whose, text) => {
  const gateway = await startGateway({
    server: { persistedOperations: readManifest(parseManifest(text), served) },
  });
  const extensions = { persistedQuery: { version: 1, sha256Hash: 'abc' } };
  const ids = [
    { documentId: 'abc' },
    { documentId: 'sha256:abc' },
    { doc_id: 'abc' },
    { id: 'abc', query: null },
  ];
  for (const request of [{ extensions }, ...ids])
    expect(await (await post(gateway, request)).json()).toMatchObject({ data: { stages: { nodes: [] } } });
  expect((await gateway.fetch(`${URL}?documentId=abc`)).status).toBe(200);
  const refusals = [
    [{ query: body }, 'PERSISTED_QUERY_ID_REQUIRED'],
    [{}, 'PERSISTED_QUERY_ID_REQUIRED'],
    [{ query: body, documentId: 'abc' }, 'CANNOT_SEND_PQ_ID_AND_BODY'],
    [{ documentId: '__proto__' }, 'PERSISTED_QUERY_NOT_IN_LIST'],
    [{ id: 'another' }, 'PERSISTED_QUERY_NOT_IN_LIST'],
  ] as const;
  for (const [request, code] of refusals) {
    const response = await post(gateway, request);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code } }] },
    ]);
  }
});

it.each([
  ['no JSON', '{', /no JSON/],
  ['another format', '{"format":"x","operations":[]}', /expected a manifest/],
  ['a syntax error', JSON.stringify({ abc: '{' }), /operation abc cannot be served: Syntax Error/],
  [
    'an unknown field',
    apollo.replace('name }', 'nothing }'),
    /operation Stages cannot be served: Cannot query/,
  ],
  ['a bomb', JSON.stringify({ abc: `{ ${'a '.repeat(120)} }` }), /at most 100 fields/],
])('a manifest with %s is refused by name', (_what, text, message) => {
  expect(() => readManifest(parseManifest(text), served)).toThrow(message);
});
