// Pages of a list. The token names the last item handed out by its place in the order of creation,
// so a page neither repeats nor skips an item when others come and go.
import { createHmac } from 'node:crypto';
import { validationFailed } from '../errors.ts';

/** `order` grows with every item of the world and is never used again. */
export interface Ordered {
  order: number;
}

interface PageInput {
  nextToken?: string | undefined;
  maxResults?: number | undefined;
}

interface PageOptions {
  operation: string;
  world: { region: string; ids: { key: Buffer } };
  /** How many when the caller does not say. */
  size: number;
  newestFirst?: boolean;
}

interface Page<T> {
  items: T[];
  nextToken?: string;
}

/** In the order of creation. */
export interface Sorted<T> {
  /** Those behind an order, or all. */
  after(order?: number): Iterable<T>;
  /** Those before an order, or all, the newest first. */
  before(order?: number): Iterable<T>;
}

/** Items in any order, sorted. */
export function sorted<T extends Ordered>(items: readonly T[]): Sorted<T> {
  const all = [...items].sort((a, b) => a.order - b.order);
  return {
    after: (order) => (order === undefined ? all : all.filter((item) => item.order > order)),
    before: (order) => all.filter((item) => order === undefined || item.order < order).reverse(),
  };
}

/** Those that fit. No more are read than are taken of them. */
export const where = <T>(items: Sorted<T>, fits: (item: T) => boolean): Sorted<T> => ({
  after: (order) => having(items.after(order), fits),
  before: (order) => having(items.before(order), fits),
});

function* having<T>(items: Iterable<T>, fits: (item: T) => boolean): Generator<T> {
  for (const item of items) if (fits(item)) yield item;
}

/**
 * Reads no more of the items than it needs for the page. A token is good for its own list only: the operation, the region and
 * whatever the list was narrowed by.
 */
export function paginate<T extends Ordered>(
  items: Sorted<T>,
  { nextToken, maxResults, ...filters }: PageInput,
  options: PageOptions,
): Page<T> {
  const { operation, world, size, newestFirst = false } = options;
  const scope = JSON.stringify([operation, world.region, Object.entries(filters).sort()]);
  const { key } = world.ids;
  const last = nextToken ? readToken(nextToken, scope, key) : undefined;
  const [max, page]: [number, T[]] = [maxResults ?? size, []];
  for (const item of newestFirst ? items.before(last) : items.after(last)) {
    const before = page.at(-1);
    if (page.length === max && before)
      return { items: page, nextToken: writeToken(before.order, scope, key) };
    page.push(item);
  }
  return { items: page };
}

const sign = (order: number, scope: string, key: Buffer) =>
  createHmac('sha256', key).update(`${order} ${scope}`).digest('base64url').slice(0, 22);

const writeToken = (order: number, scope: string, key: Buffer) =>
  Buffer.from(`${order}.${sign(order, scope, key)}`).toString('base64url');

function readToken(token: string, scope: string, key: Buffer): number {
  const [order, signature] = Buffer.from(token, 'base64url').toString().split('.');
  const last = Number(order);
  if (!order || signature !== sign(last, scope, key)) {
    throw validationFailed('nextToken: expected the token of an earlier page of this same list');
  }
  return last;
}
