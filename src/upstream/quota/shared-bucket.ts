// A token bucket that all replicas draw from. Redis counts; what is known of it here is its last response.
import type { Clock } from '../clock.ts';
import type { Budget } from '../ledger.ts';
import type { Shared } from '../shared.ts';
import type { Limit } from './limits.ts';
import { GIVE_BACK, RELEASE, RESERVE, SLOW_DOWN } from './shared-bucket-scripts.ts';
import { type Bucket, type Place, TokenBucket, type Waiting } from './token-bucket.ts';

/** A token that is used later than this counts for now, not for then; less than a flight lasts at most. */
const MAX_LATE_MS = 500;
/** Who waits here since we last asked gets a place in line when we come again, if that is soon. */
const SOON_MS = 250;
/** While a turn is far off: to notice that Redis is lost, which takes no command. */
const LOOK_AGAIN_MS = 1000;
/** What is known of the other replicas is believed until so long after this one should have come again. */
const BELIEVED_MS = 1000;

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
  /** The last response of Redis and what has come since; while it is lost, this replica's share. */
  #local: TokenBucket;
  #isAlone: boolean;
  #isAsking = false;
  /** Others may have spent what we think was saved up. */
  #isUnsure: boolean;
  #tokens: Token[] = [];
  /** In the line in Redis, one for each request that waits here; and when to come again for the first of them. */
  #places = 0;
  #comesAt = 0;
  /** Called since it last asked: the answer to that is then older. */
  #calledFor = Number.POSITIVE_INFINITY;
  readonly #releases: (() => void)[] = [];
  /** Who waits at each of the other replicas. */
  #elsewhere: { waiting: Waiting[]; until: number } = { waiting: [], until: 0 };

  constructor({ name, perSecond }: Limit, options: SharedBucketOptions) {
    this.#perSecond = perSecond;
    this.#keys = ['bucket', 'flights', 'places', 'line'].map((what) => `quota:${name}:${what}`);
    this.#keys.push('members');
    this.#options = options;
    this.#isAlone = !options.shared.isUp();
    this.#isUnsure = options.shared.isJustBack();
    const now = options.clock.now();
    this.#local = new TokenBucket(this.#isAlone ? this.#share() : perSecond, now);
    if (this.#isAlone && options.shared.replicas() > 1) this.#startEmpty(now);
  }

  take(now: number): boolean {
    this.#follow(now);
    const [token] = this.#tokens;
    if (token && token.at <= now) {
      this.#tokens.shift();
      this.#releases.push(() => this.#report(RELEASE, token.flight));
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

  /** When they have started who go before it here, and elsewhere of each request as many as have had their turn by then. */
  startsIn({ ahead, turn }: Place, now: number): number {
    this.#follow(now);
    const isKnown = !this.#isAlone && now <= this.#elsewhere.until;
    const before = (isKnown ? this.#elsewhere.waiting : []).map(({ calls, callers }) =>
      Math.min(calls, callers * turn),
    );
    const aheadInAll = before.reduce((sum, count) => sum + count, ahead - this.#tokens.length);
    return this.#local.waitFor(aheadInAll + 1, now);
  }

  nextIn(waiting: Waiting, now: number): number | undefined {
    this.#follow(now);
    this.#giveBack(waiting, now);
    if (waiting.calls === 0) return undefined;
    const [token] = this.#tokens;
    if (token) return Math.max(0, token.at - now);
    const inMs = this.#isAlone ? this.#local.waitFor(1, now) : this.#comesInMs(waiting, now);
    if (inMs !== undefined) return Math.min(LOOK_AGAIN_MS, inMs);
    void this.#ask(waiting);
    return undefined;
  }

  /** Unless it is now. */
  #comesInMs({ callers }: Waiting, now: number): number | undefined {
    const inMs = this.#comesAt - now;
    const hasPlaces = this.#places >= callers || (this.#places > 0 && inMs < SOON_MS);
    return hasPlaces && inMs > 0 && !this.#isAsking ? inMs : undefined;
  }

  hurry(inMs: number, now: number): void {
    this.#calledFor = now + inMs;
    this.#comesAt = Math.min(this.#comesAt, this.#calledFor);
  }

  slowDown(now: number): void {
    this.#local.slowDown(now);
    this.#report(SLOW_DOWN);
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
    this.#places = 0;
    // What was saved up in one bucket was perhaps spent from the other.
    this.#isUnsure = this.#options.shared.isJustBack() || !this.#local.isIdle(now);
    this.#local = new TokenBucket(isAlone ? this.#share() : this.#perSecond, now);
    if (isAlone) this.#startEmpty(now);
  }

  /** Until the others have noticed that this replica is alone, its share of the rate is still with them. */
  #startEmpty(now: number): void {
    const withOthers = (this.#options.shared.unnoticedMs() / 1000) * this.#share();
    // And what Redis gave us for later is part of it.
    this.#local.set({ tokens: -withOthers - this.#tokens.length }, now);
  }

  /** Of what Redis gave us, what comes too late or is not needed. */
  #giveBack({ calls }: Waiting, now: number): void {
    const isOfUse = ({ until }: Token) => calls > 0 && now <= until;
    const useless = this.#tokens.filter((token) => !isOfUse(token)).map(({ flight }) => flight);
    const leaves = calls === 0 && this.#places > 0;
    if (useless.length === 0 && !leaves) return;
    this.#tokens = this.#tokens.filter(isOfUse);
    if (leaves) this.#places = 0;
    this.#report(GIVE_BACK, leaves ? this.#options.shared.id : '', ...useless);
  }

  async #ask({ callers, calls }: Waiting): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#calledFor = Number.POSITIVE_INFINITY;
    const { shared, clock, wake } = this.#options;
    const askedAt = clock.now();
    const args = [this.#perSecond, shared.id, callers, calls, this.#isUnsure ? 1 : 0];
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
    const [taken, last, startsInMs, places, comesInMs, tokens, share, slowedMs, part, ...others] =
      answer as Answer;
    const now = this.#options.clock.now();
    for (let flight = last - taken + 1; flight <= last; flight += 1) {
      const inMs = flight === last ? startsInMs : 0;
      this.#tokens.push({ flight, at: now + inMs, until: askedAt + inMs + MAX_LATE_MS });
    }
    this.#places = places;
    this.#comesAt = Math.min(now + comesInMs, this.#calledFor);
    this.#local = new TokenBucket(this.#perSecond * part, now);
    this.#local.set({ tokens, share, slowedAt: now - slowedMs }, now);
    const waiting: Waiting[] = [];
    for (let index = 0; index + 1 < others.length; index += 2)
      waiting.push({ callers: others[index] as number, calls: others[index + 1] as number });
    this.#elsewhere = { waiting, until: this.#comesAt + BELIEVED_MS };
  }

  #report(lua: string, ...args: (string | number)[]): void {
    if (this.#isAlone) return;
    this.#options.shared.run(lua, this.#keys, [this.#perSecond, ...args]).catch(() => {});
  }
}

type Answer = [
  taken: number,
  last: number,
  startsInMs: number,
  places: number,
  comesInMs: number,
  tokens: number,
  share: number,
  slowedMs: number,
  part: number,
  ...elsewhere: number[],
];
