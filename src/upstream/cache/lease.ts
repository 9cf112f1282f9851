// For how long this replica may reuse what its process holds. A write of another replica waits for those that have a lease, but
// not longer than a lease lasts: so a replica that does not hear, for whatever reason, has none left when that write returns.
import type { Clock } from '../clock.ts';
import type { Shared } from '../shared.ts';

/** Below what a write waits, since timers may be early. */
const LEASE_MS = 200;
const RENEW_BEFORE_END_MS = 100;

/** Longer than a lease, for the clocks of tests; the members have ends of their own. */
const KEY_MS = 60_000;
export const LISTENERS = 'cache:listeners';

/** KEYS 1: those who have a lease, by its end. ARGV: replica. */
const JOIN = `
redis.call('ZADD', KEYS[1], now + ${LEASE_MS}, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('PEXPIRE', KEYS[1], ${KEY_MS})
`;

export class Lease {
  readonly #shared: Shared;
  readonly #clock: Clock;
  readonly #isSettled: () => boolean;
  #until = Number.NEGATIVE_INFINITY;
  #renewal: Promise<void> | undefined;

  constructor(shared: Shared, clock: Clock, isSettled: () => boolean) {
    this.#shared = shared;
    this.#clock = clock;
    this.#isSettled = isSettled;
  }

  /** Renewed by use: no write waits for a replica that reuses nothing. */
  isHeld(): boolean {
    const left = this.#until - this.#clock.now();
    if (left <= RENEW_BEFORE_END_MS && this.#shared.isUp()) void this.renew();
    return left > 0 && this.#isSettled();
  }

  /** Comes back when it is renewed or cannot be. */
  renew(): Promise<void> {
    this.#renewal ??= this.#prove().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** One after the other: whatever is published once it has caught up is written by a replica that waits for it. */
  async #prove(): Promise<void> {
    const from = this.#clock.now();
    try {
      await this.#shared.run(JOIN, [LISTENERS], [this.#shared.id]);
      await this.#shared.catchUp();
      this.#until = from + LEASE_MS;
    } catch {
      // Redis is lost, and says so itself.
    }
  }
}
