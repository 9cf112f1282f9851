// Requests that waited for the same answer, or between two slices of their work, go on one after the other, as many in a turn
// of the event loop as there is time. Together they would hold all of their responses in memory at once, and nobody else
// would be served until the last one was made.

/** What of a request waits to go on; all of it together, so that what it asks for next is asked for together. */
type Waiting = (() => void)[];

/** In one turn. In the same turn they go on sharing what they ask for next, also where it is kept for nobody. */
const BUDGET_MS = 20;

export class Arrivals {
  readonly #byRequest = new Map<object, Waiting>();
  #beganAt = 0;
  #isGoingOn = false;

  add(request: object, goOn: () => void): void {
    const waiting = this.#byRequest.get(request);
    if (waiting) return void waiting.push(goOn);
    this.#byRequest.set(request, [goOn]);
    if (this.#isGoingOn) return;
    this.#isGoingOn = true;
    queueMicrotask(this.#beginTurn);
  }

  readonly #beginTurn = (): void => {
    this.#beganAt = performance.now();
    this.#goOn();
  };

  readonly #goOn = (): void => {
    const [first] = this.#byRequest;
    if (!first) return;
    const [request, waiting] = first;
    this.#byRequest.delete(request);
    for (const goOn of waiting) goOn();
    // Microtasks run before the next tick: when it comes, the request has run as far as it can without waiting.
    queueMicrotask(() => process.nextTick(this.#goOnAfter));
  };

  readonly #goOnAfter = (): void => {
    if (this.#byRequest.size === 0) this.#isGoingOn = false;
    else if (performance.now() - this.#beganAt < BUDGET_MS) this.#goOn();
    else setImmediate(this.#beginTurn);
  };
}

/** A process has one event loop. */
export const arrivals = new Arrivals();
