// Calls wait their turn against AWS's published rates. A call that cannot start before its deadline fails at once and
// says when it could have; those who leave give up their place.
import type { Call, Layer } from './call.ts';
import { type Clock, systemClock } from './clock.ts';
import { ThrottledError, toAborted } from './errors.ts';
import { FairQueue } from './fair-queue.ts';
import type { Account, Budget } from './ledger.ts';
import { type Limit, limitsOf, type Rates } from './quota-table.ts';
import { TokenBucket } from './token-bucket.ts';

/** So many limits are counted before those that nobody uses are forgotten. */
const MAX_GATES = 1000;
/** By then every call has arrived at AWS, whatever it waits for there. */
const MAX_FLIGHT_MS = 1000;
/** Waiting calls of one operation; at five a second nobody's deadline lets more of them start. */
const MAX_WAITING = 1000;

export interface QuotaOptions {
  clock?: Clock | undefined;
  rates?: Rates | undefined;
}

interface Quota {
  layer: Layer;
  /** Of the whole account; a channel's own rate for metadata is beside it. */
  budgetOf(account: Account): Budget;
}

export function quota({ clock = systemClock, rates }: QuotaOptions = {}): Quota {
  const gates = new Map<string, Gate>();
  const gateOf = ({ name, perSecond }: Limit): Gate => {
    const known = gates.get(name);
    if (known) return known;
    // Some limits are of single channels, which come and go.
    if (gates.size >= MAX_GATES) for (const [other, gate] of gates) if (gate.isIdle()) gates.delete(other);
    const gate = new Gate(perSecond, clock);
    gates.set(name, gate);
    return gate;
  };

  const layer: Layer = (next) => async (call) => {
    const { operation, region, command, ledger } = call;
    const passed = limitsOf(operation, region, command.input, rates).map(gateOf);
    const landings: (() => void)[] = [];
    try {
      for (const gate of passed) landings.push(await gate.pass(call));
      ledger.count(call, 'calls');
      return await next(call);
    } catch (error) {
      if (error instanceof ThrottledError && error.aws?.httpStatus)
        for (const gate of passed) gate.slowDown();
      throw error;
    } finally {
      for (const land of landings) land();
    }
  };

  return {
    layer,
    budgetOf: ({ operation, region }) =>
      gateOf(limitsOf(operation, region, {}, rates).at(-1) as Limit).budget(),
  };
}

/** Whoever was refused by AWS after its turn has waited already, and goes first among its own. */
const isAgain = ({ attempt }: Call): boolean => attempt > 1;

interface Waiting {
  call: Call;
  start: () => void;
  refuse: () => void;
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
    const land = () => {
      if (hasLanded) return;
      hasLanded = true;
      stopTimer();
      this.#bucket.land(this.#clock.now());
      this.#schedule();
    };
    const stopTimer = this.#clock.after(MAX_FLIGHT_MS, land);
    return land;
  }

  budget(): Budget {
    return this.#bucket.budget(this.#clock.now());
  }

  isIdle(): boolean {
    return this.#waiting.size === 0 && this.#bucket.isIdle(this.#clock.now());
  }

  slowDown(): void {
    this.#bucket.slowDown(this.#clock.now());
    this.#schedule();
  }

  #refuseIfHopeless(call: Call): void {
    const now = this.#clock.now();
    const ahead = isAgain(call) ? 0 : this.#waiting.ahead(call.caller);
    const startsInMs = this.#bucket.waitFor(ahead + 1, now);
    const isFull = this.#waiting.size >= MAX_WAITING;
    if (!isFull && now + startsInMs <= call.deadline) return;
    throw this.#tooLate(call, startsInMs);
  }

  #tooLate(call: Call, startsInMs: number): ThrottledError {
    const { service, name } = call.operation;
    const retryAfterMs = Math.ceil(startsInMs);
    const message = `${name} has used up its call rate; it could start in ${retryAfterMs} ms, which is too late`;
    const aws = { service, operation: name, region: call.region };
    return Object.assign(new ThrottledError(message, aws), { retryAfterMs });
  }

  #wait(call: Call): Promise<void> {
    const { caller, signal } = call;
    return new Promise((resolve, reject) => {
      const refuse = () => {
        signal.removeEventListener('abort', leave);
        reject(this.#tooLate(call, this.#bucket.waitFor(this.#waiting.size + 1, this.#clock.now())));
      };
      const leave = () => {
        this.#waiting.remove(caller, waiting);
        if (signal.reason?.name === 'TimeoutError') refuse();
        else reject(toAborted(signal));
      };
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiting = { call, start, refuse };
      this.#waiting.push(caller, waiting, isAgain(call));
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
    for (let next = this.#next(); next; next = this.#next()) {
      // Those who came later had turns of their own, or AWS slowed it down: the turn came too late for this one.
      if (this.#clock.now() > next.call.deadline) next.refuse();
      else if (this.#bucket.take(this.#clock.now())) next.start();
    }
    this.#schedule();
  }

  /** Whose turn it is, if there is a token for it. */
  #next(): Waiting | undefined {
    return this.#bucket.waitFor(1, this.#clock.now()) <= 0 ? this.#waiting.shift() : undefined;
  }
}
