// A read that waits for its turn, unless a call for many answers it before. Whatever becomes of that call, it hears what it would
// hear alone.
import { type Call, GATHERED, type Place, type Send, type Turn } from '../call.ts';
import type { Clock } from '../clock.ts';
import { toAborted } from '../errors.ts';

/** A call for many that takes longer is not waited for any more: AWS answers in 20 to 100 ms. */
export const PATIENCE_MS = 1_500;
/** After so many calls for many that failed it goes alone. */
export const MAX_FAILURES = 2;

/** What a call for many has for it. */
export type Outcome = { answer: unknown; listedUntil?: number } | { error: Error };

/** Where it waits with others. */
export interface MemberOf {
  /** Whether one more would be answered together with others. */
  isShared(): boolean;
  join(member: Member): void;
  leave(member: Member): void;
}

export interface Meeting {
  id: string;
  /** The role may not make the call for many. */
  isDenied(): boolean;
  /** The others, if any wait. */
  find(): MemberOf | undefined;
  open(): MemberOf;
}

export class Member implements Place {
  readonly call: Call;
  readonly id: string;
  /** The most that it is read with: fewer, after AWS has refused a call for many, until it is known whom AWS refuses. */
  most = Number.POSITIVE_INFINITY;
  failures = 0;
  readonly #meeting: Meeting;
  readonly #clock: Clock;
  #joined: MemberOf | undefined;
  #turn: Turn | undefined;
  #aboard: Promise<Outcome | undefined> = Promise.resolve(undefined);
  #tell: (outcome: Outcome | undefined) => void = () => {};
  readonly #onDone: (() => void)[] = [];

  constructor(call: Call, meeting: Meeting, clock: Clock) {
    this.call = call;
    this.id = meeting.id;
    this.#meeting = meeting;
    this.#clock = clock;
  }

  async send(next: Send): Promise<unknown> {
    try {
      for (;;) {
        const outcome = await this.#attempt(next);
        if (!outcome) continue;
        if ('error' in outcome) throw outcome.error;
        if (this.call.brief) this.call.brief.listedUntil = outcome.listedUntil;
        return outcome.answer;
      }
    } finally {
      for (const done of this.#onDone) done();
    }
  }

  /** Undefined when a call for many has failed it. */
  async #attempt(next: Send): Promise<Outcome | undefined> {
    const isAlone = this.failures >= MAX_FAILURES || this.most < 2 || this.#meeting.isDenied();
    if (isAlone) return { answer: await next(this.call) };
    try {
      return { answer: await next({ ...this.call, place: this }) };
    } catch (error) {
      if (error !== GATHERED) throw error;
    }
    return this.#outcome();
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

  /** Gives up its turn for a call for many; `onDone` hears when it has its answer, or has left. Tells it what it gets there. */
  board(onDone: () => void): (outcome?: Outcome) => void {
    this.#onDone.push(onDone);
    this.#aboard = new Promise((resolve) => {
      this.#tell = resolve;
    });
    const fail = this.#tell;
    this.#turn?.leave();
    return (outcome) => (outcome ? this.answer(outcome) : fail(undefined));
  }

  /** It may wait for its turn again, or in another call for many: the first answer counts. */
  answer(outcome: Outcome): void {
    if (this.#turn) {
      this.#aboard = Promise.resolve(outcome);
      this.#turn.leave();
    } else this.#tell(outcome);
  }

  #outcome(): Promise<Outcome | undefined> {
    const { signal, operation, target } = this.call;
    return new Promise((resolve, reject) => {
      const leave = () => {
        end();
        const aws = { service: operation.service, operation: operation.name, region: target.region };
        reject(toAborted(signal, aws));
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
