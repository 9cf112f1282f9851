// Entries of this process, bounded, and found by their tags when what they are about is written.
import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import { EVERYTHING, isOutdated } from './readings.js';
export class Store {
    /** By tag. */
    #keys = new Map();
    #entries;
    /** `onGone` hears of each entry that is replaced, forgotten or evicted. */
    constructor(maxEntries, maxBytes, onGone) {
        this.#entries = new LRUCache({
            max: maxEntries,
            maxSize: maxBytes,
            sizeCalculation: ({ bytes }) => bytes,
            dispose: ({ tags }, key) => {
                this.#untag(key, tags);
                onGone(key);
            },
        });
    }
    size() {
        return { entries: this.#entries.size, bytes: this.#entries.calculatedSize };
    }
    get(key) {
        return this.#entries.get(key);
    }
    /** False where it may be older than a write, or than what is stored. */
    set(key, entry, reading) {
        const { answer, tags } = entry;
        if (isOutdated(reading, tags))
            return false;
        // A read that began later has returned already.
        if ((this.#entries.peek(key)?.turn ?? -1) > reading.turn)
            return false;
        const bytes = Buffer.byteLength(JSON.stringify(answer));
        this.#entries.set(key, { ...entry, answer: freeze(answer), bytes, turn: reading.turn });
        // An entry above the limit is refused.
        if (!this.#entries.has(key))
            return false;
        for (const tag of tags)
            this.#keys.set(tag, (this.#keys.get(tag) ?? new Set()).add(key));
        return true;
    }
    /** Whether the entry is the same already: then it is as young as this read. */
    renew(key, answer, at, reading) {
        const known = this.#entries.get(key);
        if (!known || known.turn > reading.turn || isOutdated(reading, known.tags))
            return false;
        if (!isDeepStrictEqual(known.answer, answer))
            return false;
        Object.assign(known, { at, turn: reading.turn });
        return true;
    }
    delete(key) {
        this.#entries.delete(key);
    }
    forget(tags) {
        if (tags.has(EVERYTHING))
            this.#entries.clear();
        for (const tag of tags)
            for (const key of [...(this.#keys.get(tag) ?? [])])
                this.#entries.delete(key);
    }
    #untag(key, tags) {
        for (const tag of tags) {
            const keys = this.#keys.get(tag);
            keys?.delete(key);
            if (keys?.size === 0)
                this.#keys.delete(tag);
        }
    }
}
/** It is handed to many, none of whom may change it for the others. */
function freeze(value) {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value))
        return value;
    for (const member of Object.values(value))
        freeze(member);
    return Object.freeze(value);
}
