// One bucket and those who wait for it. A call that cannot start before its deadline fails at once and says when it could
// have; those who leave give up their place.
import { type Call, GATHERED } from '../call.ts';
import type { Clock } from '../clock.ts';
import { originOf, ThrottledError, toAborted } from '../errors.ts';
import type { Budget } from '../ledger.ts';
import { FairQueue } from './fair-queue.ts';
import { type Bucket, MAX_FLIGHT_MS } from './token-bucket.ts';

/** Waiting calls of one operation; at five a second no deadline lets more of them start. */
const MAX_WAITING = 1000;
/** Of the calls that one call can serve together, the first few count as they are, the rest as the calls that serve them. */
const FEW = 10;
const TOGETHER = 50;
const merged = (calls: number): number => Math.ceil(calls / TOGETHER);
const countTogether = (calls: number): number => Math.min(calls, FEW + merged(calls));

/** A call that AWS refused after its turn has waited already, and goes first among those of its caller. */
const isAgain = ({ attempt }: Call): boolean => attempt > 1;

interface Waiting {
  call: Call;
  since: number;
  /** Starts it, or fails it with the error. */
  end: (error?: Error) => void;
  /** Let in by what the bucket knew then; it may know better since. */
  isUnsure: boolean;
  /** One call will serve it together with others. */
  isShared: boolean;
}

export class Gate {
  readonly #clock: Clock;
  readonly #bucket: Bucket;
  readonly #waiting = new FairQueue<Waiting>();
  #stopTimer: (() => void) | undefined;
  /** How many of the waiting calls are shared. */
  #shared = 0;
  #isJudging = false;

  constructor(clock: Clock, bucketWith: (wake: () => void) => Bucket) {
    this.#clock = clock;
    this.#bucket = bucketWith(() => {
      this.#refuseTheHopeless();
      this.#admit();
    });
  }

  /** Lets a call through when its turn has come; returns what to call when it has ended. */
  async pass(call: Call): Promise<() => void> {
    if (this.#waiting.size > 0 || !this.#bucket.take(this.#clock.now())) {
      call.hasWaited = true;
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
    const { ahead, turn } = isAgain(call) ? { ahead: 0, turn: 0 } : this.#waiting.placeOf(call.caller);
    const most = call.place?.isShared() ? merged(this.#shared) : Math.max(0, ahead - this.#saved());
    const startsInMs = this.#startsIn(Math.min(ahead, most), turn, now);
    const isFull = this.#waiting.size - this.#saved() >= MAX_WAITING;
    if (!isFull && now + startsInMs <= call.deadline()) return;
    throw this.#tooLate(call, startsInMs);
  }

  #startsIn(ahead: number, turn: number, now: number): number {
    return this.#bucket.startsIn({ ahead, turn: Math.min(turn, ahead + 1) }, now);
  }

  /** How many fewer calls it takes to serve all that wait. */
  #saved(): number {
    return this.#shared - countTogether(this.#shared);
  }

  /** Of those that came since the bucket last learned from the other replicas, or are not shared any more. */
  #refuseTheHopeless(): void {
    const now = this.#clock.now();
    let [alone, shared] = [0, 0];
    for (const [waiting, turn] of this.#waiting.inTurn()) {
      const { call, isUnsure, isShared } = waiting;
      const ahead = isShared ? merged(shared) : countTogether(shared) + alone;
      waiting.isUnsure = false;
      if (isUnsure && now + this.#startsIn(ahead, turn, now) > call.deadline()) {
        this.#waiting.remove(call.caller, waiting);
        waiting.end(this.#tooLateForAll(call));
      } else if (isShared) shared += 1;
      else alone += 1;
    }
  }

  #share(waiting: Waiting, isShared: boolean): void {
    if (waiting.isShared === isShared) return;
    waiting.isShared = isShared;
    this.#shared += isShared ? 1 : -1;
    if (isShared) return;
    waiting.isUnsure = true;
    if (this.#isJudging) return;
    // Once for all that change together.
    this.#isJudging = true;
    queueMicrotask(() => {
      this.#isJudging = false;
      this.#refuseTheHopeless();
      this.#schedule();
    });
  }

  #tooLate(call: Call, startsInMs: number): ThrottledError {
    const { name } = call.operation;
    const retryAfterMs = Math.ceil(startsInMs);
    const message = `${name} has used up its call rate; it could start in ${retryAfterMs} ms, which is too late`;
    return Object.assign(new ThrottledError(message, originOf(call.operation, call.target)), {
      retryAfterMs,
    });
  }

  #tooLateForAll(call: Call): ThrottledError {
    const behindAll = { ahead: this.#waiting.size, turn: Number.POSITIVE_INFINITY };
    return this.#tooLate(call, this.#bucket.startsIn(behindAll, this.#clock.now()));
  }

  #wait(call: Call): Promise<void> {
    const { caller, signal, place } = call;
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.remove(caller, waiting);
        const isOver = signal.reason?.name === 'TimeoutError';
        this.#leave(waiting, isOver ? this.#tooLateForAll(call) : toAborted(signal));
      };
      const end = (error?: Error) => {
        signal.removeEventListener('abort', leave);
        if (waiting.isShared) this.#shared -= 1;
        waiting.isShared = false;
        place?.end();
        if (error) reject(error);
        else resolve();
      };
      const waiting = { call, since: this.#clock.now(), end, isUnsure: true, isShared: false };
      this.#waiting.push(caller, waiting, isAgain(call));
      signal.addEventListener('abort', leave, { once: true });
      this.#schedule();
      place?.wait({
        leave: () => this.#leave(waiting, GATHERED),
        share: (isShared) => this.#share(waiting, isShared),
      });
    });
  }

  #leave(waiting: Waiting, error: Error): void {
    this.#waiting.remove(waiting.call.caller, waiting);
    waiting.end(error);
    this.#schedule();
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
      if (this.#clock.now() > next.call.deadline()) next.end(this.#tooLateForAll(next.call));
      else if (this.#bucket.take(this.#clock.now())) next.end();
    }
    this.#schedule();
  }

  /** Whose turn it is, if there is a token for it. */
  #next(): Waiting | undefined {
    return this.#nextIn() === 0 ? this.#waiting.shift() : undefined;
  }

  #nextIn(): number | undefined {
    const calls = this.#waiting.size - this.#saved();
    const callers = Math.min(calls, this.#waiting.callers);
    return this.#bucket.nextIn({ calls, callers }, this.#clock.now());
  }
}
