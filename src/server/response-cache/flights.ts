// Equal requests at the same time: one is executed, the others wait for its response.
import type { Clock } from '../../upstream/clock.ts';

/** Then each is executed by itself, within its own deadline. */
const MAX_WAIT_MS = 1000;

/** `stored`: the response is in the cache; `left`: its client has gone; `own`: it cannot be shared, or takes too long. */
export type FlightEnd = 'stored' | 'left' | 'own';

export class Flights {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Set<(end: FlightEnd) => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns a function that ends it. */
  begin(key: string): (end: FlightEnd) => void {
    const waiting = new Set<(end: FlightEnd) => void>();
    this.#waiting.set(key, waiting);
    return (end) => {
      if (this.#waiting.get(key) === waiting) this.#waiting.delete(key);
      for (const resolve of waiting) resolve(end);
      waiting.clear();
    };
  }

  /** Undefined where no equal request is being executed. */
  join(key: string): Promise<FlightEnd> | undefined {
    const waiting = this.#waiting.get(key);
    if (!waiting) return undefined;
    return new Promise((resolve) => {
      const leave = (end: FlightEnd) => {
        stopTimer();
        waiting.delete(leave);
        resolve(end);
      };
      const stopTimer = this.#clock.after(MAX_WAIT_MS, () => leave('own'));
      waiting.add(leave);
    });
  }
}
