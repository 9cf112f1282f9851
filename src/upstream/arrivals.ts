// Requests that waited for the same response, or between two slices of their work, continue one after the other, as many per
// turn of the event loop as there is time. Together they would hold all of their responses in memory at once, and other requests
// would not be served until the last one was made.

/** Continuations of one request; they run together, so that their next calls are batched. */
type Waiting = (() => void)[];

/** In one turn. In the same turn they share their next calls, also uncached ones. */
const BUDGET_MS = 20;

export class Arrivals {
  readonly #byRequest = new Map<object, Waiting>();
  #turnBeganAt: number | undefined;
  #isScheduled = false;

  /** Requests that wait to continue. */
  get size(): number {
    return this.#byRequest.size;
  }

  add(request: object, resume: () => void): void {
    const waiting = this.#byRequest.get(request);
    if (waiting) return void waiting.push(resume);
    this.#byRequest.set(request, [resume]);
    this.#schedule();
  }

  /** The next one, if this turn has time left, else the end of the turn does it. Those who arrive one by one share a turn, too. */
  #schedule(): void {
    if (this.#isScheduled || this.#byRequest.size === 0) return;
    if (this.#turnBeganAt === undefined) {
      this.#turnBeganAt = performance.now();
      setImmediate(this.#endTurn);
    }
    if (performance.now() - this.#turnBeganAt >= BUDGET_MS) return;
    this.#isScheduled = true;
    queueMicrotask(this.#resume);
  }

  readonly #resume = (): void => {
    const [first] = this.#byRequest;
    if (!first) return;
    const [request, waiting] = first;
    this.#byRequest.delete(request);
    for (const resume of waiting) resume();
    // Microtasks run before the next tick: when it comes, the request has run as far as it can without waiting.
    queueMicrotask(() => process.nextTick(this.#resumed));
  };

  readonly #resumed = (): void => {
    this.#isScheduled = false;
    this.#schedule();
  };

  readonly #endTurn = (): void => {
    this.#turnBeganAt = undefined;
    this.#schedule();
  };
}

/** A process has one event loop. */
export const arrivals = new Arrivals();
