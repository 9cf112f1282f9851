// Entries of this process, bounded, and found by their tags when what they are about is written.
import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import type { Lifetime } from './lifetimes.ts';
import { EVERYTHING, isOutdated, type Reading } from './readings.ts';

/** A response, or an item of one: how long it may be reused, and what it is about. */
export interface Cached {
  answer: unknown;
  lifetime: Lifetime;
  /** What a list said of the resource when it was read. */
  listed?: object | undefined;
  tags: ReadonlySet<string>;
}

/** `at`: when it came, on the upstream's clock. */
export type Dated = Cached & {
  at: number;
  /** The resource that `listed` is about, by its name among the items of lists. */
  resource?: string | undefined;
};

interface Entry extends Dated {
  bytes: number;
  turn: number;
}

export class Store {
  /** By tag. */
  readonly #keys = new Map<string, Set<string>>();
  readonly #entries: LRUCache<string, Entry>;

  /** `onGone` is called for each entry that is replaced, invalidated or evicted. */
  constructor(maxEntries: number, maxBytes: number, onGone: (key: string) => void) {
    this.#entries = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      sizeCalculation: ({ bytes }) => bytes,
      dispose: ({ tags }, key) => {
        this.#untag(key, tags);
        onGone(key);
      },
    });
  }

  size(): { entries: number; bytes: number } {
    return { entries: this.#entries.size, bytes: this.#entries.calculatedSize };
  }

  get(key: string): Dated | undefined {
    return this.#entries.get(key);
  }

  /** False where it may be older than a write, or than what is stored. */
  set(key: string, entry: Dated, reading: Reading): boolean {
    const { answer, tags } = entry;
    if (isOutdated(reading, tags)) return false;
    // A read that began later has returned already.
    if ((this.#entries.peek(key)?.turn ?? -1) > reading.turn) return false;
    const bytes = Buffer.byteLength(JSON.stringify(answer));
    this.#entries.set(key, { ...entry, answer: freeze(answer), bytes, turn: reading.turn });
    // An entry above the limit is refused.
    if (!this.#entries.has(key)) return false;
    for (const tag of tags) this.#keys.set(tag, (this.#keys.get(tag) ?? new Set()).add(key));
    return true;
  }

  /** Whether the entry is the same already: then it is as young as this read. */
  renew(key: string, answer: unknown, at: number, reading: Reading): boolean {
    const known = this.#entries.get(key);
    if (!known || known.turn > reading.turn || isOutdated(reading, known.tags)) return false;
    if (!isDeepStrictEqual(known.answer, answer)) return false;
    Object.assign(known, { at, turn: reading.turn });
    return true;
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  forget(tags: ReadonlySet<string>): void {
    if (tags.has(EVERYTHING)) this.#entries.clear();
    for (const tag of tags) for (const key of [...(this.#keys.get(tag) ?? [])]) this.#entries.delete(key);
  }

  #untag(key: string, tags: Iterable<string>): void {
    for (const tag of tags) {
      const keys = this.#keys.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keys.delete(tag);
    }
  }
}

/** It is handed to many, none of whom may change it for the others. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}
