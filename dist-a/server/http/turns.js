// The event loop in turns. libuv accepts one connection in each turn of the loop, and reads all ready sockets in it: a
// hundred expensive requests that arrive together would be executed in one turn of several seconds, and as many turns as
// there are connections in front of it would pass before a new one is seen. So the requests of one turn have a budget;
// beyond it they are queued and executed between turns, and connections are accepted first.
import { FairQueue } from '../../upstream/quota/fair-queue.js';
/** For the requests of one turn. A single request may take longer: what it may cost is bounded by the limits. */
const BUDGET_MS = 20;
/** Turns that queued requests give up in a row for new connections. */
const MAX_ACCEPTING_TURNS = 200;
export class Turns {
    #queue = new FairQueue();
    #beganAt;
    #isAccepting = false;
    #wasAccepting = false;
    #acceptingTurns = 0;
    /** A connection came; more may be behind it. */
    accepted() {
        this.#isAccepting = true;
        this.#startTurn();
    }
    /** Undefined where a request may be executed at once; else a promise of its turn, which callers get one after the other. */
    next(caller, signal) {
        this.#startTurn();
        if (this.#queue.size === 0 && !this.#isSpent())
            return undefined;
        return new Promise((begin, reject) => {
            const waiting = { begin, signal };
            this.#queue.push(caller, waiting);
            signal.addEventListener('abort', () => {
                this.#queue.remove(caller, waiting);
                reject(signal.reason);
            });
        });
    }
    #startTurn() {
        if (this.#beganAt !== undefined)
            return;
        this.#beganAt = performance.now();
        setImmediate(this.#endTurn);
    }
    /** A turn that accepts a connection has none to spend, nor has the next one: more connections may be behind it. */
    #isSpent() {
        if (this.#isAccepting || this.#wasAccepting)
            return true;
        return performance.now() - (this.#beganAt ?? 0) > BUDGET_MS;
    }
    /** All that was ready has been read. Each turn executes at least one request, unless it has accepted a connection. */
    #endTurn = () => {
        this.#wasAccepting = this.#isAccepting;
        this.#isAccepting = false;
        this.#beganAt = undefined;
        if (this.#queue.size === 0 && !this.#wasAccepting)
            return;
        this.#startTurn();
        this.#acceptingTurns = this.#wasAccepting ? this.#acceptingTurns + 1 : 0;
        if (this.#acceptingTurns % MAX_ACCEPTING_TURNS === 0)
            this.#executeNext();
    };
    #executeNext = () => {
        this.#queue.shift()?.begin();
        // Microtasks run before the next tick: when it comes, the request has run as far as it can without waiting.
        queueMicrotask(() => process.nextTick(this.#executeMore));
    };
    #executeMore = () => {
        if (this.#queue.size > 0 && !this.#isSpent())
            this.#executeNext();
    };
}
/** A process has one event loop. */
export const turns = new Turns();
