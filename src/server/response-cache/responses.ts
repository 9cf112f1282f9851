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
  stopWatching: () => void;
  size: number;
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
  /** By hashes of keys: whether a response can be stored. */
  readonly #sightings = new LRUCache<string, boolean>({ max: MAX_SIGHTINGS });
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
    if (entry && this.leftMs(entry) > 0) {
      this.#hits += 1;
      return entry;
    }
    if (entry) this.#entries.delete(key);
    return undefined;
  }

  /**
   * Records a request that is not served from here. True where its response should be stored: only from the second
   * request on, since most different requests are sent once.
   */
  miss(key: string): boolean {
    this.#misses += 1;
    const hash = hashOf(key);
    const isStorable = this.#sightings.get(hash);
    if (isStorable === undefined) this.#sightings.set(hash, true);
    return isStorable === true;
  }

  /** Responses to this request are never stored: it is a mutation, or has secrets. */
  refuse(key: string): void {
    this.#sightings.set(hashOf(key), false);
  }

  /** False where it is outdated already. */
  set(key: string, response: Omit<Stored, 'goodUntil'>, sources: Sources): boolean {
    if (sources.goodUntil <= this.#clock.now()) return false;
    const stopWatching = this.#reuse.watch(sources, () => this.#entries.delete(key));
    if (!stopWatching) return false;
    const size = ENTRY_BYTES + key.length + response.body.length + SOURCE_BYTES * sources.answers.size;
    this.#entries.set(key, { ...response, goodUntil: sources.goodUntil, stopWatching, size });
    return this.#entries.has(key);
  }
}

const hashOf = (key: string): string => createHash('sha1').update(key, 'latin1').digest('base64');
