// Requests that waited for the same answer, or between two slices of their work, go on one after the other, as many in a turn
// of the event loop as there is time. Together they would hold all of their responses in memory at once, and nobody else
// would be served until the last one was made.
/** In one turn. In the same turn they go on sharing what they ask for next, also where it is kept for nobody. */
const BUDGET_MS = 20;
export class Arrivals {
    #byRequest = new Map();
    #turnBeganAt;
    #isScheduled = false;
    /** Requests that wait to go on. */
    get size() {
        return this.#byRequest.size;
    }
    add(request, goOn) {
        const waiting = this.#byRequest.get(request);
        if (waiting)
            return void waiting.push(goOn);
        this.#byRequest.set(request, [goOn]);
        this.#schedule();
    }
    /** The next one, if this turn has time left, else the end of the turn does it. Those who arrive one by one share a turn, too. */
    #schedule() {
        if (this.#isScheduled || this.#byRequest.size === 0)
            return;
        if (this.#turnBeganAt === undefined) {
            this.#turnBeganAt = performance.now();
            setImmediate(this.#endTurn);
        }
        if (performance.now() - this.#turnBeganAt >= BUDGET_MS)
            return;
        this.#isScheduled = true;
        queueMicrotask(this.#goOn);
    }
    #goOn = () => {
        const [first] = this.#byRequest;
        if (!first)
            return;
        const [request, waiting] = first;
        this.#byRequest.delete(request);
        for (const goOn of waiting)
            goOn();
        // Microtasks run before the next tick: when it comes, the request has run as far as it can without waiting.
        queueMicrotask(() => process.nextTick(this.#wentOn));
    };
    #wentOn = () => {
        this.#isScheduled = false;
        this.#schedule();
    };
    #endTurn = () => {
        this.#turnBeganAt = undefined;
        this.#schedule();
    };
}
/** A process has one event loop. */
export const arrivals = new Arrivals();
