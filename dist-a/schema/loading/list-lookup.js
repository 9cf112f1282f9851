import { groupBy } from '../language/collections.js';
import { TokenTrail } from './token-trail.js';
/** Looks things up in their lists where that is likely to be fewer calls than one for each. */
export async function lookUp(things, listing, idOf, context) {
    const told = new Map();
    const lists = [...groupBy(things, listing.listOf).values()].filter((siblings) => siblings.length > 1);
    await Promise.all(lists.map((siblings) => 
    // Whoever may not list may still get: then nothing is told.
    readList(siblings, listing, idOf, context, told, {
        // A list may have thousands of others: pages are read while they tell of two at least, and a tenth as many besides.
        credit: Math.ceil(siblings.length / 10),
        payingPage: 2,
    }).catch(() => undefined)));
    return told;
}
/** One page of a list for ten things whose details are asked for: these are got all the same when none are kept. */
export const revalidationPages = (count) => Math.floor(count / 10);
/** Reads the list of things whose details are asked for by key, so that the cache can revalidate those that it has. */
export async function revalidate(siblings, listing, idOf, context) {
    const unheard = siblings.filter(({ summary }) => !summary);
    const told = new Map();
    const limit = { credit: revalidationPages(unheard.length), payingPage: Number.POSITIVE_INFINITY };
    // Their details can do without it, and shall have the time that it would take to ask it again.
    const once = { ...context, send: context.sendOnce };
    await readList(unheard, listing, idOf, once, told, limit).catch(() => undefined);
    for (const [thing, summary] of told)
        if (summary)
            thing.summary = summary;
}
async function readList(siblings, { list, fetchPage, keyOf }, idOf, context, told, { credit, payingPage }) {
    const wanted = new Map(siblings.map((thing) => [idOf(thing), thing]));
    const [sibling] = siblings;
    let left = credit;
    const tokens = new TokenTrail(list);
    let nextToken;
    while (wanted.size > 1 && left > 0) {
        const page = await fetchPage(sibling, { nextToken, maxResults: list.pageMax }, context);
        const before = wanted.size;
        for (const summary of page.items ?? []) {
            const id = idOf(keyOf(summary, sibling));
            const thing = wanted.get(id);
            if (thing && wanted.delete(id))
                told.set(thing, summary);
        }
        if (before - wanted.size < payingPage)
            left -= 1;
        if (!page.nextToken) {
            for (const thing of wanted.values())
                told.set(thing, null);
            return;
        }
        nextToken = tokens.follow(page.nextToken);
    }
}
