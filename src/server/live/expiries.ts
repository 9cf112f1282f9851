// The ends of tokens, with one timer for all that end at the same moment.
import type { Clock } from '../../upstream/clock.ts';

interface Ending {
  expiresAt: number | undefined;
}

/** The longest that a timer can wait. Until then a subscription has been drained. */
const MAX_DELAY_MS = 2 ** 31 - 1;

export class Expiries<Member extends Ending> {
  readonly #clock: Clock;
  readonly #now: () => number;
  readonly #end: (member: Member) => void;
  readonly #moments = new Map<number, { members: Set<Member>; stop: () => void }>();

  constructor(clock: Clock, now: () => number, end: (member: Member) => void) {
    this.#clock = clock;
    this.#now = now;
    this.#end = end;
  }

  add(member: Member): void {
    const { expiresAt } = member;
    if (expiresAt === undefined) return;
    const known = this.#moments.get(expiresAt);
    if (known) known.members.add(member);
    else this.#moments.set(expiresAt, this.#begin(expiresAt, member));
  }

  remove(member: Member): void {
    const moment = this.#moments.get(member.expiresAt ?? Number.NaN);
    if (!moment?.members.delete(member) || moment.members.size > 0) return;
    moment.stop();
    this.#moments.delete(member.expiresAt as number);
  }

  #begin(expiresAt: number, member: Member) {
    const members = new Set([member]);
    const delay = Math.max(0, Math.min(expiresAt - this.#now(), MAX_DELAY_MS));
    const stop = this.#clock.after(delay, () => {
      this.#moments.delete(expiresAt);
      for (const one of members) this.#end(one);
    });
    return { members, stop };
  }
}
