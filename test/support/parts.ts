// Answers in parts, read as Apollo Client and urql read them.
import { meros } from 'meros/browser';
import type { TestGateway } from './gateway.ts';

export interface Part {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, which each test knows
  data?: any;
  errors?: { message: string; extensions: { code: string } }[];
  incremental?: {
    path: (string | number)[];
    label?: string;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    data?: any;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    items?: any[];
    errors?: { message: string; path: (string | number)[]; extensions: { code: string } }[];
  }[];
  hasNext?: boolean;
  extensions?: { ivs?: { calls: number } };
}

interface Asked {
  variables?: Record<string, unknown>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Asks as a client that takes parts; what comes is read one by one. */
export async function askInParts(gateway: TestGateway, query: string, asked: Asked = {}) {
  const { variables, headers, signal } = asked;
  const response = await gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'multipart/mixed, application/json',
      'cache-control': 'no-cache',
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
    ...(signal && { signal }),
  });
  return { response, parts: partsOf(response) };
}

async function* partsOf(response: Response): AsyncGenerator<Part> {
  const read = await meros<Part>(response);
  if ('json' in read) yield (await read.json()) as Part;
  else for await (const { body } of read) yield body as Part;
}

export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** What a client has when all parts have come; the paths of errors are whole already. */
export function merge([first, ...rest]: readonly Part[]) {
  const whole = structuredClone(first) as Part & { errors?: unknown[] };
  for (const { incremental = [], errors = [] } of rest) {
    for (const { path, data, items, errors: own = [] } of incremental) {
      const place = items ? path.slice(0, -1) : path;
      // biome-ignore lint/suspicious/noExplicitAny: a place in the answer
      const target = place.reduce((value: any, step) => value[step], whole.data);
      if (items) target.splice(path.at(-1), 0, ...items);
      else Object.assign(target, data);
      if (own.length > 0) whole.errors = [...(whole.errors ?? []), ...own];
    }
    if (errors.length > 0) whole.errors = [...(whole.errors ?? []), ...errors];
  }
  return { data: whole.data, ...(whole.errors && { errors: whole.errors }) };
}
