// Waiting reads that one call can answer together.
import type { Clock } from '../clock.ts';
import { FairQueue } from '../quota/fair-queue.ts';
import type { Denials } from './denials.ts';
import type { Member, MemberOf } from './member.ts';

/** A crowd comes within some milliseconds; nobody's own turn waits for this. */
const LINGER_MS = 50;

export interface PoolOptions {
  clock: Clock;
  denials: Denials;
  /** Nobody is in it. */
  onEmpty: () => void;
}

export abstract class Pool implements MemberOf {
  protected readonly clock: Clock;
  protected readonly denials: Denials;
  /** In the turns of their requests. */
  protected readonly waiting = new FairQueue<Member>();
  /** So many are worth a call for many. */
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

  /** It waits for its own turn, alone. */
  protected dismiss(member: Member): void {
    this.leave(member);
    member.share(false);
  }

  protected members(): Member[] {
    return [...this.waiting.inTurn()].map(([member]) => member);
  }

  /** Of those who wait, how long the last one can. */
  protected deadline(): number {
    return Math.max(...this.members().map(({ call }) => call.deadline()));
  }

  /** Looks a little later, or when `isReady` says so, whether a call for many is worth it. */
  protected consider(isReady = false): void {
    if (this.waiting.size === 0) return;
    if (isReady) this.#gather();
    else this.#stopTimer ??= this.clock.after(LINGER_MS, () => this.#gather());
  }

  protected abstract gather(): void;

  /** Some are not in it any more. */
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
