// Callbacks for results made from cached entries: a result ends with the first of its entries.

export class Watchers {
  readonly #byEntry = new Map<string, Set<() => void>>();

  /** Calls `onGone` once, for the first of these entries that is gone. Returns a function that stops that. */
  add(entries: readonly string[], onGone: () => void): () => void {
    const stop = () => {
      for (const entry of entries) {
        const watching = this.#byEntry.get(entry);
        watching?.delete(notify);
        if (watching?.size === 0) this.#byEntry.delete(entry);
      }
    };
    const notify = () => {
      stop();
      onGone();
    };
    for (const entry of entries)
      this.#byEntry.set(entry, (this.#byEntry.get(entry) ?? new Set()).add(notify));
    return stop;
  }

  gone(entry: string): void {
    for (const notify of [...(this.#byEntry.get(entry) ?? [])]) notify();
  }
}
