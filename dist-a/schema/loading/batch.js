// Things that were asked for in one tick, answered with the fewest calls that can.
import { outside } from '../../access/bounds.js';
import { groupBy } from '../language/collections.js';
import { turnBetween } from '../language/slices.js';
import { lookUp, revalidate } from './list-lookup.js';
/** Answers each in its place, and keeps with the things what AWS told. */
export async function answerBatch(demands, { load, arnOf, idOf, listing }, context) {
    await turnBetween(demands);
    // What is outside fails alone, and spoils no batch.
    const inside = demands.filter(({ thing }) => context.bounds.mayHold(arnOf(thing)));
    const whole = new Set(inside.filter(({ level }) => level === 'detail').map(({ thing }) => thing));
    const brief = inside.map(({ thing }) => thing).filter((thing) => !whole.has(thing));
    const told = listing
        ? await lookUp(brief, listing, idOf, context)
        : new Map();
    const rest = [...whole, ...brief.filter((thing) => !told.has(thing))];
    const found = new Map(listing?.revalidates
        ? loadRevalidated(rest, whole, { load, idOf, listing }, context)
        : zip(rest, load(rest, context)));
    // Their children are then read together, in fewer calls, unless the client would rather have each at once.
    if (!context.inParts)
        await Promise.all(found.values());
    await turnBetween(demands);
    const learn = async (thing) => {
        const summary = told.get(thing);
        const answer = await found.get(thing);
        if (answer instanceof Error)
            return answer;
        const arn = arnOf(thing);
        if (!answer && !summary && !context.bounds.covers(arn))
            return outside(arn);
        if (answer !== undefined)
            thing.detail = answer;
        else if (summary === null)
            thing.detail = null;
        else
            thing.summary = summary;
        return thing.detail === undefined ? (thing.summary ?? null) : thing.detail;
    };
    return demands.map(({ thing }) => ({ answer: learn(thing) }));
}
/** Loads things of which a list says whether their details still hold, each list by itself, since its pages take time. */
function loadRevalidated(things, whole, { load, idOf, listing, }, context) {
    return [...groupBy(things, listing.listOf).values()].flatMap((siblings) => {
        const detailed = siblings.filter((thing) => whole.has(thing));
        const answers = revalidate(detailed, listing, idOf, context).then(() => load(siblings, context));
        const answerAt = async (index) => (await answers)[index];
        return zip(siblings, siblings.map((_, index) => answerAt(index)));
    });
}
const zip = (left, right) => left.map((item, index) => [item, right[index]]);
