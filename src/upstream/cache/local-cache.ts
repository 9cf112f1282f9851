// What this process has cached, and whether it still holds for a call.
import { isDeepStrictEqual } from 'node:util';
import type { Call } from '../call.ts';
import type { Clock } from '../clock.ts';
import type { Sources } from '../ledger.ts';
import { ListedItems } from './listed-items.ts';
import { type Reading, Readings } from './readings.ts';
import { resourceOf } from './revalidation.ts';
import { type Dated, Store } from './store.ts';
import { Watchers } from './watchers.ts';

/** A response that a call may have. */
export interface Hit {
  answer: unknown;
  goodUntil: number;
}

/** A read that is under way, and what a list said of the resource when it began. */
export interface Miss extends Reading {
  listed: object | undefined;
}

export class LocalCache {
  readonly #clock: Clock;
  readonly #responses: Store;
  readonly #watchers = new Watchers();
  readonly #items = new ListedItems((name) => this.#watchers.gone(entryOfItem(name)));
  readonly #readings = new Readings();

  constructor(clock: Clock, maxEntries: number, maxBytes: number) {
    this.#clock = clock;
    this.#responses = new Store(maxEntries, maxBytes, (key) => this.#watchers.gone(key));
  }

  size(): { entries: number; bytes: number } {
    return this.#responses.size();
  }

  get(call: Call): Hit | undefined {
    const cached = this.#responses.get(call.key);
    const goodUntil = cached && this.goodUntil(cached, call);
    return goodUntil === undefined ? undefined : { answer: cached?.answer, goodUntil };
  }

  /** Until when a response may be reused that is good for this call; undefined when it is stale. */
  goodUntil(cached: Dated, call: Call): number | undefined {
    const { at, lifetime, listed } = cached;
    const now = this.#clock.now();
    const byItself = at + lifetime.maxAge;
    const current = listed && this.#items.find(call);
    if (!current) return now < byItself ? byItself : undefined;
    if (!isDeepStrictEqual(listed, current.item)) return undefined;
    // The same object next time: equal at a glance.
    cached.listed = current.item;
    const whileUnchanged = at + (lifetime.maxAgeWhileUnchanged ?? lifetime.maxAge);
    if (now >= whileUnchanged) return undefined;
    // What holds because of the list is good for others as long as the list.
    return Math.max(byItself, Math.min(whileUnchanged, current.until));
  }

  begin(call: Call): Miss {
    return Object.assign(this.#readings.begin(), { listed: this.#items.find(call)?.item });
  }

  end(miss: Miss): void {
    this.#readings.end(miss);
  }

  /** What a list says of the resource in this response, as it said before the read began. */
  listed(call: Call, { listed }: Miss, answer: unknown): object | undefined {
    return this.#items.confirm(call, listed, answer);
  }

  /** Takes in a response, and what it says of other resources when it is a list. False where it must not be reused. */
  set(call: Call, response: Dated, miss: Miss): boolean {
    const entry = response.listed ? { ...response, resource: resourceOf(call) } : response;
    const isStored = this.#responses.set(call.key, entry, miss);
    this.#items.learn(call, response.answer, response.lifetime, response.at, miss);
    return isStored;
  }

  /**
   * Calls `onGone` once when the first of these responses is replaced or removed. Returns a function that stops that;
   * undefined if one is replaced or removed already.
   */
  watch({ answers }: Sources, onGone: () => void): (() => void) | undefined {
    const entries: string[] = [];
    for (const [key, answer] of answers) {
      const cached = this.#responses.get(key);
      if (!cached || cached.answer !== answer) return undefined;
      entries.push(key);
      const { listed, resource } = cached;
      if (!listed || resource === undefined) continue;
      if (!this.#items.isLast(resource, listed)) return undefined;
      entries.push(entryOfItem(resource));
    }
    return this.#watchers.add(entries, onGone);
  }

  delete({ key }: Call): void {
    this.#responses.delete(key);
  }

  forget(tags: ReadonlySet<string>): void {
    this.#readings.write(tags);
    this.#responses.forget(tags);
    this.#items.forget(tags);
  }
}

const entryOfItem = (name: string): string => `item ${name}`;
