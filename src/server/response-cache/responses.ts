// Complete responses by their keys. Each holds as long as the responses of AWS that it was made from.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Clock, systemClock } from '../../upstream/clock.ts';
import type { Reuse, Sources } from '../../upstream/upstream.ts';
import type { ResponseCacheFacts } from '../answer/fact-metrics.ts';

/** Bodies, keys and their indexes. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Beside body, key and sources. */
const ENTRY_BYTES = 1024;
/** Of each response of AWS that it was made from. */
const SOURCE_BYTES = 150;
/** Requests that are known to have been sent before. */
const MAX_SIGHTINGS = 4096;

export interface Stored {
  body: Buffer;
  /** Names and values in turn. */
  headers: readonly string[];
  operationName?: string | undefined;
  /** On the upstream's clock. */
  goodUntil: number;
}

interface Entry extends Stored {
  storedAt: number;
  usedAt: number;
  stopWatching: () => void;
  size: number;
}

/** The last request of a key that was not served from here. */
interface Sighting {
  at: number;
  /** Of its response; undefined while it is executed. */
  lifetimeMs: number | undefined;
}

export interface ResponseCacheOptions {
  reuse: Reuse;
  clock?: Clock;
  maxBytes?: number;
}

export class ResponseCache {
  readonly #reuse: Reuse;
  readonly #clock: Clock;
  readonly #entries: LRUCache<string, Entry>;
  /** By hashes of keys. */
  readonly #sightings = new LRUCache<string, Sighting>({ max: MAX_SIGHTINGS });
  #hits = 0;
  #misses = 0;
  /** The largest body that is stored. */
  readonly maxBody: number;

  constructor({ reuse, clock = systemClock, maxBytes = MAX_BYTES }: ResponseCacheOptions) {
    this.#reuse = reuse;
    this.#clock = clock;
    this.maxBody = maxBytes / 8;
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ size }) => size,
      dispose: ({ stopWatching }) => stopWatching(),
    });
  }

  facts(): ResponseCacheFacts {
    const [hits, misses] = [this.#hits, this.#misses];
    return { entries: this.#entries.size, bytes: this.#entries.calculatedSize, hits, misses };
  }

  /** Whether stored responses can be used now; if not, `catchUp` first. */
  isCurrent(): boolean {
    return this.#reuse.isCurrent();
  }

  catchUp(): Promise<void> {
    return this.#reuse.catchUp();
  }

  /** The rest of its lifetime. */
  leftMs({ goodUntil }: Stored): number {
    return goodUntil - this.#clock.now();
  }

  get(key: string): Stored | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    const now = this.#clock.now();
    if (now < entry.goodUntil) {
      entry.usedAt = now;
      return entry;
    }
    this.#entries.delete(key);
    const { usedAt: at, storedAt, goodUntil } = entry;
    this.#sightings.set(hashOf(key), { at, lifetimeMs: goodUntil - storedAt });
    return undefined;
  }

  /** Counts a request that is served from here: one that finds a response can still be refused. */
  hit(): void {
    this.#hits += 1;
  }

  /**
   * Records a request that is not served from here. True where its response should be stored: the last equal request came
   * within the lifetime of its response, or is executed now. Most different requests are sent once, or seldom.
   */
  miss(key: string): boolean {
    this.#misses += 1;
    const hash = hashOf(key);
    const now = this.#clock.now();
    const last = this.#sightings.get(hash);
    this.#sightings.set(hash, { at: now, lifetimeMs: last?.lifetimeMs });
    return last !== undefined && now - last.at < (last.lifetimeMs ?? Number.POSITIVE_INFINITY);
  }

  /** `lifetimeMs`: of the response to a request; 0 where it is never stored, such as that of a mutation. */
  note(key: string, lifetimeMs: number): void {
    const sighting = this.#sightings.peek(hashOf(key));
    if (sighting) sighting.lifetimeMs = lifetimeMs;
  }

  /** False where it is outdated already. */
  set(key: string, response: Omit<Stored, 'goodUntil'>, sources: Sources): boolean {
    const now = this.#clock.now();
    if (sources.goodUntil <= now) return false;
    const stopWatching = this.#reuse.watch(sources, () => this.#entries.delete(key));
    if (!stopWatching) return false;
    const size = ENTRY_BYTES + key.length + response.body.length + SOURCE_BYTES * sources.answers.size;
    this.#entries.set(key, {
      ...response,
      goodUntil: sources.goodUntil,
      storedAt: now,
      usedAt: now,
      stopWatching,
      size,
    });
    return this.#entries.has(key);
  }
}

const hashOf = (key: string): string => createHash('sha1').update(key, 'latin1').digest('base64');
