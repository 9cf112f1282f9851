/** Share of a published rate that is used: AWS's clock and ours do not tick alike, and a 429 costs more than 2 %. */
const MARGIN = 0.98;
/** After a 429 the rate falls to a half, never below a tenth, and climbs back within this time. */
const RECOVERY_MS = 30_000;

/**
 * Counts what may be called now. AWS publishes no burst size; a second's worth is what the rate itself allows, and
 * what was seen to draw no 429.
 */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;
  /** Of the full rate, at `#slowedAt`. */
  #share = 1;
  #slowedAt = 0;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond * MARGIN;
    this.#burst = Math.max(1, perSecond);
    this.#tokens = this.#burst;
    this.#filledAt = now;
  }

  /** Takes one token if there is one. */
  take(now: number): boolean {
    this.#fill(now);
    // A token is a token even when sums of fractions miss it by a hair.
    if (this.#tokens < 1 - 1e-9) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Milliseconds until `count` more tokens will have come. */
  waitFor(count: number, now: number): number {
    this.#fill(now);
    return Math.max(0, ((count - this.#tokens) / this.#rate(now)) * 1000);
  }

  /** AWS said no all the same: others use the same quota. What was saved up is not there. */
  slowDown(now: number): void {
    this.#fill(now);
    this.#share = Math.max(0.1, this.#recovered(now) / 2);
    this.#slowedAt = now;
    this.#tokens = Math.min(this.#tokens, 0);
  }

  /** Whether it holds nothing that a new one would not hold. */
  isIdle(now: number): boolean {
    this.#fill(now);
    return this.#tokens >= this.#burst && this.#recovered(now) === 1;
  }

  #fill(now: number): void {
    const added = ((now - this.#filledAt) / 1000) * this.#rate(now);
    this.#tokens = Math.min(this.#burst, this.#tokens + added);
    this.#filledAt = now;
  }

  #rate(now: number): number {
    return this.#perSecond * this.#recovered(now);
  }

  #recovered(now: number): number {
    return Math.min(1, this.#share + (1 - this.#share) * ((now - this.#slowedAt) / RECOVERY_MS));
  }
}
