// What lists said last of each resource, found by the read that returns the whole resource.
import { isDeepStrictEqual } from 'node:util';
import type { Call } from '../call.ts';
import type { Lifetime } from './lifetimes.ts';
import type { Reading } from './readings.ts';
import { agrees, itemsOf, resourceOf } from './revalidation.ts';
import { type Dated, Store } from './store.ts';
import { tagsOfRead } from './tags.ts';

/** Those of 200 pages; of JSON, an item has 200 bytes or so. */
const MAX_ENTRIES = 20_000;
const MAX_BYTES = 8 * 1024 * 1024;

export interface ListedItem {
  item: object;
  /** Until when the list itself may be reused. */
  until: number;
}

export class ListedItems {
  readonly #items: Store;

  /** `onGone` is called with the name of each resource whose item is replaced or removed. */
  constructor(onGone: (name: string) => void) {
    this.#items = new Store(MAX_ENTRIES, MAX_BYTES, onGone);
  }

  /** Takes in the items of a page. `reading`: of the page. */
  learn(call: Call, answer: unknown, { maxAge }: Lifetime, at: number, reading: Reading): void {
    for (const { item, name, call: read } of itemsOf(call, answer)) {
      // Most polls say the same of most resources.
      if (this.#items.renew(name, item, at, reading)) continue;
      const entry = { answer: item, lifetime: { maxAge }, tags: tagsOfRead(read, item), at };
      this.#items.set(name, entry, reading);
    }
  }

  /** Whether this is what a list said last of the resource. */
  isLast(name: string, item: object): boolean {
    return this.#items.get(name)?.answer === item;
  }

  /** What a list says, for this call, of the resource that it reads. */
  find(call: Call): ListedItem | undefined {
    const known = this.#find(call);
    if (!known) return undefined;
    const until = known.at + known.lifetime.maxAge;
    // A request that began while the list was good, or waited for the list, may see all of it in this state: its reads
    // can wait for quota long after the list came.
    return until > call.startedAt ? { item: known.answer as object, until } : undefined;
  }

  /** The item that a response goes with, if `before` was what a list said when the read of the response began. */
  confirm(call: Call, before: object | undefined, answer: unknown): object | undefined {
    if (!before) return undefined;
    const now = (this.#find(call)?.answer ?? before) as object;
    return isDeepStrictEqual(before, now) && agrees(call, now, answer) ? now : undefined;
  }

  forget(tags: ReadonlySet<string>): void {
    this.#items.forget(tags);
  }

  #find(call: Call): Dated | undefined {
    const name = resourceOf(call);
    return name === undefined ? undefined : this.#items.get(name);
  }
}
