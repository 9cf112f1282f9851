/** The upstream's only source of time, so that a test can own it. */
export interface Clock {
  /** Milliseconds; only differences mean anything. */
  now(): number;
  /** Runs once after so many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, run: () => void): () => void;
}

/** The clock of a gateway that ends before its process does, and whose process may be frozen, while the system's clock stands still. */
export class GatewayClock implements Clock {
  readonly #clock: Clock;
  readonly #running = new Set<() => void>();
  #skipped = 0;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now() + this.#skipped;
  }

  after(milliseconds: number, run: () => void): () => void {
    const end = () => {
      this.#running.delete(end);
      stop();
    };
    const stop = this.#clock.after(milliseconds, () => {
      this.#running.delete(end);
      run();
    });
    this.#running.add(end);
    return end;
  }

  /** Of a gateway that is closed: nothing waits any more. */
  stop(): void {
    for (const end of this.#running) end();
  }

  /** Time that has passed unseen. */
  skip(milliseconds: number): void {
    this.#skipped += milliseconds;
  }
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
