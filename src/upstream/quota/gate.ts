// One bucket and those who wait for it. A call that cannot start before its deadline fails at once and says when it could
// have; those who leave give up their place.
import type { Call } from '../call.ts';
import type { Clock } from '../clock.ts';
import { ThrottledError, toAborted } from '../errors.ts';
import type { Budget } from '../ledger.ts';
import { FairQueue } from './fair-queue.ts';
import { type Bucket, MAX_FLIGHT_MS } from './token-bucket.ts';

/** Waiting calls of one operation; at five a second nobody's deadline lets more of them start. */
const MAX_WAITING = 1000;

/** Whoever was refused by AWS after its turn has waited already, and goes first among its own. */
const isAgain = ({ attempt }: Call): boolean => attempt > 1;

interface Waiting {
  call: Call;
  since: number;
  start: () => void;
  refuse: () => void;
  /** Let in by what the bucket had been told then; it may know better since. */
  isUnsure: boolean;
}

export class Gate {
  readonly #clock: Clock;
  readonly #bucket: Bucket;
  readonly #waiting = new FairQueue<Waiting>();
  #stopTimer: (() => void) | undefined;

  constructor(clock: Clock, bucketWith: (wake: () => void) => Bucket) {
    this.#clock = clock;
    this.#bucket = bucketWith(() => {
      this.#refuseTheHopeless();
      this.#admit();
    });
  }

  /** Lets a call through when its turn has come; to be told when it has ended. */
  async pass(call: Call): Promise<() => void> {
    if (this.#waiting.size > 0 || !this.#bucket.take(this.#clock.now())) {
      await call.ledger.waiting(call, async () => {
        this.#refuseIfHopeless(call);
        await this.#wait(call);
      });
    }
    return this.#fly();
  }

  #fly(): () => void {
    let hasLanded = false;
    const release = () => {
      if (hasLanded) return;
      hasLanded = true;
      stopTimer();
      this.#bucket.release(this.#clock.now());
      this.#schedule();
    };
    const stopTimer = this.#clock.after(MAX_FLIGHT_MS, release);
    return release;
  }

  budget(): Budget {
    return this.#bucket.budget(this.#clock.now());
  }

  waiting(): number {
    return this.#waiting.size;
  }

  /** How long the one that waits longest has waited. */
  oldestMs(): number {
    const now = this.#clock.now();
    let oldest = now;
    for (const [{ since }] of this.#waiting.inTurn()) oldest = Math.min(oldest, since);
    return now - oldest;
  }

  isIdle(): boolean {
    return this.#waiting.size === 0 && this.#bucket.isIdle(this.#clock.now());
  }

  /** Its turn comes sooner than the bucket has foreseen. */
  hurry(inMs: number): void {
    this.#bucket.hurry(inMs, this.#clock.now());
    this.#schedule();
  }

  slowDown(): void {
    this.#bucket.slowDown(this.#clock.now());
    this.#schedule();
  }

  #refuseIfHopeless(call: Call): void {
    const now = this.#clock.now();
    const place = isAgain(call) ? { ahead: 0, turn: 0 } : this.#waiting.placeOf(call.caller);
    const startsInMs = this.#bucket.startsIn(place, now);
    const isFull = this.#waiting.size >= MAX_WAITING;
    if (!isFull && now + startsInMs <= call.deadline()) return;
    throw this.#tooLate(call, startsInMs);
  }

  /** Of those who came since the bucket last learned from the other replicas. */
  #refuseTheHopeless(): void {
    const now = this.#clock.now();
    let ahead = 0;
    for (const [waiting, turn] of this.#waiting.inTurn()) {
      const { call, isUnsure, refuse } = waiting;
      if (isUnsure && now + this.#bucket.startsIn({ ahead, turn }, now) > call.deadline()) {
        this.#waiting.remove(call.caller, waiting);
        refuse();
      } else ahead += 1;
      waiting.isUnsure = false;
    }
  }

  #tooLate(call: Call, startsInMs: number): ThrottledError {
    const { service, name } = call.operation;
    const retryAfterMs = Math.ceil(startsInMs);
    const message = `${name} has used up its call rate; it could start in ${retryAfterMs} ms, which is too late`;
    const aws = { service, operation: name, region: call.target.region };
    return Object.assign(new ThrottledError(message, aws), { retryAfterMs });
  }

  #wait(call: Call): Promise<void> {
    const { caller, signal } = call;
    return new Promise((resolve, reject) => {
      const refuse = () => {
        signal.removeEventListener('abort', leave);
        const behindAll = { ahead: this.#waiting.size, turn: Number.POSITIVE_INFINITY };
        reject(this.#tooLate(call, this.#bucket.startsIn(behindAll, this.#clock.now())));
      };
      const leave = () => {
        this.#waiting.remove(caller, waiting);
        if (signal.reason?.name === 'TimeoutError') refuse();
        else reject(toAborted(signal));
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

  #schedule(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    const inMs = this.#nextIn();
    if (this.#waiting.size === 0 || inMs === undefined) return;
    this.#stopTimer = this.#clock.after(Math.ceil(inMs), () => this.#admit());
  }

  #admit(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      // Those who came later had turns of their own, or AWS slowed it down: the turn came too late for this one.
      if (this.#clock.now() > next.call.deadline()) next.refuse();
      else if (this.#bucket.take(this.#clock.now())) next.start();
    }
    this.#schedule();
  }

  /** Whose turn it is, if there is a token for it. */
  #next(): Waiting | undefined {
    return this.#nextIn() === 0 ? this.#waiting.shift() : undefined;
  }

  #nextIn(): number | undefined {
    const { size: calls, callers } = this.#waiting;
    return this.#bucket.nextIn({ calls, callers }, this.#clock.now());
  }
}
