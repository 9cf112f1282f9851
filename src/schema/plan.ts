// The fewest calls for things of which a list tells enough: pages of it, as long as they pay, and Get* for the rest.
import type { Context } from '../context.ts';
import { groupBy } from './collections.ts';
import type { Page, PageRequest } from './connection.ts';
import type { List } from './costs.ts';

/** A list in which things can be looked up that were asked for by key. */
export interface Listing<Key, Summary> {
  list: List;
  /** Names the list that a thing stands in. */
  listOf: (key: Key) => string;
  fetchPage: (sibling: Key, page: PageRequest, context: Context) => Promise<Page<Summary>>;
  keyOf: (summary: Summary, sibling: Key) => { [Member in keyof Key]: Key[Member] | undefined };
}

/** What lists told: the summary, or null for what stands in none. What they did not tell has no entry. */
type Told<Thing, Summary> = Map<Thing, Summary | null>;

/** Looks things up in their lists where that is likely to be fewer calls than one for each. */
export async function lookUp<Key, Thing extends Key, Summary>(
  things: readonly Thing[],
  listing: Listing<Key, Summary>,
  idOf: (key: Key) => string,
  context: Context,
): Promise<Told<Thing, Summary>> {
  const told: Told<Thing, Summary> = new Map();
  const lists = [...groupBy(things, listing.listOf).values()].filter((siblings) => siblings.length > 1);
  await Promise.all(
    lists.map((siblings) =>
      // Whoever may not list may still get: then nothing is told.
      readList(siblings, listing, idOf, context, told).catch(() => undefined),
    ),
  );
  return told;
}

async function readList<Key, Thing extends Key, Summary>(
  siblings: readonly Thing[],
  { list: { pageMax }, fetchPage, keyOf }: Listing<Key, Summary>,
  idOf: (key: Key) => string,
  context: Context,
  told: Told<Thing, Summary>,
): Promise<void> {
  const wanted = new Map(siblings.map((thing) => [idOf(thing), thing]));
  const [sibling] = siblings as readonly [Thing, ...Thing[]];
  // A list may have thousands of others: pages are read while they tell of two at least, and a tenth as many besides.
  let credit = Math.ceil(siblings.length / 10);
  let nextToken: string | undefined;
  while (wanted.size > 1 && credit > 0) {
    const page = await fetchPage(sibling, { nextToken, maxResults: pageMax }, context);
    const before = wanted.size;
    for (const summary of page.items ?? []) {
      const id = idOf(keyOf(summary, sibling) as Key);
      const thing = wanted.get(id);
      if (thing && wanted.delete(id)) told.set(thing, summary);
    }
    if (before - wanted.size < 2) credit -= 1;
    nextToken = page.nextToken;
    if (!nextToken) {
      for (const thing of wanted.values()) told.set(thing, null);
      return;
    }
  }
}
