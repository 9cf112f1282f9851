// Reads that are under way: what is written meanwhile, and which of two began later, decide what of them may be cached.

/** A tag of all responses. */
export const EVERYTHING = '*';

export interface Reading {
  /** Its place among all reads, by their beginning. */
  turn: number;
  /** Tags of what was written since it began. */
  written: Set<string>;
}

export class Readings {
  readonly #open = new Set<Reading>();
  #turns = 0;

  begin(): Reading {
    const reading = { turn: this.#turns, written: new Set<string>() };
    this.#turns += 1;
    this.#open.add(reading);
    return reading;
  }

  end(reading: Reading): void {
    this.#open.delete(reading);
  }

  write(tags: ReadonlySet<string>): void {
    for (const { written } of this.#open) for (const tag of tags) written.add(tag);
  }
}

/** Whether a read with these tags may have returned the state before a write. */
export function isOutdated({ written }: Reading, tags: ReadonlySet<string>): boolean {
  if (written.size === 0) return false;
  if (written.has(EVERYTHING)) return true;
  for (const tag of tags) if (written.has(tag)) return true;
  return false;
}
