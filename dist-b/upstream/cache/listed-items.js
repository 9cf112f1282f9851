// What lists said last of each resource, found by the read that returns the whole resource.
import { isDeepStrictEqual } from 'node:util';
import { agrees, itemsOf, resourceOf } from './revalidation.js';
import { Store } from './store.js';
import { tagsOfRead } from './tags.js';
/** Those of 200 pages; of JSON, an item has 200 bytes or so. */
const MAX_ENTRIES = 20_000;
const MAX_BYTES = 8 * 1024 * 1024;
export class ListedItems {
    #items;
    /** `onGone` hears the name of each resource of which the item is replaced or gone. */
    constructor(onGone) {
        this.#items = new Store(MAX_ENTRIES, MAX_BYTES, onGone);
    }
    /** Takes in the items of a page. `reading`: of the page. */
    learn(call, answer, { maxAge }, at, reading) {
        for (const { item, name, call: read } of itemsOf(call, answer)) {
            // Most polls say the same of most resources.
            if (this.#items.renew(name, item, at, reading))
                continue;
            const entry = { answer: item, lifetime: { maxAge }, tags: tagsOfRead(read, item), at };
            this.#items.set(name, entry, reading);
        }
    }
    /** Whether this is what a list said last of the resource. */
    isLast(name, item) {
        return this.#items.get(name)?.answer === item;
    }
    /** What a list says, for this call, of the resource that it reads. */
    find(call) {
        const known = this.#find(call);
        if (!known)
            return undefined;
        const until = known.at + known.lifetime.maxAge;
        // A request that began while the list was good, or waited for the list, may see all of it in this state: its reads
        // can wait for quota long after the list came.
        return until > call.startedAt ? { item: known.answer, until } : undefined;
    }
    /** The item that a response goes with, if `before` was what a list said when the read of the response began. */
    confirm(call, before, answer) {
        if (!before)
            return undefined;
        const now = (this.#find(call)?.answer ?? before);
        return isDeepStrictEqual(before, now) && agrees(call, now, answer) ? now : undefined;
    }
    forget(tags) {
        this.#items.forget(tags);
    }
    #find(call) {
        const name = resourceOf(call);
        return name === undefined ? undefined : this.#items.get(name);
    }
}
