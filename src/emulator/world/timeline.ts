// What happens later, in one order for the worlds of all accounts.
import type { Clock } from './clock.ts';

/** What a happening is called with: keys, never records, so that a snapshot holds it. */
type Plain = string | number | boolean | undefined;
export type Happening<W, A extends readonly Plain[]> = (world: W, ...keys: A) => void;

export interface Place {
  accountId: string;
  region: string;
}

export interface Due<W> {
  id: number;
  time: number;
  place: Place;
  happen: Happening<W, readonly Plain[]>;
  keys: readonly Plain[];
}

export class Timeline<W> {
  #clock: Clock;
  #worldAt: (place: Place) => W;
  #asOf: Date | undefined;
  /** The earliest first; of one time, the first that was added. Those that are not pending are skipped. */
  #due: Due<W>[] = [];
  /** How many of them have happened: to take each from the front would move all others. */
  #done = 0;
  #pending = new Map<number, Due<W>>();
  /** The same by account: a snapshot reads those of each. */
  #ofAccount = new Map<string, Map<number, Due<W>>>();
  /** How many in `#due` were cancelled or replaced. */
  #stale = 0;
  /** Of all timelines: what is due moves from one to another. */
  static #last = 0;

  constructor(clock: Clock, worldAt: (place: Place) => W) {
    this.#clock = clock;
    this.#worldAt = worldAt;
  }

  now(): Date {
    return this.#asOf ?? this.#clock.now();
  }

  /** Lets something happen at another time. */
  at(time: Date, happen: () => void): void {
    const before = this.#asOf;
    this.#asOf = time;
    try {
      happen();
    } finally {
      this.#asOf = before;
    }
  }

  /** Lets something happen once `seconds` have passed; the clock does not ring, see `catchUp`. Returns what `cancel` takes. */
  after<A extends readonly Plain[]>(
    seconds: number,
    { accountId, region }: Place,
    happen: Happening<W, A>,
    ...keys: A
  ): number {
    Timeline.#last += 1;
    const time = this.now().getTime() + seconds * 1000;
    // The keys are those of this happening
    const due = {
      id: Timeline.#last,
      time,
      place: { accountId, region },
      happen: happen as Due<W>['happen'],
      keys,
    };
    this.#add(due);
    return due.id;
  }

  cancel(id: number | undefined): void {
    const due = id === undefined ? undefined : this.#pending.get(id);
    if (due) this.#discard([due]);
  }

  /** Runs what is due, each at its own time. */
  catchUp(until = this.now()): void {
    for (;;) {
      const next = this.#due[this.#done];
      if (!next || next.time > until.getTime()) return;
      this.#done += 1;
      if (this.#done > 1000 && this.#done > this.#due.length / 2) this.#forget();
      if (this.#pending.get(next.id) !== next) {
        this.#stale -= 1;
        continue;
      }
      this.#settle(next);
      const { place, happen, keys } = next;
      this.at(new Date(next.time), () => happen(this.#worldAt(place), ...keys));
    }
  }

  /** What is due in an account. */
  of(accountId: string): Due<W>[] {
    return [...(this.#ofAccount.get(accountId)?.values() ?? [])];
  }

  /** This is due in the account, and nothing else. */
  replace(accountId: string, due: readonly Due<W>[]): void {
    this.#discard(this.of(accountId));
    // Copies, since the same ones can be in the list as discarded
    for (const one of due) this.#add({ ...one });
  }

  #settle({ id, place: { accountId } }: Due<W>): void {
    this.#pending.delete(id);
    const others = this.#ofAccount.get(accountId);
    others?.delete(id);
    if (others?.size === 0) this.#ofAccount.delete(accountId);
  }

  /** They stay in the list until they are many: to take each out would move all behind it. */
  #discard(discarded: readonly Due<W>[]): void {
    for (const due of discarded) this.#settle(due);
    this.#stale += discarded.length;
    if (this.#stale < 1000 || this.#stale < (this.#due.length - this.#done) / 2) return;
    this.#forget();
    this.#due = this.#due.filter((due) => this.#pending.get(due.id) === due);
    this.#stale = 0;
  }

  #forget(): void {
    this.#due = this.#due.slice(this.#done);
    this.#done = 0;
  }

  #add(due: Due<W>): void {
    this.#due.splice(this.#indexFor(due.time), 0, due);
    this.#pending.set(due.id, due);
    const { accountId } = due.place;
    this.#ofAccount.set(accountId, (this.#ofAccount.get(accountId) ?? new Map()).set(due.id, due));
  }

  /** Behind all of the same time or an earlier one. */
  #indexFor(time: number): number {
    let [from, to] = [this.#done, this.#due.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#due[middle]?.time ?? 0) <= time) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
