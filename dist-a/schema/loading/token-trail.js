// The tokens with which the pages of a list were requested. A token that comes again would lead in a circle, for ever.
import { createHash } from 'node:crypto';
import { UpstreamError } from '../../upstream/errors.js';
export class TokenTrail {
    #list;
    /** Of this request, in which a circle is noticed at once. */
    #requested = new Set();
    #lap;
    /** `lap` is that of a cursor, whose page `start` gets. */
    constructor(list, start, lap) {
        this.#list = list;
        if (start === undefined)
            return;
        this.#requested.add(start);
        this.#lap = lap ?? [nameOf(start), 1, 0];
    }
    /** What a cursor to the page remembers. */
    get lap() {
        return this.#lap;
    }
    hasSeen(token) {
        if (token === undefined)
            return false;
        return this.#requested.has(token) || this.#lap?.[0] === nameOf(token);
    }
    /** What a cursor to the page of the next token remembers. */
    lapAt(token) {
        const [remembered, length, pages] = this.#lap ?? [nameOf(token), 0, 0];
        return pages + 1 < length ? [remembered, length, pages + 1] : [nameOf(token), Math.max(1, 2 * length), 0];
    }
    /** The token of the next page. */
    follow(token) {
        if (this.hasSeen(token)) {
            throw new UpstreamError(`${this.#list.operation}: expected AWS to return the token of a further page, got one that was already used`);
        }
        this.#requested.add(token);
        this.#lap = this.lapAt(token);
        return token;
    }
}
export const isLap = (value) => {
    if (!Array.isArray(value) || value.length !== 3)
        return false;
    const [token, length, pages] = value;
    return (typeof token === 'string' && [length, pages].every((count) => Number.isSafeInteger(count) && count >= 0));
};
const nameOf = (token) => createHash('sha256').update(token).digest('base64url').slice(0, 8);
