import { ThrottledError, toAborted } from '../errors.js';
import { FairQueue } from './fair-queue.js';
import { MAX_FLIGHT_MS } from './token-bucket.js';
/** Waiting calls of one operation; at five a second nobody's deadline lets more of them start. */
const MAX_WAITING = 1000;
/** Whoever was refused by AWS after its turn has waited already, and goes first among its own. */
const isAgain = ({ attempt }) => attempt > 1;
export class Gate {
    #clock;
    #bucket;
    #waiting = new FairQueue();
    #stopTimer;
    constructor(clock, bucketWith) {
        this.#clock = clock;
        this.#bucket = bucketWith(() => {
            this.#refuseTheHopeless();
            this.#admit();
        });
    }
    /** Lets a call through when its turn has come; to be told when it has ended. */
    async pass(call) {
        if (this.#waiting.size > 0 || !this.#bucket.take(this.#clock.now())) {
            await call.ledger.waiting(call, async () => {
                this.#refuseIfHopeless(call);
                await this.#wait(call);
            });
        }
        return this.#fly();
    }
    #fly() {
        let hasLanded = false;
        const release = () => {
            if (hasLanded)
                return;
            hasLanded = true;
            stopTimer();
            this.#bucket.release(this.#clock.now());
            this.#schedule();
        };
        const stopTimer = this.#clock.after(MAX_FLIGHT_MS, release);
        return release;
    }
    budget() {
        return this.#bucket.budget(this.#clock.now());
    }
    waiting() {
        return this.#waiting.size;
    }
    /** How long the one that waits longest has waited. */
    oldestMs() {
        const now = this.#clock.now();
        let oldest = now;
        for (const [{ since }] of this.#waiting.inTurn())
            oldest = Math.min(oldest, since);
        return now - oldest;
    }
    isIdle() {
        return this.#waiting.size === 0 && this.#bucket.isIdle(this.#clock.now());
    }
    /** Its turn comes sooner than the bucket has foreseen. */
    hurry(inMs) {
        this.#bucket.hurry(inMs, this.#clock.now());
        this.#schedule();
    }
    slowDown() {
        this.#bucket.slowDown(this.#clock.now());
        this.#schedule();
    }
    #refuseIfHopeless(call) {
        const now = this.#clock.now();
        const place = isAgain(call) ? { ahead: 0, turn: 0 } : this.#waiting.placeOf(call.caller);
        const startsInMs = this.#bucket.startsIn(place, now);
        const isFull = this.#waiting.size >= MAX_WAITING;
        if (!isFull && now + startsInMs <= call.deadline())
            return;
        throw this.#tooLate(call, startsInMs);
    }
    /** Of those who came since the bucket last learned from the other replicas. */
    #refuseTheHopeless() {
        const now = this.#clock.now();
        let ahead = 0;
        for (const [waiting, turn] of this.#waiting.inTurn()) {
            const { call, isUnsure, refuse } = waiting;
            if (isUnsure && now + this.#bucket.startsIn({ ahead, turn }, now) > call.deadline()) {
                this.#waiting.remove(call.caller, waiting);
                refuse();
            }
            else
                ahead += 1;
            waiting.isUnsure = false;
        }
    }
    #tooLate(call, startsInMs) {
        const { service, name } = call.operation;
        const retryAfterMs = Math.ceil(startsInMs);
        const message = `${name} has used up its call rate; it could start in ${retryAfterMs} ms, which is too late`;
        const aws = { service, operation: name, region: call.target.region };
        return Object.assign(new ThrottledError(message, aws), { retryAfterMs });
    }
    #wait(call) {
        const { caller, signal } = call;
        return new Promise((resolve, reject) => {
            const refuse = () => {
                signal.removeEventListener('abort', leave);
                const behindAll = { ahead: this.#waiting.size, turn: Number.POSITIVE_INFINITY };
                reject(this.#tooLate(call, this.#bucket.startsIn(behindAll, this.#clock.now())));
            };
            const leave = () => {
                this.#waiting.remove(caller, waiting);
                if (signal.reason?.name === 'TimeoutError')
                    refuse();
                else
                    reject(toAborted(signal));
                this.#schedule();
            };
            const start = () => {
                signal.removeEventListener('abort', leave);
                resolve();
            };
            const waiting = { call, since: this.#clock.now(), start, refuse, isUnsure: true };
            this.#waiting.push(caller, waiting, isAgain(call));
            signal.addEventListener('abort', leave, { once: true });
            this.#schedule();
        });
    }
    #schedule() {
        this.#stopTimer?.();
        this.#stopTimer = undefined;
        const inMs = this.#nextIn();
        if (this.#waiting.size === 0 || inMs === undefined)
            return;
        this.#stopTimer = this.#clock.after(Math.ceil(inMs), () => this.#admit());
    }
    #admit() {
        for (let next = this.#next(); next; next = this.#next()) {
            // Those who came later had turns of their own, or AWS slowed it down: the turn came too late for this one.
            if (this.#clock.now() > next.call.deadline())
                next.refuse();
            else if (this.#bucket.take(this.#clock.now()))
                next.start();
        }
        this.#schedule();
    }
    /** Whose turn it is, if there is a token for it. */
    #next() {
        return this.#nextIn() === 0 ? this.#waiting.shift() : undefined;
    }
    #nextIn() {
        const { size: calls, callers } = this.#waiting;
        return this.#bucket.nextIn({ calls, callers }, this.#clock.now());
    }
}
