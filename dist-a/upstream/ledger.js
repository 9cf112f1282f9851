// What one request costs: of each operation the calls, those that somebody else's call saved, and the wait for quota.
import { nameOfTarget } from './arn.js';
export class Ledger {
    #clock;
    #entries = new Map();
    #waits = new Stopwatch();
    #reads;
    #answers;
    #goodUntil;
    #isServed = false;
    /** `reads`: what all requests together count. `isTracked`: notes which responses it was given. */
    constructor(clock, reads, isTracked = false) {
        this.#clock = clock;
        this.#reads = reads;
        this.#answers = isTracked ? new Map() : undefined;
    }
    count(account, what) {
        this.#entryOf(account).counts[what] += 1;
        if (what !== 'calls')
            this.#reads?.count(account, what === 'cached' ? 'hits' : 'coalesced');
    }
    /** Notes that AWS, or a cache of its answers, had something to say. */
    serve() {
        this.#isServed = true;
    }
    isServed() {
        return this.#isServed;
    }
    /** Notes a response that was read, and until when it may be given again. */
    read({ key }, answer, goodUntil) {
        this.#goodUntil = Math.min(goodUntil, this.#goodUntil ?? goodUntil);
        // Two states of one resource are no state that can be told again.
        if (this.#answers?.has(key) && this.#answers.get(key) !== answer)
            this.#goodUntil = 0;
        this.#answers?.set(key, answer);
    }
    /** The responses that were read; undefined where nothing was, or they are not noted. */
    sources() {
        const [answers, goodUntil] = [this.#answers, this.#goodUntil];
        return answers && goodUntil !== undefined ? { answers, goodUntil } : undefined;
    }
    /** How long all that was read may be given again, in milliseconds; undefined where nothing was. */
    goodForMs() {
        return this.#goodUntil === undefined ? undefined : Math.max(0, this.#goodUntil - this.#clock.now());
    }
    /** Books the time that `wait` takes, also when it fails. */
    async waiting(account, wait) {
        const watches = [this.#waits, this.#entryOf(account).waits];
        for (const watch of watches)
            watch.start(this.#clock.now());
        try {
            await wait();
        }
        finally {
            for (const watch of watches)
                watch.stop(this.#clock.now());
        }
    }
    cost(budgetOf) {
        const now = this.#clock.now();
        const operations = [...this.#entries.values()].map(({ account, counts, waits }) => ({
            service: account.operation.service,
            region: account.target.region,
            operation: account.operation.name,
            ...counts,
            waitedMs: waits.elapsed(now),
            budget: budgetOf(account),
        }));
        const calls = operations.reduce((sum, operation) => sum + operation.calls, 0);
        return { operations, calls, waitedMs: this.#waits.elapsed(now) };
    }
    #entryOf({ operation, target }) {
        const key = `${nameOfTarget(target)} ${operation.service} ${operation.name}`;
        const known = this.#entries.get(key);
        if (known)
            return known;
        const counts = { calls: 0, coalesced: 0, cached: 0 };
        const entry = { account: { operation, target }, counts, waits: new Stopwatch() };
        this.#entries.set(key, entry);
        return entry;
    }
}
/** Runs while at least one of those who started it has not stopped it. */
class Stopwatch {
    #running = 0;
    #startedAt = 0;
    #total = 0;
    start(now) {
        if (this.#running === 0)
            this.#startedAt = now;
        this.#running += 1;
    }
    stop(now) {
        this.#running -= 1;
        if (this.#running === 0)
            this.#total += now - this.#startedAt;
    }
    /** Whole milliseconds. */
    elapsed(now) {
        return Math.round(this.#running > 0 ? this.#total + now - this.#startedAt : this.#total);
    }
}
