// A token bucket that all replicas draw from. Redis counts; what is known of it here is what it last told.
import type { Clock } from '../clock.ts';
import type { Budget } from '../ledger.ts';
import type { Shared } from '../shared.ts';
import type { Limit } from './limits.ts';
import { GIVE_BACK, RELEASE, RESERVE, SLOW_DOWN } from './shared-bucket-scripts.ts';
import { type Bucket, TokenBucket } from './token-bucket.ts';

/** A token that is used later than this counts for now, not for then; less than a flight lasts at most. */
const MAX_LATE_MS = 500;

interface SharedBucketOptions {
  shared: Shared;
  clock: Clock;
  /** Tokens have come, or it is known when they will. */
  wake: () => void;
}

/** A token that Redis has given us: for a call that starts at a time, not much later. */
interface Token {
  flight: number;
  at: number;
  until: number;
}

export class SharedBucket implements Bucket {
  readonly #perSecond: number;
  readonly #keys: string[];
  readonly #options: SharedBucketOptions;
  /** What Redis last told and what has come since; while it is lost, this replica's share. */
  #local: TokenBucket;
  #isAlone: boolean;
  #isAsking = false;
  /** Others may have spent what we think was saved up. */
  #isUnsure: boolean;
  #tokens: Token[] = [];
  readonly #releases: (() => void)[] = [];
  /** How many wait at each of the other replicas. */
  #elsewhere: { counts: number[]; until: number } = { counts: [], until: 0 };

  constructor({ name, perSecond }: Limit, options: SharedBucketOptions) {
    this.#perSecond = perSecond;
    this.#keys = ['bucket', 'flights', 'waiting'].map((what) => `quota:${name}:${what}`);
    this.#options = options;
    this.#isAlone = !options.shared.isUp();
    this.#isUnsure = options.shared.isJustBack();
    this.#local = new TokenBucket(this.#isAlone ? this.#share() : perSecond, options.clock.now());
  }

  take(now: number): boolean {
    this.#follow(now);
    const [token] = this.#tokens;
    if (token && token.at <= now) {
      this.#tokens.shift();
      this.#releases.push(() => this.#tell(RELEASE, token.flight));
      return true;
    }
    if (!this.#isAlone || !this.#local.take(now)) return false;
    const local = this.#local;
    this.#releases.push(() => local.release(this.#options.clock.now()));
    return true;
  }

  /** Of those in flight one is as good as another. */
  release(): void {
    this.#releases.shift()?.();
  }

  /** When they have started who go before one who has `count - 1` before it here: of each other replica as many. */
  waitFor(count: number, now: number): number {
    this.#follow(now);
    const missing = count - this.#tokens.length;
    const isKnown = !this.#isAlone && now <= this.#elsewhere.until;
    const elsewhere = isKnown ? this.#elsewhere.counts : [];
    const before = elsewhere.reduce((sum, waiting) => sum + Math.min(waiting, Math.max(0, missing)), 0);
    return this.#local.waitFor(missing + before, now);
  }

  nextIn(waiting: number, now: number): number | undefined {
    this.#follow(now);
    this.#tokens = this.#tokens.filter((token) => {
      const isOfUse = waiting > 0 && now <= token.until;
      if (!isOfUse) this.#tell(GIVE_BACK, token.flight, this.#options.shared.id);
      return isOfUse;
    });
    const [token] = this.#tokens;
    if (token) return Math.max(0, token.at - now);
    if (waiting === 0) return undefined;
    if (this.#isAlone) return this.#local.waitFor(1, now);
    void this.#ask(waiting);
    return undefined;
  }

  slowDown(now: number): void {
    this.#local.slowDown(now);
    this.#tell(SLOW_DOWN);
  }

  budget(now: number): Budget {
    this.#follow(now);
    return this.#local.budget(now);
  }

  isIdle(now: number): boolean {
    return !this.#isAsking && this.#tokens.length === 0 && this.#local.isIdle(now);
  }

  #share(): number {
    return this.#perSecond / this.#options.shared.replicas();
  }

  /** Notices that Redis is lost or back. */
  #follow(now: number): void {
    const isAlone = !this.#options.shared.isUp();
    if (isAlone === this.#isAlone) return;
    this.#isAlone = isAlone;
    // What was saved up in one bucket was perhaps spent from the other.
    this.#isUnsure = this.#options.shared.isJustBack() || !this.#local.isIdle(now);
    this.#local = new TokenBucket(isAlone ? this.#share() : this.#perSecond, now);
    // What Redis gave us for later is part of our share.
    if (isAlone) this.#local.set({ tokens: -this.#tokens.length }, now);
  }

  async #ask(waiting: number): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { shared, clock, wake } = this.#options;
    const askedAt = clock.now();
    const args = [this.#perSecond, shared.id, waiting, this.#isUnsure ? 1 : 0];
    try {
      const answer = (await shared.run(RESERVE, this.#keys, args)) as unknown[];
      this.#isUnsure = false;
      this.#learn(
        answer.map((value) => Number(String(value))),
        askedAt,
      );
    } catch {
      // Redis is lost, and has said so.
    }
    this.#isAsking = false;
    wake();
  }

  #learn(answer: number[], askedAt: number): void {
    const [taken, last, inMs, tokens, share, slowedMs, ...counts] = answer as [number, ...number[]] as Answer;
    const now = this.#options.clock.now();
    const [at, until] = [now + inMs, askedAt + inMs + MAX_LATE_MS];
    for (let flight = last - taken + 1; flight <= last; flight += 1) this.#tokens.push({ flight, at, until });
    this.#local.set({ tokens, share, slowedAt: now - slowedMs }, now);
    this.#elsewhere = { counts, until: now + inMs + 1000 };
  }

  #tell(lua: string, ...args: (string | number)[]): void {
    if (this.#isAlone) return;
    this.#options.shared.run(lua, this.#keys, [this.#perSecond, ...args]).catch(() => {});
  }
}

type Answer = [
  taken: number,
  last: number,
  inMs: number,
  tokens: number,
  share: number,
  slowedMs: number,
  ...elsewhere: number[],
];
