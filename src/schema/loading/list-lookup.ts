// The fewest calls for objects that a list returns. Where the list has all that is selected: its pages, as long as they pay, and
// Get* for the rest. Where it has not: Get*, and no call while the list says that cached details still hold.
import type { Context } from '../../context.ts';
import { groupBy } from '../language/collections.ts';
import type { List } from '../language/costs.ts';
import type { Page } from './connection.ts';
import { TokenTrail } from './token-trail.ts';

/** A list in which objects can be looked up that were requested by key. */
export interface Listing<Key, Summary> {
  list: List;
  /** Names the list that has the object. */
  listOf: (key: Key) => string;
  fetchPage: (sibling: Key, nextToken: string | undefined, context: Context) => Promise<Page<Summary>>;
  keyOf: (summary: Summary, sibling: Key) => { [Member in keyof Key]: Key[Member] | undefined };
  /** While it says the same of a resource, the cache reuses the details of that for long (upstream/cache/revalidation.ts). */
  revalidates?: boolean;
}

/** The summary of a list, or null where no list has the object. Without an entry, its list was not read to the end. */
type Found<Source, Summary> = Map<Source, Summary | null>;

/** Looks objects up in their lists where that is likely to be fewer calls than one for each. */
export async function lookUp<Key, Source extends Key, Summary>(
  sources: readonly Source[],
  listing: Listing<Key, Summary>,
  idOf: (key: Key) => string,
  context: Context,
): Promise<Found<Source, Summary>> {
  const found: Found<Source, Summary> = new Map();
  const lists = [...groupBy(sources, listing.listOf).values()].filter((siblings) => siblings.length > 1);
  await Promise.all(
    lists.map((siblings) =>
      // Credentials that do not permit the list can still permit Get*.
      readList(siblings, listing, idOf, context, found, {
        // A list may have thousands of others: pages are read while each has two of these, and a tenth as many besides.
        credit: Math.ceil(siblings.length / 10),
        payingPage: 2,
      }).catch(() => undefined),
    ),
  );
  return found;
}

/** One page of a list for ten objects whose details are selected: where none is cached, these are loaded all the same. */
export const revalidationPages = (count: number): number => Math.floor(count / 10);

/** Reads the list of objects whose details are selected, so that the cache can revalidate those that it has. */
export async function revalidate<Key, Source extends Key & { summary?: Summary }, Summary extends object>(
  siblings: readonly Source[],
  listing: Listing<Key, Summary>,
  idOf: (key: Key) => string,
  context: Context,
): Promise<void> {
  const unheard = siblings.filter(({ summary }) => !summary);
  const found: Found<Source, Summary> = new Map();
  const limit = { credit: revalidationPages(unheard.length), payingPage: Number.POSITIVE_INFINITY };
  // Their details do not depend on it, and get the time that a second attempt would take.
  const once = { ...context, send: context.sendOnce };
  await readList(unheard, listing, idOf, once, found, limit).catch(() => undefined);
  for (const [source, summary] of found) if (summary) source.summary = summary;
}

/** How far a list is read: a page with enough of them pays for itself, any other is on credit. */
interface Limit {
  credit: number;
  payingPage: number;
}

async function readList<Key, Source extends Key, Summary>(
  siblings: readonly Source[],
  { list, fetchPage, keyOf }: Listing<Key, Summary>,
  idOf: (key: Key) => string,
  context: Context,
  found: Found<Source, Summary>,
  { credit, payingPage }: Limit,
): Promise<void> {
  const wanted = new Map(siblings.map((source) => [idOf(source), source]));
  const [sibling] = siblings as readonly [Source, ...Source[]];
  let left = credit;
  const tokens = new TokenTrail(list);
  let nextToken: string | undefined;
  while (wanted.size > 1 && left > 0) {
    const page = await fetchPage(sibling, nextToken, context);
    const before = wanted.size;
    for (const summary of page.items ?? []) {
      const id = idOf(keyOf(summary, sibling) as Key);
      const source = wanted.get(id);
      if (source && wanted.delete(id)) found.set(source, summary);
    }
    if (before - wanted.size < payingPage) left -= 1;
    if (!page.nextToken) {
      for (const source of wanted.values()) found.set(source, null);
      return;
    }
    nextToken = tokens.follow(page.nextToken);
  }
}
