import { type Clock, systemClock } from '../../src/upstream/clock.ts';

/**
 * Time that passes only when everybody waits for it: it leaps to the next moment that somebody wants to be woken at, as
 * soon as `isBusy` says that nothing else is going on. So a minute of waiting takes no time, and comes out the same on
 * every machine.
 */
export class LeapingClock implements Clock {
  isBusy: () => boolean = () => false;
  #now = 0;
  #alarms: { at: number; run: () => void }[] = [];
  #isWatching = false;

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, run: () => void): () => void {
    const alarm = { at: this.#now + milliseconds, run };
    this.#alarms.push(alarm);
    this.#watch();
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  #watch(busyTurns = 0): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const look = () => {
      this.#isWatching = false;
      const isBusy = this.isBusy();
      if (!isBusy) this.#leap();
      if (this.#alarms.length > 0) this.#watch(isBusy ? busyTurns + 1 : 0);
    };
    if (busyTurns < PATIENCE) setImmediate(look);
    else setTimeout(look, 1);
  }

  #leap(): void {
    const next = this.#alarms.reduce(
      (first, alarm) => (alarm.at < first.at ? alarm : first),
      this.#alarms[0] ?? NEVER,
    );
    if (next === NEVER) return;
    this.#alarms = this.#alarms.filter((alarm) => alarm !== next);
    this.#now = Math.max(this.#now, next.at);
    next.run();
  }
}

/** Real time, for what depends on when other processes notice something: their time does not leap. */
export class RealClock extends LeapingClock {
  readonly #start = systemClock.now();

  override now(): number {
    return systemClock.now() - this.#start;
  }

  override after(milliseconds: number, run: () => void): () => void {
    return systemClock.after(milliseconds, run);
  }
}

/** In turns of the event loop; what keeps it busy for longer is in another process, and needs the CPU. */
const PATIENCE = 100;

const NEVER = { at: Number.POSITIVE_INFINITY, run: () => {} };

/** Time stands still, but for the returned function. */
export function hold(clock: LeapingClock): (milliseconds: number) => Promise<void> {
  const { isBusy } = clock;
  let isStill = true;
  clock.isBusy = () => isStill || isBusy();
  return async (milliseconds) => {
    const end = new Promise<void>((resolve) => void clock.after(milliseconds, resolve));
    isStill = false;
    await end;
    isStill = true;
  };
}
