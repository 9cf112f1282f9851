// Answers that are given again while they are young, to whoever asks. A write of ours forgets what it may have changed.
import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import type { Call, Layer, Send } from './call.ts';
import { type Clock, systemClock } from './clock.ts';
import { ResourceNotFoundError } from './errors.ts';
import { type Lifetime, type LifetimeOf, lifetimeOf as ofTable } from './lifetime-table.ts';
import { partsOf, tagsOfRead, tagsOfWrite } from './tags.ts';

export interface CacheOptions {
  clock?: Clock | undefined;
  lifetimeOf?: LifetimeOf | undefined;
  maxEntries?: number | undefined;
  maxBytes?: number | undefined;
}

/** Some 30 operations at 5 a second fill 1,500 in the 10 seconds that most live; the rest is for regions and the past. */
const MAX_ENTRIES = 20_000;
/** Of JSON, about 1.6 KB for each entry; measured as objects: 54 MB of heap when full. */
const MAX_BYTES = 32 * 1024 * 1024;

interface Entry {
  answer: unknown;
  bytes: number;
  tags: ReadonlySet<string>;
  /** The place of its read among all reads. */
  turn: number;
  at: number;
  lifetime: Lifetime;
  /** What a list said of the thing when the answer came. */
  listed: object | undefined;
}

/** A read that is with AWS, and what was written meanwhile. */
interface Reading {
  turn: number;
  written: Set<string>;
}

export const cache =
  ({
    clock = systemClock,
    lifetimeOf = ofTable,
    maxEntries = MAX_ENTRIES,
    maxBytes = MAX_BYTES,
  }: CacheOptions = {}): Layer =>
  (next) => {
    const store = new Store(maxEntries, maxBytes);
    const readings = new Set<Reading>();
    let turns = 0;

    const read: Send = async (call) => {
      const known = call.fresh ? undefined : store.get(call.key);
      if (known && isGood(known, call, clock.now())) {
        call.ledger.count(call, 'cached');
        return known.answer;
      }
      const reading: Reading = { turn: turns++, written: new Set() };
      readings.add(reading);
      try {
        const answer = await next(call);
        keep(call, answer, reading);
        return answer;
      } catch (error) {
        if (error instanceof ResourceNotFoundError) store.delete(call.key);
        throw error;
      } finally {
        readings.delete(reading);
      }
    };

    const keep = (call: Call, answer: unknown, { turn, written }: Reading): void => {
      const lifetime = lifetimeOf(call.operation, answer);
      if (!lifetime) return;
      const tags = tagsOfRead(call, answer);
      // It may tell how things were before the write.
      if ([...tags].some((tag) => written.has(tag))) return;
      const bytes = Buffer.byteLength(JSON.stringify(answer));
      const { key, listed } = call;
      store.set(key, { answer: freeze(answer), bytes, tags, turn, at: clock.now(), lifetime, listed });
    };

    const write: Send = async (call) => {
      let answer: unknown;
      try {
        answer = await next(call);
        return answer;
      } finally {
        // Also when it failed: it may have arrived all the same.
        const tags = tagsOfWrite(call, answer);
        store.forget(tags);
        for (const { written } of readings) for (const tag of tags) written.add(tag);
      }
    };

    return (call) => {
      if (!call.operation.isRead) return write(call);
      return call.secrets ? next(call) : read(call);
    };
  };

/** Whether an answer may still be given, to one who knows what a list says now or does not. */
function isGood({ at, lifetime, listed: before }: Entry, { listed: now }: Call, time: number): boolean {
  const { alone, vouched } = lifetime;
  if (vouched === undefined || !before || !now) return time < at + alone;
  return time < at + vouched && isDeepStrictEqual(before, now);
}

class Store {
  readonly #keys = new Map<string, Set<string>>();
  readonly #entries: LRUCache<string, Entry>;

  constructor(maxEntries: number, maxBytes: number) {
    this.#entries = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      sizeCalculation: ({ bytes }) => bytes,
      dispose: ({ tags }, key) => this.#untag(key, tags),
    });
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  set(key: string, entry: Entry): void {
    // A read that began later has already told something newer.
    if ((this.#entries.peek(key)?.turn ?? -1) > entry.turn) return;
    this.#entries.set(key, entry);
    // Too large an entry is not taken.
    if (!this.#entries.has(key)) return;
    for (const tag of entry.tags) this.#keys.set(tag, (this.#keys.get(tag) ?? new Set()).add(key));
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  forget(tags: Iterable<string>): void {
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
function freeze<T>(answer: T): T {
  for (const part of partsOf(answer)) Object.freeze(part);
  return answer;
}
