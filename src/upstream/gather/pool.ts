// Waiting reads that one call can serve.
import type { Clock } from '../clock.ts';
import { FairQueue } from '../quota/fair-queue.ts';
import type { Denials } from './denials.ts';
import type { Member, MemberOf } from './member.ts';

/** Concurrent requests arrive within some milliseconds. No turn is delayed by this. */
const LINGER_MS = 50;

export interface PoolOptions {
  clock: Clock;
  denials: Denials;
  /** The pool is empty. */
  onEmpty: () => void;
}

export abstract class Pool implements MemberOf {
  protected readonly clock: Clock;
  protected readonly denials: Denials;
  /** In fair turns of their requests. */
  protected readonly waiting = new FairQueue<Member>();
  /** The fewest reads that justify a shared call. */
  protected abstract readonly least: number;
  readonly #onEmpty: () => void;
  #isShared = false;
  #stopTimer: (() => void) | undefined;

  constructor({ clock, denials, onEmpty }: PoolOptions) {
    this.clock = clock;
    this.denials = denials;
    this.#onEmpty = onEmpty;
  }

  isShared(): boolean {
    return this.waiting.size + 1 >= this.least;
  }

  join(member: Member): void {
    this.waiting.push(member.call.caller, member);
    if (this.#isShared) member.share(true);
    else if (this.waiting.size >= this.least) this.#share(true);
    this.consider();
  }

  leave(member: Member): void {
    this.waiting.remove(member.call.caller, member);
    const { size } = this.waiting;
    if (this.#isShared && size < this.least) this.#share(false);
    if (size === 0) this.#stop();
    this.onFewer();
    if (size === 0) this.#onEmpty();
  }

  /** From now on it waits for its own turn only. */
  protected dismiss(member: Member): void {
    this.leave(member);
    member.share(false);
  }

  protected members(): Member[] {
    return [...this.waiting.inTurn()].map(([member]) => member);
  }

  /** The latest deadline of those that wait. */
  protected deadline(): number {
    return Math.max(...this.members().map(({ call }) => call.deadline()));
  }

  /** Calls `gather` a little later, or at once if `isReady`. */
  protected consider(isReady = false): void {
    if (this.waiting.size === 0) return;
    if (isReady) this.#gather();
    else this.#stopTimer ??= this.clock.after(LINGER_MS, () => this.#gather());
  }

  protected abstract gather(): void;

  /** The pool has fewer members. */
  protected onFewer(): void {}

  #gather(): void {
    this.#stop();
    this.gather();
  }

  #stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  #share(isShared: boolean): void {
    this.#isShared = isShared;
    for (const member of this.members()) member.share(isShared);
  }
}
