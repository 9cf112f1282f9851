// Why Redis is lost: what the log says of it, once, and how long there is no use in trying again.
import { isLasting, kindOf, reasonOf } from './failures.js';
/** After a refusal that stays until somebody changes Redis. */
const LASTING_MS = 30_000;
export class Outage {
    /** What was last heard of a connection. */
    lastError;
    #told = new Set();
    #refusedUntil = Number.NEGATIVE_INFINITY;
    note(error) {
        this.lastError = error;
        if (isLasting(error))
            this.#refusedUntil = performance.now() + LASTING_MS;
    }
    /** Why it begins. */
    begin(error) {
        // A closed connection does not say why; what was heard before may.
        const reason = kindOf(error) ? error : (this.lastError ?? error);
        this.#told.add(topicOf(reason));
        return reasonOf(reason);
    }
    /** Why it goes on, if that is news: Redis is back, say, but takes another password. */
    news(error) {
        const topic = topicOf(error);
        if (topic === undefined || this.#told.has(topic))
            return undefined;
        this.#told.add(topic);
        return reasonOf(error);
    }
    end() {
        this.lastError = undefined;
        this.#told.clear();
    }
    /** Milliseconds in which Redis would only refuse again. */
    get pauseMs() {
        return Math.max(0, this.#refusedUntil - performance.now());
    }
}
/** Permissions are missing one after the other: first for the channel, and once that is granted for a key. */
function topicOf(error) {
    const kind = kindOf(error);
    return kind === 'NOPERM' ? error.message : kind;
}
