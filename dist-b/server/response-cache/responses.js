// Complete responses, found by what must be equal for them. Each holds as long as the responses of AWS that it was made of.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { systemClock } from '../../upstream/clock.js';
/** Bodies, keys, and what is needed to find and forget them. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Beside body, key and sources. */
const ENTRY_BYTES = 1024;
/** Of each response of AWS that it was made of. */
const SOURCE_BYTES = 150;
/** Requests that are known to have come before. */
const MAX_SIGHTINGS = 4096;
export class ResponseCache {
    #reuse;
    #clock;
    #entries;
    /** Hashes of keys, and whether a response for one may be stored. */
    #sightings = new LRUCache({ max: MAX_SIGHTINGS });
    #hits = 0;
    #misses = 0;
    /** The largest body that is stored. */
    maxBody;
    constructor({ reuse, clock = systemClock, maxBytes = MAX_BYTES }) {
        this.#reuse = reuse;
        this.#clock = clock;
        this.maxBody = maxBytes / 8;
        this.#entries = new LRUCache({
            maxSize: maxBytes,
            sizeCalculation: ({ size }) => size,
            dispose: ({ stopWatching }) => stopWatching(),
        });
    }
    facts() {
        const [hits, misses] = [this.#hits, this.#misses];
        return { entries: this.#entries.size, bytes: this.#entries.calculatedSize, hits, misses };
    }
    /** Whether stored responses may be given now. If not, `catchUp` first. */
    isCurrent() {
        return this.#reuse.isCurrent();
    }
    catchUp() {
        return this.#reuse.catchUp();
    }
    /** How long a stored response may be given again. */
    leftMs({ goodUntil }) {
        return goodUntil - this.#clock.now();
    }
    get(key) {
        const entry = this.#entries.get(key);
        if (entry && this.leftMs(entry) > 0) {
            this.#hits += 1;
            return entry;
        }
        if (entry)
            this.#entries.delete(key);
        return undefined;
    }
    /**
     * Notes that a request came which is not answered from here. True where its response should be stored: only that of a
     * request which has come before, since most that differ come once.
     */
    miss(key) {
        this.#misses += 1;
        const hash = hashOf(key);
        const isStorable = this.#sightings.get(hash);
        if (isStorable === undefined)
            this.#sightings.set(hash, true);
        return isStorable === true;
    }
    /** No response to this request is worth waiting for: it changes something, or is for one caller. */
    refuse(key) {
        this.#sightings.set(hashOf(key), false);
    }
    /** False where a response of AWS that it was made of is not what AWS said last. */
    set(key, response, sources) {
        if (sources.goodUntil <= this.#clock.now())
            return false;
        const stopWatching = this.#reuse.watch(sources, () => this.#entries.delete(key));
        if (!stopWatching)
            return false;
        const size = ENTRY_BYTES + key.length + response.body.length + SOURCE_BYTES * sources.answers.size;
        this.#entries.set(key, { ...response, goodUntil: sources.goodUntil, stopWatching, size });
        return this.#entries.has(key);
    }
}
const hashOf = (key) => createHash('sha1').update(key, 'latin1').digest('base64');
