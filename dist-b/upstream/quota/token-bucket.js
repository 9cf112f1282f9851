/** Share of a published rate that is used: AWS's clock and ours do not tick alike, and a 429 costs more than 2 %. */
export const MARGIN = 0.98;
/** After a 429 the rate falls to a half, never below a tenth, and climbs back within this time. */
export const RECOVERY_MS = 30_000;
/** By then every call has arrived at AWS, whatever it waits for there. */
export const MAX_FLIGHT_MS = 1000;
/** A token is a token even when sums of fractions miss it by so much. */
export const A_HAIR = 1e-9;
/**
 * Counts what may be called now. AWS publishes no burst size; a second's worth is what the rate itself allows, and
 * what was seen to draw no 429.
 *
 * AWS counts a call when it arrives, which is at some time between `take` and `release`. Until then AWS's bucket may be
 * full and gain nothing, so tokens and calls in flight together are never more than the burst.
 */
export class TokenBucket {
    #perSecond;
    #burst;
    #tokens;
    #filledAt;
    /** Taken for calls of which nobody knows yet when they arrived at AWS. */
    #flying = 0;
    /** Of the full rate, at `#slowedAt`. */
    #share = 1;
    #slowedAt = 0;
    constructor(perSecond, now) {
        this.#perSecond = perSecond * MARGIN;
        this.#burst = Math.max(1, perSecond);
        this.#tokens = this.#burst;
        this.#filledAt = now;
    }
    take(now) {
        if (this.waitFor(1, now) > 0)
            return false;
        this.#tokens -= 1;
        this.#flying += 1;
        return true;
    }
    /** A call has ended. AWS's bucket began to fill again when it arrived there: ours begins now, which is no sooner. */
    release(now) {
        this.#fill(now);
        this.#flying -= 1;
    }
    /**
     * Milliseconds until `count` more tokens can have come. Later if calls in flight hold them up: nobody knows when those
     * land, so this is as if they did now, and who waits looks again then.
     */
    waitFor(count, now) {
        this.#fill(now);
        const missing = count - this.#tokens;
        if (missing <= A_HAIR)
            return 0;
        const perMs = this.#perSecond / 1000;
        const share = this.#recovered(now);
        const climb = (1 - this.#share) / RECOVERY_MS;
        if (climb === 0 || share === 1)
            return missing / perMs;
        // The rate climbs in a straight line, so what comes meanwhile is the area below it.
        const climbMs = (1 - share) / climb;
        const meanwhile = ((share + 1) / 2) * climbMs * perMs;
        if (missing > meanwhile)
            return climbMs + (missing - meanwhile) / perMs;
        return (Math.sqrt(share ** 2 + (2 * climb * missing) / perMs) - share) / climb;
    }
    startsIn({ ahead }, now) {
        return this.waitFor(ahead + 1, now);
    }
    nextIn(_waiting, now) {
        return this.waitFor(1, now);
    }
    hurry() { }
    budget(now) {
        this.#fill(now);
        const perSecond = Math.round(this.#perSecond * this.#recovered(now) * 100) / 100;
        return { perSecond, available: Math.max(0, Math.floor(this.#tokens + A_HAIR)) };
    }
    /** AWS said no all the same: others use the same quota. What was saved up is not there. */
    slowDown(now) {
        this.#fill(now);
        this.#share = Math.max(0.1, this.#recovered(now) / 2);
        this.#slowedAt = now;
        this.#tokens = Math.min(this.#tokens, 0);
    }
    isIdle(now) {
        this.#fill(now);
        return this.#tokens >= this.#burst && this.#recovered(now) === 1;
    }
    /** As somebody else has counted. */
    set({ tokens, share = 1, slowedAt = 0 }, now) {
        this.#tokens = tokens;
        this.#filledAt = now;
        this.#share = share;
        this.#slowedAt = slowedAt;
    }
    #fill(now) {
        const share = (this.#recovered(this.#filledAt) + this.#recovered(now)) / 2;
        const added = ((now - this.#filledAt) / 1000) * this.#perSecond * share;
        this.#tokens = Math.min(this.#burst - this.#flying, this.#tokens + added);
        this.#filledAt = now;
    }
    #recovered(now) {
        return Math.min(1, this.#share + (1 - this.#share) * ((now - this.#slowedAt) / RECOVERY_MS));
    }
}
