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

/** A token is good for its own list only: the operation, the region and whatever the list was narrowed by. */
export function paginate<T extends Ordered>(
  items: readonly T[],
  { nextToken, maxResults, ...filters }: PageInput,
  { operation, world, size, newestFirst = false }: PageOptions,
): { items: T[]; nextToken?: string } {
  const scope = JSON.stringify([operation, world.region, Object.entries(filters).sort()]);
  const { key } = world.ids;
  const after = nextToken ? readToken(nextToken, scope, key) : undefined;
  const sorted = [...items].sort((a, b) => (newestFirst ? b.order - a.order : a.order - b.order));
  const rest = sorted.filter(
    ({ order }) => after === undefined || (newestFirst ? order < after : order > after),
  );
  const page = rest.slice(0, maxResults ?? size);
  const last = page.at(-1);
  return rest.length > page.length && last
    ? { items: page, nextToken: writeToken(last.order, scope, key) }
    : { items: page };
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
