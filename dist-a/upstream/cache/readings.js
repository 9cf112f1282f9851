// Reads that are under way: what is written meanwhile, and which of two began later, decide what of them may be cached.
/** A tag of all responses. */
export const EVERYTHING = '*';
export class Readings {
    #open = new Set();
    #turns = 0;
    begin() {
        const reading = { turn: this.#turns, written: new Set() };
        this.#turns += 1;
        this.#open.add(reading);
        return reading;
    }
    end(reading) {
        this.#open.delete(reading);
    }
    write(tags) {
        for (const { written } of this.#open)
            for (const tag of tags)
                written.add(tag);
    }
}
/** Whether a read with these tags may have returned the state before a write. */
export function isOutdated({ written }, tags) {
    if (written.size === 0)
        return false;
    if (written.has(EVERYTHING))
        return true;
    for (const tag of tags)
        if (written.has(tag))
            return true;
    return false;
}
