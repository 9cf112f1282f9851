// AWS's pages with a nextToken, as Relay connections.
import type { ObjectRef } from '@pothos/core';
import type { Context } from '../../context.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import type { List } from '../language/costs.ts';
import { absentAsNull } from './calls.ts';
import { decode, encode, fingerprint, indexIn, type Position, shorten } from './cursor.ts';
import { Edge, type EdgePage, PageReader } from './page-reader.ts';
import { ReturnedItems } from './returned-items.ts';
import { TokenTrail } from './token-trail.ts';

/** The default of `first`: in a list of the root, and in one that stands on each item of another list, where lengths multiply. */
export const DEFAULT_FIRST = { root: 50, nested: 20 } as const;
/** More is refused. */
export const MAX_FIRST = 1000;
/** Filters make AWS answer short or even empty pages; after so many in one request the rest is left to the next cursor. */
export const MAX_EXTRA_PAGES = 10;

export interface ConnectionArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
}
/** Arguments in which the default has taken the place of a missing `first`. */
export interface PageArgs extends ConnectionArgs {
  first: number;
}
export interface Page<Item> {
  items: readonly Item[] | undefined;
  nextToken: string | undefined;
}
interface ListOptions<Item, Node> {
  args: PageArgs;
  list: List;
  /** What identifies this list among others of the operation; a cursor of another one is refused. */
  scope: readonly unknown[];
  /** AWS's largest page, whatever `first` says: lists of all lengths then share a call, and the cache. */
  fetchPage: (nextToken: string | undefined) => Promise<Page<Item>>;
  /** What identifies an item in the list. */
  keyOf: (item: Item) => string;
  /** Whether two items of one key are the same; else they may be two that are equal. */
  haveIds?: boolean;
  toNode: (item: Item) => Node;
  context: Pick<Context, 'inParts'>;
}

/** How many items before it a cursor names, for when the item itself is gone. */
const NAMED_BEFORE = 3;

/** The list of a parent that does not exist, where the parent is not what the query reads. */
export const EMPTY_CONNECTION = {
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
};

/** The requested part of a list; null when the parent does not exist. */
export function listConnection<Item, Node>(options: ListOptions<Item, Node>) {
  const reader = new PageReader(readPages(options));
  return (options.context.inParts ? reader.growing() : reader.whole()).catch(absentAsNull);
}

async function* readPages<Item, Node>(
  options: ListOptions<Item, Node>,
): AsyncGenerator<EdgePage<Node>, EdgePage<Node>> {
  const { args, list, fetchPage, keyOf, haveIds = false, toNode } = options;
  const { operation, pageMax } = list;
  const first = checkFirst(args.first);
  const scope = fingerprint([operation, ...options.scope]);
  const start: Position = args.after ? decode(args.after, scope()) : { index: -1, names: [] };
  // Names are short in cursors alone: what is compared with those of a cursor has to be, and a hash costs more than the item.
  const isShort = start.names.length > 0;
  const nameOf = isShort ? (item: Item) => shorten(keyOf(item)) : keyOf;
  const cursorOf = ({ names, ...at }: Position) =>
    encode(scope(), { ...at, names: isShort ? names : names.map(shorten) });

  const returned = new ReturnedItems(haveIds, start.names, { before: start.index < 0 });
  const tokens = new TokenTrail(list, start.token, start.lap);
  let missing = first;
  let token = start.token;
  let skip: Position | undefined = start;
  for (let pages = Math.ceil(first / pageMax) + MAX_EXTRA_PAGES; pages > 0; pages -= 1) {
    const { items = [], nextToken } = await fetchPage(token);
    const names = items.map(nameOf);
    const from = skip ? placeBehind(skip, names) : 0;
    const places = returned.add(names, from);
    const before = returned.count - places.length;
    const page = { token, lap: tokens.lap };
    const edges = places.slice(0, missing).map((index, offset): Edge<Node> => {
      const isLast = offset === places.length - 1 && nextToken && !tokens.hasSeen(nextToken);
      // Behind the last item of a page begins the next one: continuing there skips only repeated items.
      const at = isLast ? { token: nextToken, index: -1, lap: tokens.lapAt(nextToken) } : { ...page, index };
      const count = before + offset + 1;
      const cursor = () => cursorOf({ ...at, names: returned.last(NAMED_BEFORE + 1, count) });
      return new Edge(toNode(items[index] as Item), cursor);
    });
    missing -= edges.length;
    const isPageUsed = edges.length === places.length;
    if (!nextToken || missing === 0) return { edges, ending: { hasNextPage: !isPageUsed || !!nextToken } };
    yield { edges };
    token = tokens.follow(nextToken);
    skip = undefined;
  }
  const endCursor = cursorOf({
    token,
    index: -1,
    names: returned.last(NAMED_BEFORE + 1),
    lap: tokens.lap,
  });
  return { edges: [], ending: { hasNextPage: true, endCursor } };
}

/** Behind the named item or, when it is gone, behind the nearest one before it that is still there. */
function placeBehind({ index, names }: Position, page: readonly string[]): number {
  if (index < 0) return 0;
  // At its old place it is even where several items are equal.
  if (page[index] === names[0]) return index + 1;
  for (const [steps, name] of names.entries()) {
    const place = page.indexOf(name);
    if (place >= 0) return place + 1;
    if (steps === index) return 0;
  }
  return Math.min(index, page.length);
}

/** How many items the requested part has at most, and the calls that takes where AWS fills its pages. Nothing that would be refused. */
export function sizeOf(
  { first: items, after }: PageArgs,
  { pageMax }: List,
): { items: number; calls: number } {
  if (items < 1 || items > MAX_FIRST) return { items: 0, calls: 0 };
  const index = after ? indexIn(after) : -1;
  // What stands on the page behind the item comes with the call that finds the item again.
  const rest = Number.isInteger(index) && index >= 0 ? Math.max(0, pageMax - index - 1) : undefined;
  const others = Math.ceil(Math.max(0, items - (rest ?? 0)) / pageMax);
  return { items, calls: rest === undefined ? others : others + 1 };
}

function checkFirst(first: number): number {
  if (first < 1 || first > MAX_FIRST) {
    throw new ValidationError(`Expected \`first\` to be from 1 to ${MAX_FIRST}, got: ${first}`);
  }
  return first;
}

/** `first` and `after`, for a field that answers with a connection. */
const connectionArgs = (defaultFirst: number) =>
  builder.args((t) => ({
    first: t.int({
      defaultValue: defaultFirst,
      description: `Number of items. Limit 1 to ${MAX_FIRST}. AWS returns at most 100 per call, of some lists 50: more items cost more calls.`,
    }),
    after: t.string({ description: 'Cursor of an item of this list: returns the items after it.' }),
  }));

/** Those of a list at the root, and of a list on a type. */
export const rootArgs = connectionArgs(DEFAULT_FIRST.root);
export const nestedArgs = connectionArgs(DEFAULT_FIRST.nested);

/** The connection type of a list of `type`. */
export const connectionOf = <Shape extends object>(
  type: ObjectRef<SchemaTypes, Shape>,
  description: string,
) =>
  builder.connectionObject(
    { type, name: `${type.name}Connection`, description },
    {
      name: `${type.name}Edge`,
      description: `An item of ${description.charAt(0).toLowerCase()}${description.slice(1)}`,
    },
  );
