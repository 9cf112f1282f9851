// One timer for all connections that must not look lost, each at its own time: not all at once.

interface Pinged {
  ping(): void;
}

/** Runs again and again until the returned function is called. */
export type Every = (milliseconds: number, run: () => void) => () => void;

export const everyReal: Every = (milliseconds, run) => {
  const timer = setInterval(run, milliseconds).unref();
  return () => clearInterval(timer);
};

export class Pings {
  /** By their interval in seconds: those of each second. */
  readonly #slots = new Map<number, Set<Pinged>[]>();
  #added = 0;
  #second = 0;

  add(pinged: Pinged, seconds: number): void {
    const slots = this.#slots.get(seconds) ?? Array.from({ length: seconds }, () => new Set<Pinged>());
    this.#slots.set(seconds, slots);
    this.#added += 1;
    slots[this.#added % seconds]?.add(pinged);
  }

  remove(pinged: Pinged, seconds: number): void {
    this.#slots.get(seconds)?.some((slot) => slot.delete(pinged));
  }

  /** To be called each second. */
  tick(): void {
    this.#second += 1;
    for (const [seconds, slots] of this.#slots)
      for (const pinged of slots[this.#second % seconds] ?? []) pinged.ping();
  }
}
