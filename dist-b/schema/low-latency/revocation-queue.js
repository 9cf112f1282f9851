// The pairs of one region that wait to be sent, for both lanes. Whatever is taken costs by how much it is: there may be tens of
// thousands, and thousands of calls that take some.
import { nameOf } from './viewer-session.js';
/** Pairs that are looked at to fill a batch. One that is not full is only slower. */
const LOOK_AHEAD = 200;
export class RevocationQueue {
    #items;
    #head = 0;
    constructor(items) {
        this.#items = [...items];
    }
    get length() {
        return this.#items.length - this.#head;
    }
    /** Nothing where it is empty. */
    takeOne() {
        const one = this.#items[this.#head];
        if (one)
            this.#head += 1;
        return one;
    }
    /**
     * Takes up to `count` pairs that differ in channel or viewer: AWS's errors do not name the version, and so each has
     * one owner. Two versions of one pair may go out in any order, or side by side in both lanes: each call ends the
     * sessions up to its own version, so together they end those up to the higher one.
     */
    takeBatch(count) {
        const batch = new Map();
        const others = [];
        for (let looked = 0; batch.size < count && looked < LOOK_AHEAD; looked += 1) {
            const one = this.takeOne();
            if (!one)
                break;
            const name = nameOf(one.item);
            if (batch.has(name))
                others.push(one);
            else
                batch.set(name, one);
        }
        this.putBack(others);
        return [...batch.values()];
    }
    /** In front, where it was taken from. */
    putBack(some) {
        for (const one of some.toReversed()) {
            this.#head -= 1;
            this.#items[this.#head] = one;
        }
    }
    /** All that is left. */
    takeAll() {
        const rest = this.#items.slice(this.#head);
        this.#head = this.#items.length;
        return rest;
    }
}
