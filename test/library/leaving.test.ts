// Clients of `gateway.fetch` that leave, and requests that are none.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIvsGateway, type IvsGateway } from '../../src/index.ts';

let gateway: IvsGateway;
beforeAll(async () => {
  gateway = await createIvsGateway({ logLevel: 'silent', limits: { perSecond: 2 } });
});
afterAll(() => gateway.close());

const URL_OF = 'http://localhost/graphql';
const post = (query: string, { accept = '*/*', signal }: { accept?: string; signal?: AbortSignal } = {}) =>
  new Request(URL_OF, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query }),
    ...(signal && { signal }),
  });

async function running(of: IvsGateway): Promise<string | undefined> {
  const metrics = await (await of.fetch(new Request('http://localhost/metrics'))).text();
  return /^ivs_graphql_subscriptions\b.* (\d+)$/m.exec(metrics)?.[1];
}

describe.each(['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0'])(
  'a subscription as %s',
  (accept) => {
    async function subscribe(of: IvsGateway, signal?: AbortSignal) {
      const query = 'subscription { streams { __typename } }';
      const response = await of.fetch(post(query, { accept, ...(signal && { signal }) }));
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      let text = '';
      while (!text.includes('StreamsState'))
        text += Buffer.from((await reader.read()).value ?? []).toString();
      return reader;
    }

    it('ends for a reader that waits when its signal is aborted, and does not delay close', async () => {
      const own = await createIvsGateway({ logLevel: 'silent' });
      const client = new AbortController();
      const reader = await subscribe(own, client.signal);
      const waiting = reader.read();
      client.abort();
      await expect(waiting).rejects.toThrow('aborted');
      await expect.poll(() => running(own)).not.toBe('1');
      await own.close();
    }, 5_000);

    it('ends at once when a reader that waits is cancelled', async () => {
      const own = await createIvsGateway({ logLevel: 'silent' });
      const reader = await subscribe(own);
      const waiting = reader.read();
      await reader.cancel();
      expect((await waiting).done).toBe(true);
      await expect.poll(() => running(own)).not.toBe('1');
      await own.close();
    }, 5_000);
  },
);

describe('a request', () => {
  it('that was aborted before has no response to read', async () => {
    const signal = AbortSignal.abort();
    const text = async () => (await gateway.fetch(post('{ __typename }', { signal }))).text();
    await expect(text()).rejects.toThrow();
  });

  it.each([
    ['no reason', undefined],
    ['an error', new Error('bye')],
    ['a text', 'bye'],
    ['null', null],
    ['a time-out', new DOMException('late', 'TimeoutError')],
  ])('that is aborted with %s is no fault in the log', async (_, reason) => {
    const lines: unknown[] = [];
    const note = (...line: unknown[]) => void lines.push(line);
    const silent = () => {};
    const logger = { trace: silent, debug: silent, info: silent, warn: note, error: note, fatal: note };
    const own = await createIvsGateway({ logger });
    const deferred = '{ ... @defer { stages(first: 1) { nodes { name } } } }';
    for (const query of ['{ stages(first: 1) { nodes { name } } }', deferred]) {
      const client = new AbortController();
      const response = own.fetch(
        post(query, { signal: client.signal, accept: 'multipart/mixed, application/json' }),
      );
      client.abort(reason);
      await expect(response.then((one) => one.text())).rejects.toBe(client.signal.reason);
    }
    // What the aborted ones log, they log before a later request is done.
    await (await own.fetch(post('{ channels(first: 1) { nodes { name } } }'))).text();
    await own.close();
    expect(lines).toEqual([]);
  });

  it('whose body was read gets 400', async () => {
    const request = post('{ __typename }');
    await request.text();
    const response = await gateway.fetch(request);
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        errors: [
          {
            message: 'Expected a request whose body was not read before',
            extensions: { code: 'BAD_REQUEST' },
          },
        ],
      },
    ]);
  });

  it.each([
    ['a URL', URL_OF],
    ['a URL', new URL(URL_OF)],
    ['another value', undefined],
    ['another value', {}],
  ])('must be a Request, and not %s', async (got, value) => {
    await expect(gateway.fetch(value as never)).rejects.toThrow(
      new TypeError(`gateway.fetch: expected a Request, got ${got}. Pass new Request(url, init)`),
    );
  });

  it('of an address that is none shares the limits of those without', async () => {
    const ask = async (remoteAddress: unknown) =>
      (await gateway.fetch(post('{ __typename }'), { remoteAddress } as never)).status;
    const statuses = await Promise.all(Array.from({ length: 30 }, (_, index) => ask(`client-${index}`)));
    expect(statuses).toContain(429);
    expect(await ask({})).toBe(429);
    expect(await ask('2001:db8::1')).toBe(200);
  });
});

it('listens once, and not after its end', async () => {
  const own = await createIvsGateway({ logLevel: 'silent', port: 0 });
  await own.listen();
  await expect(own.listen()).rejects.toThrow('listen: expected to be called once, got another call');
  await own.close();
  await expect(own.listen()).rejects.toThrow('listen: expected an open gateway, got one that is closed');
});
