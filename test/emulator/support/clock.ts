import type { Clock } from '../../../src/emulator/world/clock.ts';

/** Time that passes only when a test says so. */
export class ManualClock implements Clock {
  #now: number;
  #tickers: { every: number; next: number; tick: () => void }[] = [];

  constructor(start = '2026-01-01T00:00:00.000Z') {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  every(milliseconds: number, tick: () => void): () => void {
    const ticker = { every: milliseconds, next: this.#now + milliseconds, tick };
    this.#tickers.push(ticker);
    return () => {
      this.#tickers = this.#tickers.filter((one) => one !== ticker);
    };
  }

  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const due = [...this.#tickers].sort((a, b) => a.next - b.next)[0];
      if (!due || due.next > end) break;
      this.#now = due.next;
      due.next += due.every;
      due.tick();
    }
    this.#now = end;
  }
}
