import { toAborted } from '../errors.js';
import { nameOf } from './shared-cache.js';
/** The word that a flight has ended may be lost, and so may its replica. */
const LOOK_AGAIN_MS = 1000;
export class SharedFlights {
    #cache;
    #clock;
    /** Those who wait here, by the name of what for. */
    #signals = new Map();
    constructor(cache, clock) {
        this.#cache = cache;
        this.#clock = clock;
        cache.onReleased((name) => {
            for (const notification of this.#signals.get(name) ?? [])
                notification.notify();
        });
    }
    /** Undefined when Redis is lost. */
    async reserve(call, isGood) {
        const { key, signal } = call;
        const flight = this.#cache.nameFlight();
        const release = () => void this.#cache.release(key, flight);
        // Subscribed before the lookup, since the word may come before what the lookup returns.
        const notification = this.#subscribe(key);
        let since;
        let seen;
        try {
            for (let hasWaited = false;;) {
                const lookup = await this.#cache.get(key, { flight, since, seen });
                const isOwn = lookup && !lookup.found && !lookup.isInFlight;
                if (signal.aborted) {
                    if (isOwn)
                        release();
                    throw toAborted(signal);
                }
                if (!lookup || isOwn)
                    return lookup && { ...lookup, hasWaited, release };
                if (lookup.found && isGood(lookup.found))
                    return { ...lookup, hasWaited, release: () => { } };
                since ??= lookup.number;
                seen = lookup.found?.at ?? seen;
                if (!lookup.isInFlight)
                    continue;
                hasWaited = true;
                await notification.wait(this.#clock, signal);
            }
        }
        finally {
            this.#unsubscribe(key, notification);
        }
    }
    #subscribe(key) {
        const notification = new Signal();
        const name = nameOf(key);
        this.#signals.set(name, (this.#signals.get(name) ?? new Set()).add(notification));
        return notification;
    }
    #unsubscribe(key, notification) {
        const name = nameOf(key);
        const waiting = this.#signals.get(name);
        waiting?.delete(notification);
        if (waiting?.size === 0)
            this.#signals.delete(name);
    }
}
class Signal {
    #isNotified = false;
    #wake = () => { };
    notify() {
        this.#isNotified = true;
        this.#wake();
    }
    /** Comes back when it has rung since the last time, when it is time to look again, or when nobody needs it any more. */
    async wait(clock, signal) {
        if (!this.#isNotified)
            await new Promise((resolve) => {
                const wake = () => {
                    stopTimer();
                    signal.removeEventListener('abort', wake);
                    resolve();
                };
                const stopTimer = clock.after(LOOK_AGAIN_MS, wake);
                signal.addEventListener('abort', wake, { once: true });
                this.#wake = wake;
            });
        this.#isNotified = false;
    }
}
