// Automatic persisted queries, as Apollo's clients speak them; the real link is in test/clients/apollo.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createDocumentStore } from '../../../src/server/limits/document-store.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { connect, onEachRedis, type RedisServer, startRedis, untilElsewhere } from '../../support/redis.ts';

const query = 'query Stages { stages { nodes { name } } }';
const answer = { data: { stages: { nodes: [] } } };
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const named = (sha256Hash: unknown, version: unknown = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});
const post = async (gateway: TestGateway, body: object, accept = 'application/json') => {
  const response = await gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(body),
  });
  return [response.status, await response.json()];
};
const get = (gateway: TestGateway, hash: string, more = '') =>
  gateway.fetch(
    `http://gateway/graphql?extensions=${encodeURIComponent(JSON.stringify(named(hash).extensions))}${more}`,
  );
const failure = (message: string, code: string) => ({ errors: [{ message, extensions: { code } }] });
const notFound = failure('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');

describe('an automatic persisted query', () => {
  it.each(['bytes', 'abc', [[]], 'x'.repeat(100_000)])(
    'has a hash that is none refused, briefly: %#',
    async (hash) => {
      const gateway = await startGateway();
      const [status, body] = await post(gateway, named(hash));
      expect(status).toBe(400);
      expect(body.errors[0].message).toMatch(/sha256Hash` to be a SHA-256/);
      expect(body.errors[0].message.length).toBeLessThan(300);
    },
  );

  it.each(['application/json', 'application/graphql-response+json'])(
    'is asked for by hash, registered, and then known, over GET, too: %s',
    async (accept) => {
      const gateway = await startGateway();
      const hash = hashOf(query);
      // 200, as Apollo's own servers: some clients read nothing of another answer.
      expect(await post(gateway, named(hash), accept)).toEqual([200, notFound]);
      expect(await post(gateway, { query, ...named(hash) }, accept)).toEqual([200, answer]);
      expect(await post(gateway, named(hash), accept)).toEqual([200, answer]);
      expect(await post(gateway, named(hash.toUpperCase()), accept)).toEqual([200, answer]);
      expect(await (await get(gateway, hash)).json()).toEqual(answer);
    },
  );

  it('may be kept by HTTP caches when it came over GET, and what is not found may not', async () => {
    const gateway = await startGateway({ authenticate: undefined, cached: true });
    const missing = await get(gateway, hashOf(query));
    expect(await missing.json()).toEqual(notFound);
    expect(missing.headers.get('cache-control')).toBe('no-store');
    await post(gateway, { query, ...named(hashOf(query)) });
    const { headers } = await get(gateway, hashOf(query));
    expect(headers.get('cache-control')).toMatch(/^(public|private), max-age=\d$/);
    expect(headers.get('vary')).toContain('Accept');
  });

  it('is no way to a mutation over GET', async () => {
    const gateway = await startGateway();
    const mutation = 'mutation { createStage(input: { name: "a" }) { __typename } }';
    expect((await post(gateway, { query: mutation, ...named(hashOf(mutation)) }))[0]).toBe(200);
    gateway.calls();
    expect((await get(gateway, hashOf(mutation))).status).toBe(405);
    expect(gateway.calls()).toEqual({});
    expect((await post(gateway, named(hashOf(mutation))))[0]).toBe(200);
  });

  it('takes variables and names as any other', async () => {
    const gateway = await startGateway();
    const two = 'query A { __typename } query B($first: Int) { stages(first: $first) { nodes { name } } }';
    const asked = { ...named(hashOf(two)), operationName: 'B', variables: { first: 1 } };
    await post(gateway, { query: two, ...asked });
    expect(await post(gateway, asked)).toEqual([200, answer]);
    const more = `&operationName=B&variables=${encodeURIComponent('{"first":1}')}`;
    expect(await (await get(gateway, hashOf(two), more)).json()).toEqual(answer);
  });

  it.each([
    [
      'the hash of another document',
      { query, ...named(hashOf('{ __typename }')) },
      'PERSISTED_QUERY_MISMATCH',
    ],
    ['another version', named(hashOf(query), 2), 'BAD_USER_INPUT'],
    ['no hash', named(undefined), 'BAD_USER_INPUT'],
  ])('%s: is refused', async (_what, body, code) => {
    const gateway = await startGateway();
    expect(await post(gateway, body)).toMatchObject([400, { errors: [{ extensions: { code } }] }]);
    expect(await post(gateway, named(hashOf('{ __typename }')))).toEqual([200, notFound]);
  });

  it('shows how the two hashes begin, which a reader can compare', async () => {
    const gateway = await startGateway();
    const [, { errors }] = await post(gateway, { query, ...named(hashOf('{ __typename }')) });
    expect(errors[0].message).toContain(hashOf(query).slice(0, 12));
    expect(errors[0].message).toContain(hashOf('{ __typename }').slice(0, 12));
  });

  it.each([
    ['is over a limit', `{ ${'a '.repeat(120)} }`],
    ['does not fit the schema', '{ nothing }'],
    ['is no GraphQL', '{'],
  ])('is not stored when it %s', async (_what, bad) => {
    const gateway = await startGateway();
    await post(gateway, { query: bad, ...named(hashOf(bad)) });
    expect(await post(gateway, named(hashOf(bad)))).toEqual([200, notFound]);
  });

  it('is not supported where operations are given beforehand, unless it is one of these', async () => {
    const persistedOperations = new Map([[hashOf(query), query]]);
    const gateway = await startGateway({ server: { persistedOperations } });
    const other = '{ __typename }';
    const notSupported = failure('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');
    expect(await post(gateway, named(hashOf(query)))).toEqual([200, answer]);
    expect(await post(gateway, named(hashOf(other)))).toEqual([200, notSupported]);
    expect(await post(gateway, { query: other, ...named(hashOf(other)) })).toEqual([200, notSupported]);
  });
});

describe('the store of documents', () => {
  it('forgets what was used least, by number and by bytes', async () => {
    const byCount = createDocumentStore(undefined, { count: 2, bytes: 100 });
    for (const document of ['a', 'b', 'a', 'c']) byCount.set(hashOf(document), document);
    await expect(Promise.all(['a', 'b', 'c'].map((one) => byCount.get(hashOf(one))))).resolves.toEqual([
      'a',
      undefined,
      'c',
    ]);
    const byBytes = createDocumentStore(undefined, { count: 100, bytes: 5 });
    for (const document of ['aaa', 'ßß', 'cccccc']) byBytes.set(hashOf(document), document);
    await expect(
      Promise.all(['aaa', 'ßß', 'cccccc'].map((one) => byBytes.get(hashOf(one)))),
    ).resolves.toEqual([undefined, 'ßß', undefined]);
  });
});

onEachRedis('the store of all replicas', { timeout: 60_000 }, () => {
  const start = async (bounds?: { count: number; bytes: number }, timeoutMs?: number) => {
    const server = await startRedis();
    const replica = async () => {
      const { redis } = await connect({ ...server, ...(timeoutMs && { timeoutMs }) });
      return startGateway({ server: { documents: createDocumentStore(redis, bounds) } });
    };
    return { server, replicas: [await replica(), await replica()] as const };
  };
  const register = (gateway: TestGateway, text: string) =>
    post(gateway, { query: text, ...named(hashOf(text)) });
  const stored = (server: Pick<RedisServer, 'ask' | 'keyOf'>) =>
    Number(server.ask('ZCARD', server.keyOf('documents-used')));

  it('answers a document that came to another one', async () => {
    const { server, replicas } = await start();
    await register(replicas[0], query);
    await untilElsewhere(() => stored(server) === 1);
    expect(await post(replicas[1], named(hashOf(query)))).toEqual([200, answer]);
    for (const key of server.ask('KEYS', server.keyOf('documents*')).split('\n'))
      expect(Number(server.ask('PTTL', key))).toBeGreaterThan(80_000_000);
  });

  it('is bounded, by number and by bytes', async () => {
    const { server, replicas } = await start({ count: 3, bytes: 150 });
    const documents = Array.from({ length: 6 }, (_, index) => `query Q${index} { __typename }`);
    for (const text of documents) {
      await register(replicas[0], text);
      await untilElsewhere(() => server.ask('HEXISTS', server.keyOf('documents'), hashOf(text)) === '1');
    }
    expect(stored(server)).toBe(3);
    const found = await Promise.all(documents.map((text) => post(replicas[1], named(hashOf(text)))));
    expect(found.map(([, body]) => 'data' in (body as object))).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
    const long = `query Long { __typename ${'# '.repeat(60)}\n}`;
    await register(replicas[0], long);
    await untilElsewhere(() => server.ask('HEXISTS', server.keyOf('documents'), hashOf(long)) === '1');
    expect(stored(server)).toBe(1);
    expect(Number(server.ask('HGET', server.keyOf('documents'), 'bytes'))).toBe(Buffer.byteLength(long));
  });

  it('is not believed when it holds another document under a hash', async () => {
    const { server, replicas } = await start();
    server.ask('HSET', server.keyOf('documents'), hashOf(query), '{ channels { nodes { name } } }');
    expect(await post(replicas[0], named(hashOf(query)))).toEqual([200, notFound]);
  });

  it('costs a quarter of a second at most when Redis is stopped, and nothing once it is lost', async () => {
    const { server, replicas } = await start(undefined, 250);
    const [gateway] = replicas;
    await register(gateway, query);
    server.signal('SIGSTOP');
    const begin = performance.now();
    expect(await post(gateway, named(hashOf('{ __typename }')))).toEqual([200, notFound]);
    const elapsed = performance.now() - begin;
    console.log(`Redis stopped: answered after ${Math.round(elapsed)} ms`);
    expect(elapsed).toBeLessThan(1000);
    expect(await register(gateway, '{ __typename }')).toMatchObject([200, {}]);
    expect(await post(gateway, named(hashOf('{ __typename }')))).toMatchObject([200, { data: {} }]);
    expect(await post(gateway, named(hashOf(query)))).toEqual([200, answer]);
    server.signal('SIGCONT');
  });
});
