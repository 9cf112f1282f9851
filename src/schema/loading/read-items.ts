// The items of a list, as far as a field needs them that returns no connection.
import type { List } from '../language/costs.ts';
import type { Page } from './connection.ts';
import { TokenTrail } from './token-trail.ts';

export interface ReadItems<Item> {
  items: Item[];
  /** Whether the list ended within the pages that were read. */
  isWhole: boolean;
}

export async function readItems<Item>(
  list: List,
  maxPages: number,
  fetchPage: (nextToken: string | undefined) => Promise<Page<Item>>,
): Promise<ReadItems<Item>> {
  const items: Item[] = [];
  const tokens = new TokenTrail(list);
  let nextToken: string | undefined;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await fetchPage(nextToken);
    items.push(...(page.items ?? []));
    if (!page.nextToken) return { items, isWhole: true };
    nextToken = tokens.follow(page.nextToken);
  }
  return { items, isWhole: false };
}
