// Requests that waited for the same answer go on one after the other, each in a turn of the event loop of its own. Together
// they would hold all of their responses in memory at once, and nobody else would be served until the last one was made.

/** What of a request waits to go on; all of it together, so that what it asks for next is asked for together. */
type Waiting = (() => void)[];

export class Arrivals {
  readonly #byRequest = new Map<object, Waiting>();

  add(request: object, goOn: () => void): void {
    const waiting = this.#byRequest.get(request);
    if (waiting) return void waiting.push(goOn);
    this.#byRequest.set(request, [goOn]);
    if (this.#byRequest.size === 1) setImmediate(this.#next);
  }

  readonly #next = (): void => {
    const [first] = this.#byRequest;
    if (!first) return;
    const [request, waiting] = first;
    this.#byRequest.delete(request);
    // From here, and not for all at once: the event loop reads and writes sockets between two turns.
    if (this.#byRequest.size > 0) setImmediate(this.#next);
    for (const goOn of waiting) goOn();
  };
}

/** A process has one event loop. */
export const arrivals = new Arrivals();
