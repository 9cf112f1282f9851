// A read that a shared call may serve while it waits for its turn. If the shared call fails, the read waits again, so its
// result is the one that it would have alone.
import { type Call, GATHERED, type ListedPage, type Place, type Send, type Turn } from '../call.ts';
import type { Clock } from '../clock.ts';
import { originOf, toAborted } from '../errors.ts';
import type { ShowServed } from '../tracing.ts';

/** After this time the members of a shared call wait for their own turns again. AWS responds within 20 to 100 ms. */
export const PATIENCE_MS = 1_500;
/** After so many failed shared calls a read is sent alone. */
export const MAX_FAILURES = 2;

/** What a shared call returned for one read. */
export type Outcome = { answer: unknown; page?: ListedPage } | { error: Error };

/** Where reads wait together. */
export interface MemberOf {
  /** Whether one more read would share a call. */
  isShared(): boolean;
  join(member: Member): void;
  leave(member: Member): void;
}

export interface Meeting {
  ids: readonly string[];
  /** The role must not make the shared call. */
  isDenied(): boolean;
  /** The pool, if others wait. */
  find(): MemberOf | undefined;
  open(): MemberOf;
  showServed?: ShowServed | undefined;
}

export class Member implements Place {
  readonly call: Call;
  /** Of the resources that it reads. */
  readonly ids: readonly string[];
  /** The largest batch it may be part of: halved after AWS refused one, until it is clear which member AWS refuses. */
  most = Number.POSITIVE_INFINITY;
  failures = 0;
  readonly #meeting: Meeting;
  readonly #clock: Clock;
  #joined: MemberOf | undefined;
  #turn: Turn | undefined;
  #aboard: Promise<Outcome | undefined> = Promise.resolve(undefined);
  #settle: (outcome: Outcome | undefined) => void = () => {};
  readonly #onDone: (() => void)[] = [];

  constructor(call: Call, meeting: Meeting, clock: Clock) {
    this.call = call;
    this.ids = meeting.ids;
    this.#meeting = meeting;
    this.#clock = clock;
  }

  async send(next: Send): Promise<unknown> {
    try {
      for (;;) {
        const outcome = await this.#attempt(next);
        if (!outcome) continue;
        if ('error' in outcome) throw outcome.error;
        if (this.call.brief) this.call.brief.page = outcome.page;
        return outcome.answer;
      }
    } finally {
      for (const done of this.#onDone) done();
    }
  }

  /** Undefined when a shared call failed. */
  async #attempt(next: Send): Promise<Outcome | undefined> {
    const isAlone = this.failures >= MAX_FAILURES || this.most <= this.ids.length || this.#meeting.isDenied();
    if (isAlone) return { answer: await next(this.call) };
    try {
      return { answer: await next({ ...this.call, place: this }) };
    } catch (error) {
      if (error !== GATHERED) throw error;
    }
    const outcome = this.#outcome();
    return this.#meeting.showServed?.(this.call, 'gather', outcome) ?? outcome;
  }

  isShared(): boolean {
    return this.#meeting.find()?.isShared() ?? false;
  }

  wait(turn: Turn): void {
    this.#turn = turn;
    this.#joined = this.#meeting.open();
    this.#joined.join(this);
  }

  end(): void {
    this.#turn = undefined;
    this.#joined?.leave(this);
  }

  share(isShared: boolean): void {
    this.#turn?.share(isShared);
  }

  /** Gives up its turn for a shared call. Returns the function that takes its result; `onDone` is called when the read ends. */
  board(onDone: () => void): (outcome?: Outcome) => void {
    this.#onDone.push(onDone);
    this.#aboard = new Promise((resolve) => {
      this.#settle = resolve;
    });
    const fail = this.#settle;
    this.#turn?.leave();
    return (outcome) => (outcome ? this.answer(outcome) : fail(undefined));
  }

  /** The first result counts: meanwhile it may wait for its turn again, or be part of another shared call. */
  answer(outcome: Outcome): void {
    if (this.#turn) {
      this.#aboard = Promise.resolve(outcome);
      this.#turn.leave();
    } else this.#settle(outcome);
  }

  #outcome(): Promise<Outcome | undefined> {
    const { signal, operation, target } = this.call;
    return new Promise((resolve, reject) => {
      const leave = () => {
        end();
        reject(toAborted(signal, originOf(operation, target)));
      };
      const end = () => {
        stopTimer();
        signal.removeEventListener('abort', leave);
      };
      const stopTimer = this.#clock.after(PATIENCE_MS, () => {
        end();
        this.failures += 1;
        resolve(undefined);
      });
      if (signal.aborted) return leave();
      signal.addEventListener('abort', leave, { once: true });
      void this.#aboard.then((outcome) => {
        end();
        resolve(outcome);
      });
    });
  }
}
