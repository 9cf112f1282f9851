// Equal reads of several replicas share one call: whoever finds one in flight elsewhere takes no turn at the quota, but
// waits until its answer stands in the shared cache.
import type { Call } from '../call.ts';
import type { Clock } from '../clock.ts';
import { toAborted } from '../errors.ts';
import { type Found, type Glance, nameOf, type SharedCache } from './shared-cache.ts';

/** The word that a flight has landed may be lost, and so may its replica. */
const LOOK_AGAIN_MS = 1000;

/** What Redis has in the end: a good answer, or none, and then the read is one's own, to be landed. */
export interface Look extends Glance {
  hasWaited: boolean;
  land(): void;
}

export class SharedFlights {
  readonly #cache: SharedCache;
  readonly #clock: Clock;
  /** Those who wait here, by the name of what for. */
  readonly #bells = new Map<string, Set<Bell>>();

  constructor(cache: SharedCache, clock: Clock) {
    this.#cache = cache;
    this.#clock = clock;
    cache.onLanded((name) => {
      for (const bell of this.#bells.get(name) ?? []) bell.ring();
    });
  }

  /** Undefined when Redis is lost. */
  async look(call: Call, isGood: (found: Found) => boolean): Promise<Look | undefined> {
    const { key, signal } = call;
    const flight = this.#cache.nameFlight();
    const land = () => void this.#cache.land(key, flight);
    // Hung before the look, since the word may come before what the look tells.
    const bell = this.#hang(key);
    let since: number | undefined;
    let seen: string | undefined;
    try {
      for (let hasWaited = false; ; ) {
        const glance = await this.#cache.get(key, { flight, since, seen });
        const isOwn = glance && !glance.found && !glance.isInFlight;
        if (signal.aborted) {
          if (isOwn) land();
          throw toAborted(signal);
        }
        if (!glance || isOwn) return glance && { ...glance, hasWaited, land };
        if (glance.found && isGood(glance.found)) return { ...glance, hasWaited, land: () => {} };
        since ??= glance.number;
        seen = glance.found?.at ?? seen;
        if (!glance.isInFlight) continue;
        hasWaited = true;
        await bell.heard(this.#clock, signal);
      }
    } finally {
      this.#takeDown(key, bell);
    }
  }

  #hang(key: string): Bell {
    const bell = new Bell();
    const name = nameOf(key);
    this.#bells.set(name, (this.#bells.get(name) ?? new Set()).add(bell));
    return bell;
  }

  #takeDown(key: string, bell: Bell): void {
    const name = nameOf(key);
    const bells = this.#bells.get(name);
    bells?.delete(bell);
    if (bells?.size === 0) this.#bells.delete(name);
  }
}

class Bell {
  #hasRung = false;
  #wake = () => {};

  ring(): void {
    this.#hasRung = true;
    this.#wake();
  }

  /** Comes back when it has rung since the last time, when it is time to look again, or when nobody needs it any more. */
  async heard(clock: Clock, signal: AbortSignal): Promise<void> {
    if (!this.#hasRung)
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
    this.#hasRung = false;
  }
}
