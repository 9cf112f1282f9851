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
  /** Of the newer form. */
  pending?: { id: string; path: (string | number)[]; label?: string }[];
  completed?: { id: string; errors?: { message: string; extensions: { code: string } }[] }[];
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

/** Headers of a client that takes the newer form, as Apollo Client's handler sends them. */
export const PENDING = {
  accept: 'multipart/mixed;incrementalSpec=v0.2,application/graphql-response+json,application/json;q=0.9',
};

/** The same of the newer form, and strictly: what is announced is completed once, and nothing comes that is not announced. */
export function mergePending([first, ...rest]: readonly Part[]) {
  const whole = structuredClone(first) as Part;
  const errors: unknown[] = [...(whole.errors ?? [])];
  const open = new Map<string, (string | number)[]>();
  const announce = ({ pending = [] }: Part) => {
    for (const { id, path } of pending) {
      if (open.has(id)) throw new Error(`announced twice: ${id}`);
      open.set(id, path);
    }
  };
  // biome-ignore lint/suspicious/noExplicitAny: a place in the answer
  const at = (path: (string | number)[]) => path.reduce((value: any, step) => value[step], whole.data);
  announce(whole);
  for (const part of rest) {
    announce(part);
    if (part.errors) throw new Error('errors outside of what they belong to');
    for (const { id, data, items, errors: own = [], ...others } of (part.incremental ?? []) as unknown as {
      id: string;
      data?: object;
      items?: unknown[];
      errors?: object[];
    }[]) {
      const path = open.get(id);
      if (!path || Object.keys(others).length > 0)
        throw new Error(`not announced: ${id}, ${Object.keys(others)}`);
      if (items) at(path).push(...items);
      else Object.assign(at(path), data);
      errors.push(...own);
    }
    for (const { id, errors: own = [] } of part.completed ?? []) {
      if (!open.delete(id)) throw new Error(`completed twice: ${id}`);
      errors.push(...own);
    }
  }
  if (open.size > 0) throw new Error(`not completed: ${[...open.keys()]}`);
  return { data: whole.data, ...(errors.length > 0 && { errors }) };
}
