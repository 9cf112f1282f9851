// A gateway behind its listener, asked over sockets.
import { onTestFinished } from 'vitest';
import { listen } from '../../src/server/http/listener.ts';
import type { TestGateway } from './gateway.ts';

export interface Told {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, which each test knows
  data: any;
}
export type Post = (
  query: string,
  init?: { headers?: Record<string, string>; variables?: object; signal?: AbortSignal },
) => Promise<Told>;

export async function listenTo(
  gateway: Pick<TestGateway, 'handler'> & Partial<Pick<TestGateway, 'longLived'>>,
) {
  const { address, drain } = await listen(
    gateway.handler,
    { host: '127.0.0.1', port: 0 },
    {},
    gateway.longLived,
  );
  onTestFinished(() => drain({ delayMs: 0, finishMs: 0 }));
  const url = `http://127.0.0.1:${address.port}/graphql`;
  const tell = async (response: Response): Promise<Told> => {
    const text = await response.text();
    const data = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text).data : undefined;
    return { status: response.status, headers: response.headers, text, data };
  };
  const post: Post = async (query, { headers, variables, signal } = {}) =>
    tell(
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
        ...(signal && { signal }),
      }),
    );
  const get = async (query: string, headers: Record<string, string> = {}) =>
    tell(await fetch(`${url}?query=${encodeURIComponent(query)}`, { headers }));
  return { url, post, get, drain };
}
