// The second level of the cache: what one replica has read, the others need not.
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { systemClock } from '../clock.js';
import { Invalidations } from './invalidations.js';
import { Lease } from './lease.js';
import { EVERYTHING } from './readings.js';
import { DROP, GET, RELEASE, SET } from './shared-cache-scripts.js';
/** More tags than any page of a list has. */
const MAX_TAGS = 1000;
export class SharedCache {
    lease;
    invalidations;
    #shared;
    #flights = 0;
    /** Flights of which Redis may not know yet that they have ended, and their keys: the others still wait for them. */
    #unreleased = new Map();
    constructor(shared, clock = systemClock) {
        this.#shared = shared;
        this.lease = new Lease(shared, clock);
        this.invalidations = new Invalidations(shared, clock);
        shared.onBack(() => {
            for (const [flight, key] of this.#unreleased)
                void this.release(key, flight);
        });
    }
    isLost() {
        return !this.#shared.isUp();
    }
    /** Undefined while Redis is lost. */
    async get(key, { flight = '', since, seen = '' } = {}) {
        const wasUp = this.#shared.isUp();
        const answer = (await this.#run(GET, key, flight, since ?? '', seen, this.invalidations.trusted));
        // It may have taken off there all the same.
        if (!answer && flight && wasUp)
            void this.release(key, flight);
        if (!answer)
            return undefined;
        const [number, began, what, at, age, kept] = answer;
        const lookup = { number, began: String(began), isInFlight: String(what) === 'flight' };
        if (!kept)
            return lookup;
        return { ...lookup, found: { kept: read(kept), at: String(at), age: Number(String(age)) } };
    }
    /** A name for the next flight of this replica. */
    nameFlight() {
        this.#flights += 1;
        return `${this.#shared.id} ${this.#flights}`;
    }
    /** It has brought its answer, or will bring none. */
    async release(key, flight) {
        this.#unreleased.set(flight, key);
        const isLost = (await this.#run(RELEASE, key, flight, nameOf(key))) === undefined;
        if (!isLost)
            this.#unreleased.delete(flight);
    }
    /** Tells which answers are not awaited any more, by `nameOf` their keys. */
    onReleased(listener) {
        this.#shared.listen('released', listener);
    }
    set(key, { number, began }, kept) {
        const { tags, lifetime } = kept;
        if (tags.size > MAX_TAGS)
            return;
        const longest = Math.max(lifetime.maxAge, lifetime.maxAgeWhileUnchanged ?? 0);
        const marked = JSON.stringify([...tags, EVERYTHING]);
        void this.#run(SET, key, number, began, longest, marked, serialize(kept));
    }
    drop(key) {
        void this.#run(DROP, key);
    }
    /** Undefined when Redis is lost. */
    async #run(lua, key, ...args) {
        const name = nameOf(key);
        const keys = [
            `cache:answer:${name}`,
            'cache:marks',
            'cache:mark:',
            `cache:flight:${name}`,
            'replicas',
            'said:released',
        ];
        return this.#shared.run(lua, keys, args).catch(() => undefined);
    }
}
/** What Redis calls it: keys may be long. */
export const nameOf = (key) => createHash('sha256').update(key).digest('base64url');
/** No good to anybody when another version of Node has written it. */
function read(kept) {
    try {
        return deserialize(kept);
    }
    catch {
        return { answer: undefined, lifetime: { maxAge: 0 }, tags: new Set() };
    }
}
