import { LATEST } from './iso-time.ts';

/** The emulator's only source of time, so that a test can own it. */
export interface Clock {
  now(): Date;
  /** Calls `tick` every so often until the returned function is called. Without it nothing moves by itself. */
  every?(milliseconds: number, tick: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => new Date(),
  every(milliseconds, tick) {
    const timer = setInterval(tick, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
};

export interface ClockState {
  time: string;
  frozen: boolean;
}

interface Ticker {
  period: number;
  next: number;
  tick: () => void;
}

/** Of one ticker, when the clock is advanced: those of the last while, so that a year takes no longer than an hour. */
const MOST_TICKS = 1200;

/** A clock that can be set, advanced and frozen. Otherwise it runs as its source does. */
export class WorldClock implements Clock {
  /** What cannot wait for a frozen clock follows it: requests over the network. */
  readonly source: Clock;
  #offset = 0;
  #frozenAt: number | undefined;
  #tickers = new Set<Ticker>();

  constructor(source: Clock) {
    this.source = source;
  }

  now(): Date {
    const time = this.#frozenAt ?? this.source.now().getTime() + this.#offset;
    return new Date(Math.max(0, Math.min(time, LATEST)));
  }

  state(): ClockState {
    return { time: this.now().toISOString(), frozen: this.#frozenAt !== undefined };
  }

  every(period: number, tick: () => void): () => void {
    const ticker = { period, next: this.now().getTime() + period, tick };
    this.#tickers.add(ticker);
    const stop = this.source.every?.(period, () => this.#ring(ticker));
    return () => {
      stop?.();
      this.#tickers.delete(ticker);
    };
  }

  freeze(isFrozen: boolean): void {
    const now = this.now().getTime();
    this.#frozenAt = isFrozen ? now : undefined;
    this.#moveTo(now);
  }

  /** Lets time pass until then: each tick on the way comes at its own time. */
  advanceTo(time: Date): void {
    const end = time.getTime();
    for (const ticker of this.#tickers)
      ticker.next = Math.max(ticker.next, end - (MOST_TICKS - 1) * ticker.period);
    for (let next = this.#nextUntil(end); next; next = this.#nextUntil(end)) {
      this.#moveTo(next.next);
      next.next += next.period;
      next.tick();
    }
    this.#moveTo(end);
  }

  /** It is another time, and nothing happens in between. */
  jumpTo(time: Date): void {
    const end = time.getTime();
    const distance = end - this.now().getTime();
    for (const ticker of this.#tickers) ticker.next += distance;
    this.#moveTo(end);
  }

  /** As its source again. */
  reset(): void {
    this.#frozenAt = undefined;
    this.jumpTo(this.source.now());
  }

  #moveTo(time: number): void {
    if (this.#frozenAt === undefined) this.#offset = time - this.source.now().getTime();
    else this.#frozenAt = time;
  }

  #nextUntil(end: number): Ticker | undefined {
    let first: Ticker | undefined;
    for (const ticker of this.#tickers)
      if (ticker.next <= end && (!first || ticker.next < first.next)) first = ticker;
    return first;
  }

  #ring(ticker: Ticker): void {
    if (this.#frozenAt !== undefined) return;
    ticker.next = this.now().getTime() + ticker.period;
    ticker.tick();
  }
}
