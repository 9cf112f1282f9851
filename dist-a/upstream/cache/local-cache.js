// What this process has cached, and whether it still holds for a call.
import { isDeepStrictEqual } from 'node:util';
import { ListedItems } from './listed-items.js';
import { Readings } from './readings.js';
import { resourceOf } from './revalidation.js';
import { Store } from './store.js';
import { Watchers } from './watchers.js';
export class LocalCache {
    #clock;
    #responses;
    #watchers = new Watchers();
    #items = new ListedItems((name) => this.#watchers.gone(entryOfItem(name)));
    #readings = new Readings();
    constructor(clock, maxEntries, maxBytes) {
        this.#clock = clock;
        this.#responses = new Store(maxEntries, maxBytes, (key) => this.#watchers.gone(key));
    }
    size() {
        return this.#responses.size();
    }
    get(call) {
        const cached = this.#responses.get(call.key);
        const goodUntil = cached && this.goodUntil(cached, call);
        return goodUntil === undefined ? undefined : { answer: cached?.answer, goodUntil };
    }
    /** Until when a response may be reused that is good for this call; undefined when it is stale. */
    goodUntil(cached, call) {
        const { at, lifetime, listed } = cached;
        const now = this.#clock.now();
        const byItself = at + lifetime.maxAge;
        const current = listed && this.#items.find(call);
        if (!current)
            return now < byItself ? byItself : undefined;
        if (!isDeepStrictEqual(listed, current.item))
            return undefined;
        // The same object next time: equal at a glance.
        cached.listed = current.item;
        const whileUnchanged = at + (lifetime.maxAgeWhileUnchanged ?? lifetime.maxAge);
        if (now >= whileUnchanged)
            return undefined;
        // What holds because of the list is good for others as long as the list.
        return Math.max(byItself, Math.min(whileUnchanged, current.until));
    }
    begin(call) {
        return Object.assign(this.#readings.begin(), { listed: this.#items.find(call)?.item });
    }
    end(miss) {
        this.#readings.end(miss);
    }
    /** What a list says of the resource in this response, as it said before the read began. */
    listed(call, { listed }, answer) {
        return this.#items.confirm(call, listed, answer);
    }
    /** Takes in a response, and what it says of other resources when it is a list. False where it must not be reused. */
    set(call, response, miss) {
        const entry = response.listed ? { ...response, resource: resourceOf(call) } : response;
        const isStored = this.#responses.set(call.key, entry, miss);
        this.#items.learn(call, response.answer, response.lifetime, response.at, miss);
        return isStored;
    }
    /**
     * Calls `onGone` once it has something else than one of these responses, or nothing. Undefined when that is so already;
     * else how to stop.
     */
    watch({ answers }, onGone) {
        const entries = [];
        for (const [key, answer] of answers) {
            const cached = this.#responses.get(key);
            if (!cached || cached.answer !== answer)
                return undefined;
            entries.push(key);
            const { listed, resource } = cached;
            if (!listed || resource === undefined)
                continue;
            if (!this.#items.isLast(resource, listed))
                return undefined;
            entries.push(entryOfItem(resource));
        }
        return this.#watchers.add(entries, onGone);
    }
    delete({ key }) {
        this.#responses.delete(key);
    }
    forget(tags) {
        this.#readings.write(tags);
        this.#responses.forget(tags);
        this.#items.forget(tags);
    }
}
const entryOfItem = (name) => `item ${name}`;
