import type { Budget } from '../ledger.ts';

/** Share of a published rate that is used: AWS's clock and ours do not tick alike, and a 429 costs more than 2 %. */
export const MARGIN = 0.98;
/** After a 429 the rate falls to a half, never below a tenth, and climbs back within this time. */
export const RECOVERY_MS = 30_000;
/** By then every call has arrived at AWS, whatever it waits for there. */
export const MAX_FLIGHT_MS = 1000;
/** A token is a token even when sums of fractions miss it by so much. */
export const A_HAIR = 1e-9;

/** The calls that wait for one limit in this process, and how many requests they belong to. */
export interface Waiting {
  calls: number;
  callers: number;
}

/** A place among them: so many calls go before it, and it is its caller's first, second … call. */
export interface Place {
  ahead: number;
  turn: number;
}

/** Where the tokens of one limit are counted. */
export interface Bucket {
  /** Takes one token if there is one here. */
  take(now: number): boolean;
  /** A call that took a token has ended. */
  release(now: number): void;
  /** Milliseconds until the call at this place can start at the soonest. */
  startsIn(place: Place, now: number): number;
  /** Milliseconds after which it is worth to look again, 0 if `take` will take; undefined if the bucket will wake us. */
  nextIn(waiting: Waiting, now: number): number | undefined;
  /** The turn comes sooner than the bucket has foreseen. */
  hurry(inMs: number, now: number): void;
  /** AWS said no all the same. */
  slowDown(now: number): void;
  /** What it lets through now; the rate to two digits. */
  budget(now: number): Budget;
  /** Whether it holds nothing that a new one would not hold. */
  isIdle(now: number): boolean;
}

/**
 * Counts what may be called now. AWS publishes no burst size; a second's worth is what the rate itself allows, and
 * what was seen to draw no 429.
 *
 * AWS counts a call when it arrives, which is at some time between `take` and `release`. Until then AWS's bucket may be
 * full and gain nothing, so tokens and calls in flight together are never more than the burst.
 */
export class TokenBucket implements Bucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;
  /** Taken for calls whose time of arrival at AWS is not known yet. */
  #flying = 0;
  /** Of the full rate, at `#slowedAt`. */
  #share = 1;
  #slowedAt = 0;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond * MARGIN;
    this.#burst = Math.max(1, perSecond);
    this.#tokens = this.#burst;
    this.#filledAt = now;
  }

  take(now: number): boolean {
    if (this.waitFor(1, now) > 0) return false;
    this.#tokens -= 1;
    this.#flying += 1;
    return true;
  }

  /** A call has ended. AWS's bucket began to fill again when it arrived there: ours begins now, which is no sooner. */
  release(now: number): void {
    this.#fill(now);
    this.#flying -= 1;
  }

  /**
   * Milliseconds until `count` more tokens can have come. Later if calls in flight hold them up: their end is not
   * known, so this is as if they ended now, and what waits looks again then.
   */
  waitFor(count: number, now: number): number {
    this.#fill(now);
    const missing = count - this.#tokens;
    if (missing <= A_HAIR) return 0;
    const perMs = this.#perSecond / 1000;
    const share = this.#recovered(now);
    const climb = (1 - this.#share) / RECOVERY_MS;
    if (climb === 0 || share === 1) return missing / perMs;
    // The rate climbs in a straight line, so what comes meanwhile is the area below it.
    const climbMs = (1 - share) / climb;
    const meanwhile = ((share + 1) / 2) * climbMs * perMs;
    if (missing > meanwhile) return climbMs + (missing - meanwhile) / perMs;
    return (Math.sqrt(share ** 2 + (2 * climb * missing) / perMs) - share) / climb;
  }

  startsIn({ ahead }: Place, now: number): number {
    return this.waitFor(ahead + 1, now);
  }

  nextIn(_waiting: Waiting, now: number): number {
    return this.waitFor(1, now);
  }

  hurry(): void {}

  budget(now: number): Budget {
    this.#fill(now);
    const perSecond = Math.round(this.#perSecond * this.#recovered(now) * 100) / 100;
    return { perSecond, available: Math.max(0, Math.floor(this.#tokens + A_HAIR)) };
  }

  /** AWS said no all the same: others use the same quota. What was saved up is not there. */
  slowDown(now: number): void {
    this.#fill(now);
    this.#share = Math.max(0.1, this.#recovered(now) / 2);
    this.#slowedAt = now;
    this.#tokens = Math.min(this.#tokens, 0);
  }

  isIdle(now: number): boolean {
    this.#fill(now);
    return this.#tokens >= this.#burst && this.#recovered(now) === 1;
  }

  /** As counted elsewhere. */
  set(
    { tokens, share = 1, slowedAt = 0 }: { tokens: number; share?: number; slowedAt?: number },
    now: number,
  ) {
    this.#tokens = tokens;
    this.#filledAt = now;
    this.#share = share;
    this.#slowedAt = slowedAt;
  }

  #fill(now: number): void {
    const share = (this.#recovered(this.#filledAt) + this.#recovered(now)) / 2;
    const added = ((now - this.#filledAt) / 1000) * this.#perSecond * share;
    this.#tokens = Math.min(this.#burst - this.#flying, this.#tokens + added);
    this.#filledAt = now;
  }

  #recovered(now: number): number {
    return Math.min(1, this.#share + (1 - this.#share) * ((now - this.#slowedAt) / RECOVERY_MS));
  }
}
