// What this process keeps of AWS's answers, bounded, and found by what they are about when that is written.
import { LRUCache } from 'lru-cache';
import type { Lifetime } from './lifetimes.ts';
import { partsOf } from './tags.ts';

/** An answer, how long it is good, and what it is about. */
export interface Kept {
  answer: unknown;
  lifetime: Lifetime;
  /** What a list said of the thing when the answer came. */
  listed: object | undefined;
  tags: ReadonlySet<string>;
}

/** A tag of all answers. */
export const EVERYTHING = '*';

interface Entry extends Kept {
  bytes: number;
  /** The place of its read among all reads. */
  turn: number;
  at: number;
}

/** A read that is under way, and what was written meanwhile. */
export interface Reading {
  turn: number;
  written: Set<string>;
}

export class Store {
  readonly #keys = new Map<string, Set<string>>();
  readonly #entries: LRUCache<string, Entry>;
  readonly #readings = new Set<Reading>();
  #turns = 0;

  constructor(maxEntries: number, maxBytes: number) {
    this.#entries = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      sizeCalculation: ({ bytes }) => bytes,
      dispose: ({ tags }, key) => this.#untag(key, tags),
    });
  }

  begin(): Reading {
    const reading = { turn: this.#turns, written: new Set<string>() };
    this.#turns += 1;
    this.#readings.add(reading);
    return reading;
  }

  end(reading: Reading): void {
    this.#readings.delete(reading);
  }

  size(): { entries: number; bytes: number } {
    return { entries: this.#entries.size, bytes: this.#entries.calculatedSize };
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  /** What a read was told, unless something was written meanwhile: it may tell how things were before. */
  keep(key: string, kept: Kept, at: number, { turn, written }: Reading): boolean {
    const { answer, tags } = kept;
    if (written.has(EVERYTHING) || [...tags].some((tag) => written.has(tag))) return false;
    // A read that began later has already told something newer.
    if ((this.#entries.peek(key)?.turn ?? -1) > turn) return false;
    const bytes = Buffer.byteLength(JSON.stringify(answer));
    this.#entries.set(key, { ...kept, answer: freeze(answer), bytes, turn, at });
    // Too large an entry is not taken.
    if (!this.#entries.has(key)) return false;
    for (const tag of tags) this.#keys.set(tag, (this.#keys.get(tag) ?? new Set()).add(key));
    return true;
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  forget(tags: ReadonlySet<string>): void {
    if (tags.has(EVERYTHING)) this.#entries.clear();
    for (const tag of tags) for (const key of [...(this.#keys.get(tag) ?? [])]) this.#entries.delete(key);
    for (const { written } of this.#readings) for (const tag of tags) written.add(tag);
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
function freeze<T>(answer: T): T {
  for (const part of partsOf(answer)) Object.freeze(part);
  return answer;
}
