// Equal reads of several replicas share one call: a read that finds one in flight elsewhere takes no turn at the quota, but
// waits until its answer stands in the shared cache.
import type { Call } from '../call.ts';
import type { Clock } from '../clock.ts';
import { toAborted } from '../errors.ts';
import type { ShowServed } from '../tracing.ts';
import { type Found, type Lookup, nameOf, type SharedCache } from './shared-cache.ts';

/** The word that a flight has ended may be lost, and so may its replica. */
const LOOK_AGAIN_MS = 1000;

/** What Redis has in the end: a good answer, or none, and then the read is one's own, to be released. */
export interface Reservation extends Lookup {
  hasWaited: boolean;
  release(): void;
}

export class SharedFlights {
  readonly #cache: SharedCache;
  readonly #clock: Clock;
  readonly #showServed: ShowServed;
  /** Those who wait here, by the name of what for. */
  readonly #signals = new Map<string, Set<Signal>>();

  constructor(cache: SharedCache, clock: Clock, showServed: ShowServed = (_call, _by, read) => read) {
    this.#cache = cache;
    this.#clock = clock;
    this.#showServed = showServed;
    cache.onReleased((name) => {
      for (const notification of this.#signals.get(name) ?? []) notification.notify();
    });
  }

  /** Undefined when Redis is lost. */
  async reserve(call: Call, isGood: (found: Found) => boolean): Promise<Reservation | undefined> {
    const { key, signal } = call;
    const flight = this.#cache.nameFlight();
    const release = () => void this.#cache.release(key, flight);
    // Subscribed before the lookup, since the word may come before what the lookup returns.
    const notification = this.#subscribe(key);
    let since: number | undefined;
    let seen: string | undefined;
    try {
      for (let hasWaited = false; ; ) {
        const lookup = await this.#cache.get(key, { flight, since, seen });
        const isOwn = lookup && !lookup.found && !lookup.isInFlight;
        if (signal.aborted) {
          if (isOwn) release();
          throw toAborted(signal);
        }
        if (!lookup || isOwn) return lookup && { ...lookup, hasWaited, release };
        if (lookup.found && isGood(lookup.found)) return { ...lookup, hasWaited, release: () => {} };
        since ??= lookup.number;
        seen = lookup.found?.at ?? seen;
        if (!lookup.isInFlight) continue;
        hasWaited = true;
        await this.#showServed(call, 'replica', notification.wait(this.#clock, signal));
      }
    } finally {
      this.#unsubscribe(key, notification);
    }
  }

  #subscribe(key: string): Signal {
    const notification = new Signal();
    const name = nameOf(key);
    this.#signals.set(name, (this.#signals.get(name) ?? new Set()).add(notification));
    return notification;
  }

  #unsubscribe(key: string, notification: Signal): void {
    const name = nameOf(key);
    const waiting = this.#signals.get(name);
    waiting?.delete(notification);
    if (waiting?.size === 0) this.#signals.delete(name);
  }
}

class Signal {
  #isNotified = false;
  #wake = () => {};

  notify(): void {
    this.#isNotified = true;
    this.#wake();
  }

  /** Comes back when it has rung since the last time, when it is time to look again, or when no read needs it any more. */
  async wait(clock: Clock, signal: AbortSignal): Promise<void> {
    if (!this.#isNotified)
      await new Promise<void>((resolve) => {
        const wake = () => {
          stopTimer();
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const stopTimer = clock.after(LOOK_AGAIN_MS, wake);
        signal.addEventListener('abort', wake, { once: true });
        this.#wake = wake;
      });
    this.#isNotified = false;
  }
}
