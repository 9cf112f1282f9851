// Bounds how often events make a tag be forgotten: otherwise a busy stage would turn each of its events into calls to AWS.
import type { Clock } from '../clock.ts';

/** The lifetime of a list: with events, a resource costs no more calls than a client that polls it. */
export const PACE_MS = 1000;

/** Forgets a tag at once, and then again when a second has passed, if there was an event meanwhile. */
export class EventPace {
  readonly #clock: Clock;
  readonly #forget: (tags: ReadonlySet<string>) => void;
  /** When each tag may be forgotten again, the first one first. */
  readonly #next = new Map<string, number>();
  readonly #due = new Set<string>();
  #isWaiting = false;

  constructor(clock: Clock, forget: (tags: ReadonlySet<string>) => void) {
    this.#clock = clock;
    this.#forget = forget;
  }

  forget(tags: ReadonlySet<string>): void {
    const swept = this.#sweep();
    const free = new Set([...tags].filter((tag) => !this.#next.has(tag)));
    for (const tag of tags) if (!free.has(tag) && !swept.has(tag)) this.#due.add(tag);
    this.#take(free);
    this.#wait();
  }

  #take(tags: ReadonlySet<string>): void {
    if (tags.size === 0) return;
    const next = this.#clock.now() + PACE_MS;
    for (const tag of tags) {
      this.#next.delete(tag);
      this.#next.set(tag, next);
    }
    this.#forget(tags);
  }

  /** Removes those whose second is over, and forgets those with an event meanwhile, which it returns. */
  #sweep(): Set<string> {
    const late = new Set<string>();
    for (const [tag, next] of this.#next) {
      if (next > this.#clock.now()) break;
      this.#next.delete(tag);
      if (this.#due.delete(tag)) late.add(tag);
    }
    this.#take(late);
    return late;
  }

  #wait(): void {
    if (this.#isWaiting || this.#due.size === 0) return;
    this.#isWaiting = true;
    const first = Math.min(...[...this.#due].map((tag) => this.#next.get(tag) ?? 0));
    // A timer may be early.
    this.#clock.after(Math.max(1, first - this.#clock.now()), () => {
      this.#isWaiting = false;
      this.#sweep();
      this.#wait();
    });
  }
}
