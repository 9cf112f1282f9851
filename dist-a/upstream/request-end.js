// A request ends when its client leaves or when its time is over. This is no AbortSignal.any of an AbortSignal.timeout:
// nothing holds such a time-out, so the garbage collector takes it (Node 20), and it never comes.
import { setMaxListeners } from 'node:events';
export class RequestEnd {
    #controller = new AbortController();
    #client;
    #endsAt;
    #underWay = 0;
    #timer;
    constructor(client, timeoutMs) {
        this.#client = client;
        this.#endsAt = performance.now() + timeoutMs;
        // Each call of a request listens to it, and a request may make a thousand.
        setMaxListeners(0, this.signal);
    }
    get signal() {
        return this.#controller.signal;
    }
    get isOver() {
        return this.signal.aborted || this.#client.aborted || performance.now() >= this.#endsAt;
    }
    /** The end is looked out for while there is work that it would end, so nothing is left of a request that is over. */
    async during(work) {
        if (this.#underWay === 0)
            this.#watch();
        this.#underWay += 1;
        try {
            return await work();
        }
        finally {
            this.#underWay -= 1;
            if (this.#underWay === 0)
                this.#rest();
        }
    }
    #watch() {
        const leftMs = this.#endsAt - performance.now();
        if (this.#client.aborted)
            this.#leave();
        else if (leftMs <= 0)
            this.#runOut();
        if (this.signal.aborted)
            return;
        this.#timer = setTimeout(this.#runOut, leftMs).unref();
        this.#client.addEventListener('abort', this.#leave, { once: true });
    }
    #rest() {
        clearTimeout(this.#timer);
        this.#client.removeEventListener('abort', this.#leave);
    }
    #leave = () => this.#controller.abort(this.#client.reason);
    #runOut = () => this.#controller.abort(new DOMException('The request ran out of time', 'TimeoutError'));
}
