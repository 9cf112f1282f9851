// Verified tokens: to verify a signature takes longer than to send a stored response.
import { LRUCache } from 'lru-cache';
import type { Caller } from '../../context.ts';
import type { Clock } from '../../upstream/clock.ts';
import type { Issuer } from './issuer.ts';

/** Of the headers, which have 16 KB at most. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Then it is verified again in any case. */
const MAX_AGE_MS = 60_000;

interface Verified {
  caller: Caller;
  issuer: Issuer;
  /** When its keys were fetched. */
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
  /** By header. */
  readonly #known = new LRUCache<string, Verified>({
    maxSize: MAX_BYTES,
    sizeCalculation: (_, header) => header.length + 1,
  });

  constructor(time: Time) {
    this.#time = time;
  }

  /** Undefined for a token that is unknown or has expired, or whose keys have been fetched again since. */
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
