// Pages of a list. The token names the last item handed out by its place in the order of creation,
// so a page neither repeats nor skips an item when others come and go.
import { createHmac } from 'node:crypto';
import { validationFailed } from './errors.ts';

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

/** Of items in any order. */
export function paginate<T extends Ordered>(
  items: readonly T[],
  input: PageInput,
  options: PageOptions,
): Page<T> {
  return paginateSorted(
    [...items].sort((a, b) => a.order - b.order),
    input,
    options,
  );
}

/**
 * Of items in the order of creation; reads no more of them than it needs for the page. A token is good for its own list only:
 * the operation, the region and whatever the list was narrowed by.
 */
export function paginateSorted<T extends Ordered>(
  items: readonly T[],
  { nextToken, maxResults, ...filters }: PageInput,
  options: PageOptions,
): Page<T> {
  const { operation, world, size, newestFirst = false } = options;
  const scope = JSON.stringify([operation, world.region, Object.entries(filters).sort()]);
  const { key } = world.ids;
  const after = nextToken ? readToken(nextToken, scope, key) : undefined;
  const [max, page]: [number, T[]] = [maxResults ?? size, []];
  const step = newestFirst ? -1 : 1;
  for (let index = beginOf(items, after, newestFirst); items[index]; index += step) {
    const item = items[index] as T;
    const last = page.at(-1);
    if (page.length === max && last) return { items: page, nextToken: writeToken(last.order, scope, key) };
    page.push(item);
  }
  return { items: page };
}

/** Where the first item beyond an order stands; without one, the first of all. */
function beginOf(items: readonly Ordered[], order: number | undefined, newestFirst: boolean): number {
  if (order === undefined) return newestFirst ? items.length - 1 : 0;
  return newestFirst ? placeBehind(items, order - 1) - 1 : placeBehind(items, order);
}

/** Of items in the order of creation: where the first one beyond an order stands, or would stand. */
export function placeBehind(items: readonly Ordered[], order: number): number {
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((items[middle]?.order ?? 0) <= order) from = middle + 1;
    else to = middle;
  }
  return from;
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
