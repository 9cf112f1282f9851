/** Below what a write waits, since timers may be early. */
const LEASE_MS = 200;
const RENEW_BEFORE_END_MS = 100;
/** Longer than a lease, for the clocks of tests; the members have ends of their own. */
const KEY_MS = 60_000;
export const LISTENERS = 'cache:listeners';
/** KEYS 1: those who have a lease, by its end. ARGV: replica. */
const JOIN = `
redis.call('ZADD', KEYS[1], now + ${LEASE_MS}, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('PEXPIRE', KEYS[1], ${KEY_MS})
`;
export class Lease {
    #shared;
    #clock;
    #until = Number.NEGATIVE_INFINITY;
    #renewal;
    constructor(shared, clock) {
        this.#shared = shared;
        this.#clock = clock;
    }
    /** Renewed by use: nobody waits for a replica that reuses nothing. */
    isHeld() {
        const left = this.#until - this.#clock.now();
        if (left <= RENEW_BEFORE_END_MS && this.#shared.isUp())
            void this.renew();
        return left > 0;
    }
    /** Comes back when it is renewed or cannot be. */
    renew() {
        this.#renewal ??= this.#prove().finally(() => {
            this.#renewal = undefined;
        });
        return this.#renewal;
    }
    /** One after the other: whatever is published once it has caught up is written by somebody who waits for it. */
    async #prove() {
        const from = this.#clock.now();
        try {
            await this.#shared.run(JOIN, [LISTENERS], [this.#shared.id]);
            await this.#shared.catchUp();
            this.#until = from + LEASE_MS;
        }
        catch {
            // Redis is lost, and says so itself.
        }
    }
}
