// What one request costs: the calls of each operation, those that identical reads saved, and the wait for quota.
import { nameOfTarget, type Target } from './arn.ts';
import type { Clock } from './clock.ts';
import { originOf } from './errors.ts';
import type { Operation } from './operation.ts';
import type { ReadCounts } from './read-counts.ts';

/** What is left of an operation's rate now, for all requests. */
export interface Budget {
  /** Calls a second that start now: the rate less its margin, and less still for a while after a 429. */
  perSecond: number;
  /** Calls that could start at once. */
  available: number;
}

/** Each call is one of these. A layer that serves it without a call adds its own name here. */
interface Counts {
  /** Sent, each attempt of a retry by itself. */
  calls: number;
  /** Served by an identical call that was in flight already, or by a batch or list for several that waited, of any request. */
  coalesced: number;
  /** Served from the cache, without a call. */
  cached: number;
}

interface OperationCost extends Counts {
  service: Operation['service'];
  /** Only where several accounts are served. */
  account?: string;
  region: string;
  operation: string;
  /** Time in which at least one of them waited for quota: calls that wait side by side do not add up. */
  waitedMs: number;
  budget: Budget;
}

export interface Cost {
  operations: OperationCost[];
  calls: number;
  /** Of the whole request, so no more than it took. */
  waitedMs: number;
}

/** The responses of AWS that a result was made from. */
export interface Sources {
  /** By the keys of their calls. */
  answers: ReadonlyMap<string, unknown>;
  /** Until when all of them may be given again, on the upstream's clock. */
  goodUntil: number;
}

/** The part of a call that decides where it is booked. */
export interface Account {
  operation: Operation;
  target: Target;
}

interface Entry {
  account: Account;
  counts: Counts;
  waits: Stopwatch;
}

export class Ledger {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  readonly #waits = new Stopwatch();
  readonly #reads: ReadCounts | undefined;
  readonly #answers: Map<string, unknown> | undefined;
  #goodUntil: number | undefined;
  #isServed = false;

  /** `reads`: what all requests together count. `isTracked`: records the responses that are read. */
  constructor(clock: Clock, reads?: ReadCounts, isTracked = false) {
    this.#clock = clock;
    this.#reads = reads;
    this.#answers = isTracked ? new Map() : undefined;
  }

  count(account: Account, what: keyof Counts): void {
    this.#entryOf(account).counts[what] += 1;
    if (what !== 'calls') this.#reads?.count(account, what === 'cached' ? 'hits' : 'coalesced');
  }

  /** Takes back a call that was not sent after all. */
  uncount(account: Account): void {
    this.#entryOf(account).counts.calls -= 1;
  }

  /** Counts a read that was served by the batch or list that another one paid for. */
  gathered(account: Account): void {
    this.#entryOf(account).counts.coalesced += 1;
    this.#reads?.count(account, 'gathered');
  }

  /** Adds the counts of another ledger, and clears that. */
  take(other: Ledger): void {
    for (const { account, counts } of other.#entries.values()) {
      const own = this.#entryOf(account).counts;
      own.calls += counts.calls;
      own.coalesced += counts.coalesced;
      own.cached += counts.cached;
    }
    other.#entries.clear();
  }

  /** Whether a call was sent to AWS. */
  hasSent(): boolean {
    return [...this.#entries.values()].some(({ counts }) => counts.calls > 0);
  }

  /** Notes that AWS or the cache returned something. */
  serve(): void {
    this.#isServed = true;
  }

  isServed(): boolean {
    return this.#isServed;
  }

  /** Records a response that was read, and until when it may be given again. */
  read({ key }: { key: string }, answer: unknown, goodUntil: number): void {
    this.#goodUntil = Math.min(goodUntil, this.#goodUntil ?? goodUntil);
    // Two states of one resource in one response: it must not be reused.
    if (this.#answers?.has(key) && this.#answers.get(key) !== answer) this.#goodUntil = 0;
    this.#answers?.set(key, answer);
  }

  /** The responses that were read; undefined where nothing was, or they are not recorded. */
  sources(): Sources | undefined {
    const [answers, goodUntil] = [this.#answers, this.#goodUntil];
    return answers && goodUntil !== undefined ? { answers, goodUntil } : undefined;
  }

  /** How long all that was read may be given again, in milliseconds; undefined where nothing was. */
  goodForMs(): number | undefined {
    return this.#goodUntil === undefined ? undefined : Math.max(0, this.#goodUntil - this.#clock.now());
  }

  /** Books the time that `wait` takes, also when it fails. */
  async waiting(account: Account, wait: () => Promise<void>): Promise<void> {
    const watches = [this.#waits, this.#entryOf(account).waits];
    for (const watch of watches) watch.start(this.#clock.now());
    try {
      await wait();
    } finally {
      for (const watch of watches) watch.stop(this.#clock.now());
    }
  }

  cost(budgetOf: (account: Account) => Budget): Cost {
    const now = this.#clock.now();
    const operations = [...this.#entries.values()].map(({ account, counts, waits }) => ({
      ...originOf(account.operation, account.target),
      ...counts,
      waitedMs: waits.elapsed(now),
      budget: budgetOf(account),
    }));
    const calls = operations.reduce((sum, operation) => sum + operation.calls, 0);
    return { operations, calls, waitedMs: this.#waits.elapsed(now) };
  }

  #entryOf({ operation, target }: Account): Entry {
    const key = `${nameOfTarget(target)} ${operation.service} ${operation.name}`;
    const known = this.#entries.get(key);
    if (known) return known;
    const counts = { calls: 0, coalesced: 0, cached: 0 };
    const entry = { account: { operation, target }, counts, waits: new Stopwatch() };
    this.#entries.set(key, entry);
    return entry;
  }
}

/** Runs while at least one of those who started it has not stopped it. */
class Stopwatch {
  #running = 0;
  #startedAt = 0;
  #total = 0;

  start(now: number): void {
    if (this.#running === 0) this.#startedAt = now;
    this.#running += 1;
  }

  stop(now: number): void {
    this.#running -= 1;
    if (this.#running === 0) this.#total += now - this.#startedAt;
  }

  /** Whole milliseconds. */
  elapsed(now: number): number {
    return Math.round(this.#running > 0 ? this.#total + now - this.#startedAt : this.#total);
  }
}
