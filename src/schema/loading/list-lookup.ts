// The fewest calls for things that stand in a list: of those of which it tells enough, pages of it, as long as they pay, and
// Get* for the rest; of those of which it does not, Get*, and none of it while the list says that what was got still holds.
import type { Context } from '../../context.ts';
import { groupBy } from '../language/collections.ts';
import type { List } from '../language/costs.ts';
import type { Page } from './connection.ts';
import { TokenTrail } from './token-trail.ts';

/** A list in which things can be looked up that were asked for by key. */
export interface Listing<Key, Summary> {
  list: List;
  /** Names the list that a thing stands in. */
  listOf: (key: Key) => string;
  fetchPage: (sibling: Key, nextToken: string | undefined, context: Context) => Promise<Page<Summary>>;
  keyOf: (summary: Summary, sibling: Key) => { [Member in keyof Key]: Key[Member] | undefined };
  /** While it says the same of a resource, the cache reuses the details of that for long (upstream/cache/revalidation.ts). */
  revalidates?: boolean;
}

/** What lists told: the summary, or null for what stands in none. What they did not tell has no entry. */
type Found<Thing, Summary> = Map<Thing, Summary | null>;

/** Looks things up in their lists where that is likely to be fewer calls than one for each. */
export async function lookUp<Key, Thing extends Key, Summary>(
  things: readonly Thing[],
  listing: Listing<Key, Summary>,
  idOf: (key: Key) => string,
  context: Context,
): Promise<Found<Thing, Summary>> {
  const told: Found<Thing, Summary> = new Map();
  const lists = [...groupBy(things, listing.listOf).values()].filter((siblings) => siblings.length > 1);
  await Promise.all(
    lists.map((siblings) =>
      // Whoever may not list may still get: then nothing is told.
      readList(siblings, listing, idOf, context, told, {
        // A list may have thousands of others: pages are read while they tell of two at least, and a tenth as many besides.
        credit: Math.ceil(siblings.length / 10),
        payingPage: 2,
      }).catch(() => undefined),
    ),
  );
  return told;
}

/** One page of a list for ten things whose details are asked for: these are got all the same when none are kept. */
export const revalidationPages = (count: number): number => Math.floor(count / 10);

/** Reads the list of things whose details are asked for by key, so that the cache can revalidate those that it has. */
export async function revalidate<Key, Thing extends Key & { summary?: Summary }, Summary extends object>(
  siblings: readonly Thing[],
  listing: Listing<Key, Summary>,
  idOf: (key: Key) => string,
  context: Context,
): Promise<void> {
  const unheard = siblings.filter(({ summary }) => !summary);
  const told: Found<Thing, Summary> = new Map();
  const limit = { credit: revalidationPages(unheard.length), payingPage: Number.POSITIVE_INFINITY };
  // Their details can do without it, and shall have the time that it would take to ask it again.
  const once = { ...context, send: context.sendOnce };
  await readList(unheard, listing, idOf, once, told, limit).catch(() => undefined);
  for (const [thing, summary] of told) if (summary) thing.summary = summary;
}

/** How far a list is read: a page that tells of enough pays for itself, any other is on credit. */
interface Limit {
  credit: number;
  payingPage: number;
}

async function readList<Key, Thing extends Key, Summary>(
  siblings: readonly Thing[],
  { list, fetchPage, keyOf }: Listing<Key, Summary>,
  idOf: (key: Key) => string,
  context: Context,
  told: Found<Thing, Summary>,
  { credit, payingPage }: Limit,
): Promise<void> {
  const wanted = new Map(siblings.map((thing) => [idOf(thing), thing]));
  const [sibling] = siblings as readonly [Thing, ...Thing[]];
  let left = credit;
  const tokens = new TokenTrail(list);
  let nextToken: string | undefined;
  while (wanted.size > 1 && left > 0) {
    const page = await fetchPage(sibling, nextToken, context);
    const before = wanted.size;
    for (const summary of page.items ?? []) {
      const id = idOf(keyOf(summary, sibling) as Key);
      const thing = wanted.get(id);
      if (thing && wanted.delete(id)) told.set(thing, summary);
    }
    if (before - wanted.size < payingPage) left -= 1;
    if (!page.nextToken) {
      for (const thing of wanted.values()) told.set(thing, null);
      return;
    }
    nextToken = tokens.follow(page.nextToken);
  }
}
