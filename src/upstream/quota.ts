// Calls wait their turn against AWS's published rates. A call that cannot start before its deadline fails at once and
// says when it could have; those who leave give up their place.
import type { Call, Layer } from './call.ts';
import { type Clock, systemClock } from './clock.ts';
import { ThrottledError, toAborted } from './errors.ts';
import { FairQueue } from './fair-queue.ts';
import { type Limit, limitsOf, type Rates } from './quota-table.ts';
import { TokenBucket } from './token-bucket.ts';

/** Waiting calls of one operation; at five a second nobody's deadline lets more of them start. */
const MAX_WAITING = 1000;

export interface QuotaOptions {
  clock?: Clock | undefined;
  rates?: Rates | undefined;
}

export const quota =
  ({ clock = systemClock, rates }: QuotaOptions = {}): Layer =>
  (next) => {
    const gates = new Map<string, Gate>();
    const gateOf = ({ name, perSecond }: Limit): Gate => {
      const known = gates.get(name);
      if (known) return known;
      const gate = new Gate(perSecond, clock);
      gates.set(name, gate);
      return gate;
    };

    return async (call) => {
      const passed = limitsOf(call.operation, call.region, call.command.input, rates).map(gateOf);
      for (const gate of passed) await gate.pass(call);
      try {
        return await next(call);
      } catch (error) {
        if (error instanceof ThrottledError) for (const gate of passed) gate.slowDown();
        throw error;
      }
    };
  };

interface Waiting {
  call: Call;
  start: () => void;
}

/** One bucket and those who wait for it. */
class Gate {
  readonly #clock: Clock;
  readonly #bucket: TokenBucket;
  readonly #waiting = new FairQueue<Waiting>();
  #stopTimer: (() => void) | undefined;

  constructor(perSecond: number, clock: Clock) {
    this.#clock = clock;
    this.#bucket = new TokenBucket(perSecond, clock.now());
  }

  async pass(call: Call): Promise<void> {
    if (this.#waiting.size === 0 && this.#bucket.take(this.#clock.now())) return;
    this.#refuseIfHopeless(call);
    await this.#wait(call);
  }

  slowDown(): void {
    this.#bucket.slowDown(this.#clock.now());
    this.#schedule();
  }

  #refuseIfHopeless(call: Call): void {
    const now = this.#clock.now();
    const startsInMs = this.#bucket.waitFor(this.#waiting.ahead(call.caller) + 1, now);
    const isFull = this.#waiting.size >= MAX_WAITING;
    if (!isFull && now + startsInMs <= call.deadline) return;
    const { service, name } = call.operation;
    const retryAfterMs = Math.ceil(startsInMs);
    const message = `${name} has used up its call rate; it could start in ${retryAfterMs} ms, which is too late`;
    const aws = { service, operation: name, region: call.region };
    throw Object.assign(new ThrottledError(message, aws), { retryAfterMs });
  }

  #wait(call: Call): Promise<void> {
    const { caller, signal } = call;
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.remove(caller, waiting);
        reject(toAborted(signal));
      };
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiting = { call, start };
      this.#waiting.push(caller, waiting);
      signal.addEventListener('abort', leave, { once: true });
      this.#schedule();
    });
  }

  #schedule(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    if (this.#waiting.size === 0) return;
    const inMs = this.#bucket.waitFor(1, this.#clock.now());
    this.#stopTimer = this.#clock.after(Math.ceil(inMs), () => this.#admit());
  }

  #admit(): void {
    while (this.#waiting.size > 0 && this.#bucket.take(this.#clock.now())) this.#waiting.shift()?.start();
    this.#schedule();
  }
}
