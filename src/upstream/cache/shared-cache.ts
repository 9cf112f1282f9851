// The second level of the cache: what one replica has read, the others need not.
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { type Clock, systemClock } from '../clock.ts';
import type { Shared } from '../shared.ts';
import { Invalidations } from './invalidations.ts';
import { Lease } from './lease.ts';
import { MARKS } from './marks.ts';
import { EVERYTHING } from './readings.ts';
import { DROP, GET, RELEASE, SET } from './shared-cache-scripts.ts';
import type { Cached } from './store.ts';

/** More tags than any page of a list has. */
const MAX_TAGS = 1000;

/** What Redis knew when a read began: the proof for `set` that nothing was forgotten since. */
export interface Lookup {
  number: number;
  began: string;
  found?: Found | undefined;
  /** Another replica is reading it. */
  isInFlight: boolean;
}

/** An answer, when it came by Redis's clock, and how long ago. */
export interface Found {
  kept: Cached;
  at: string;
  age: number;
}

/** A read that looks there, and would otherwise call AWS. */
export interface Reader {
  /** Of its flight; without one it does not wait for that of another. */
  flight?: string | undefined;
  /** The number that its first look found. */
  since?: number | undefined;
  /** When the response came that it knows and cannot use. */
  seen?: string | undefined;
}

export class SharedCache {
  readonly lease: Lease;
  readonly invalidations: Invalidations;
  readonly #shared: Shared;
  #flights = 0;
  /** Flights of which Redis may not know yet that they have ended, and their keys: the others still wait for them. */
  readonly #unreleased = new Map<string, string>();

  constructor(shared: Shared, clock: Clock = systemClock) {
    this.#shared = shared;
    this.invalidations = new Invalidations(shared, clock);
    this.lease = new Lease(shared, clock, () => this.invalidations.isSettled());
    shared.onBack(() => {
      for (const [flight, key] of this.#unreleased) void this.release(key, flight);
    });
  }

  isLost(): boolean {
    return !this.#shared.isUp();
  }

  /** Undefined while Redis is lost. */
  async get(key: string, { flight = '', since, seen = '' }: Reader = {}): Promise<Lookup | undefined> {
    const wasUp = this.#shared.isUp();
    const answer = (await this.#run(GET, key, flight, since ?? '', seen, this.invalidations.trusted)) as
      | [number, Buffer, Buffer?, Buffer?, Buffer?, Buffer?]
      | undefined;
    // It may have taken off there all the same.
    if (!answer && flight && wasUp) void this.release(key, flight);
    if (!answer) return undefined;
    const [number, began, what, at, age, kept] = answer;
    const lookup = { number, began: String(began), isInFlight: String(what) === 'flight' };
    if (!kept) return lookup;
    return { ...lookup, found: { kept: read(kept), at: String(at), age: Number(String(age)) } };
  }

  /** A name for the next flight of this replica. */
  nameFlight(): string {
    this.#flights += 1;
    return `${this.#shared.id} ${this.#flights}`;
  }

  /** It has brought its answer, or will bring none. */
  async release(key: string, flight: string): Promise<void> {
    this.#unreleased.set(flight, key);
    const isLost = (await this.#run(RELEASE, key, flight, nameOf(key))) === undefined;
    if (!isLost) this.#unreleased.delete(flight);
  }

  /** Reports which responses are not awaited any more, by `nameOf` their keys. */
  onReleased(listener: (name: string) => void): void {
    this.#shared.listen('released', listener);
  }

  set(key: string, { number, began }: Lookup, kept: Cached): void {
    const { tags, lifetime } = kept;
    if (tags.size > MAX_TAGS) return;
    const longest = Math.max(lifetime.maxAge, lifetime.maxAgeWhileUnchanged ?? 0);
    const marked = JSON.stringify([...tags, EVERYTHING]);
    void this.#run(SET, key, number, began, longest, marked, serialize(kept));
  }

  drop(key: string): void {
    void this.#run(DROP, key);
  }

  /** Undefined when Redis is lost. */
  async #run(lua: string, key: string, ...args: (string | number | Buffer)[]): Promise<unknown> {
    const name = nameOf(key);
    const keys = [`cache:answer:${name}`, ...MARKS, `cache:flight:${name}`, 'replicas'];
    return this.#shared.run(lua, keys, args).catch(() => undefined);
  }
}

/** What Redis calls it: keys may be long. */
export const nameOf = (key: string): string => createHash('sha256').update(key).digest('base64url');

/** No good to anybody when another version of Node has written it. */
function read(kept: Buffer): Cached {
  try {
    return deserialize(kept);
  } catch {
    return { answer: undefined, lifetime: { maxAge: 0 }, tags: new Set() };
  }
}
