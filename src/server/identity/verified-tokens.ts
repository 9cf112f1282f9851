// Tokens that were verified a moment ago need not be verified again: a signature takes longer than a stored response.
import { LRUCache } from 'lru-cache';
import type { Caller } from '../../context.ts';
import type { Clock } from '../../upstream/clock.ts';
import type { Issuer } from './issuer.ts';

/** Of the headers, which may have 16 KB each. */
const MAX_BYTES = 4 * 1024 * 1024;
/** What cannot be heard of, such as another system clock, counts after this at the latest. */
const MAX_AGE_MS = 60_000;

interface Verified {
  caller: Caller;
  issuer: Issuer;
  /** When the keys came that it was verified with. */
  keysOf: number;
  at: number;
}

interface Time {
  /** Milliseconds since 1970, which is what tokens count in. */
  now: () => number;
  clock: Pick<Clock, 'now'>;
}

export class VerifiedTokens {
  readonly #time: Time;
  /** By the header that brought them. */
  readonly #known = new LRUCache<string, Verified>({
    maxSize: MAX_BYTES,
    sizeCalculation: (_, header) => header.length + 1,
  });

  constructor(time: Time) {
    this.#time = time;
  }

  /** Undefined for a token that has ended, whose keys have been fetched anew since, or that is not known. */
  get(header: string): Caller | undefined {
    const known = this.#known.get(header);
    if (!known) return undefined;
    const { caller, issuer, keysOf, at } = known;
    const isGood =
      issuer.freshKeysOf() === keysOf &&
      this.#time.clock.now() - at < MAX_AGE_MS &&
      this.#time.now() < (caller.expiresAt ?? 0);
    if (isGood) return caller;
    this.#known.delete(header);
    return undefined;
  }

  set(header: string, caller: Caller, issuer: Issuer): void {
    const keysOf = issuer.freshKeysOf();
    if (keysOf !== undefined) this.#known.set(header, { caller, issuer, keysOf, at: this.#time.clock.now() });
  }
}
