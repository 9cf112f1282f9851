// Whoever reuses what was made of cached entries is told when one of them is gone.
export class Watchers {
    #byEntry = new Map();
    /** Calls `onGone` for the first of these entries that is gone. Returns how to stop. */
    add(entries, onGone) {
        const stop = () => {
            for (const entry of entries) {
                const watching = this.#byEntry.get(entry);
                watching?.delete(tell);
                if (watching?.size === 0)
                    this.#byEntry.delete(entry);
            }
        };
        const tell = () => {
            stop();
            onGone();
        };
        for (const entry of entries)
            this.#byEntry.set(entry, (this.#byEntry.get(entry) ?? new Set()).add(tell));
        return stop;
    }
    gone(entry) {
        for (const tell of [...(this.#byEntry.get(entry) ?? [])])
            tell();
    }
}
