// Work on a long list, in slices: between two of them the event loop serves everybody else.
import { arrivals } from '../../upstream/arrivals.js';
/** So many items take some milliseconds at most. */
const SLICE = 500;
/** A turn of the event loop that is not spent yet: there may be other requests with slices of theirs. */
export const nextTurn = () => new Promise((resolve) => setImmediate(() => arrivals.add({}, resolve)));
/** Between two steps of work on all items of a list. Nothing where they are few. */
export const turnBetween = (items) => items.length > SLICE ? nextTurn() : undefined;
/** Before the item at `index`: a turn where a slice ends. Also before the first, since reading so long a list takes a while. */
export const turnBefore = (index, items) => index % SLICE === 0 ? turnBetween(items) : undefined;
export async function forEachInSlices(items, work) {
    for (const [index, item] of items.entries()) {
        const turn = turnBefore(index, items);
        if (turn)
            await turn;
        work(item, index);
    }
}
/** A list for a field: graphql-js completes one that comes in slices between them. */
export const inSlices = (items) => items.length > SLICE ? sliced(items) : items;
async function* sliced(items) {
    for (const [index, item] of items.entries()) {
        if (index > 0 && index % SLICE === 0)
            await nextTurn();
        yield item;
    }
}
