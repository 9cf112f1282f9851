// Adds up the calls of an estimate, those among them that depend on what else is looked up.
import { nameOfTarget } from '../../upstream/arn.js';
import { operationNamed } from '../../upstream/operation.js';
import { groupBy } from '../language/collections.js';
import { revalidationPages } from '../loading/list-lookup.js';
export class Tally {
    #planned = new Map();
    #lookUps = [];
    #revalidated = [];
    /** The first step in which nothing is done yet. */
    nextStep = 0;
    add({ name, service, target, calls, step, asTimeAllows }) {
        this.nextStep = Math.max(this.nextStep, step + 1);
        const operation = operationNamed(name, service);
        const key = `${step} ${nameOfTarget(target)} ${operation.service} ${name}`;
        const known = this.#planned.get(key)?.calls ?? 0;
        const sum = Math.min(known + calls, Number.MAX_SAFE_INTEGER);
        if (sum > 0)
            this.#planned.set(key, { operation, target, calls: sum, step, asTimeAllows });
    }
    /** Loads things of whom `level` is needed; it is there in the step that is answered. */
    load(things, level, together, step) {
        const calls = readsOf(things, together).map((read) => ({ ...read, target: things.target, step }));
        const before = things.lookUp;
        if (before)
            before.again.push(...calls);
        else
            for (const some of calls)
                this.add(some);
        if (level === 'summary' && things.entity.listing) {
            const lookUp = { things, step, again: [] };
            things.lookUp = lookUp;
            this.#lookUps.push(lookUp);
        }
        if (level === 'detail' && things.entity.listing?.revalidates && things.known === 'key') {
            this.#revalidated.push({ things, step });
        }
        this.nextStep = Math.max(this.nextStep, step + 1);
        return step + 1;
    }
    total() {
        for (const lookUps of groupBy(this.#lookUps, mayMeet).values())
            this.#addLookUps(lookUps);
        for (const loaded of groupBy(this.#revalidated, mayMeet).values())
            this.#addRevalidation(loaded);
        return [...this.#planned.values()].sort((a, b) => a.step - b.step);
    }
    /**
     * Those that are loaded at the same time may meet in one list, which is read while it pays. A page that tells of two
     * takes the place of two calls; counted is what is read in vain, and at worst every other thing is half of a pair.
     */
    #addLookUps(lookUps) {
        const [{ things, step }] = lookUps;
        // Nothing is looked up that stands alone in its list.
        if (lookUps.length === 1 && things.perList === 1)
            return;
        for (const { again } of lookUps)
            for (const some of again)
                this.add(some);
        const count = countOf(lookUps);
        const wasted = lookUps.reduce((sum, { things: some }) => sum + some.wasted, 0);
        const { operation: name } = things.entity.listing?.list ?? {};
        const calls = Math.min(Math.floor(count / 2), wasted);
        if (name)
            this.add({ name, target: things.target, calls, step });
    }
    /** Also of these, those that are loaded at the same time may meet in one list. */
    #addRevalidation(loaded) {
        const [{ things, step }] = loaded;
        const { operation: name } = things.entity.listing?.list ?? {};
        const isUnbatched = loaded.length === 1 && revalidationPages(things.perList) === 0;
        if (name && !isUnbatched) {
            this.add({ name, target: things.target, calls: revalidationPages(countOf(loaded)), step });
        }
    }
}
/** Things with the same may stand in one list. */
const mayMeet = ({ things: { entity, target } }) => `${entity.name} ${nameOfTarget(target)}`;
const countOf = (loaded) => loaded.reduce((sum, { things }) => sum + things.count, 0);
/** One call for each thing, or one for each full batch of those that are loaded together. */
function readsOf({ entity, count }, together) {
    const { filledBy: name, batchedBy } = entity;
    const groups = Math.min(together.groups, count);
    const each = Math.min(count, Math.ceil(together.count / groups));
    if (!batchedBy || count === 0)
        return [{ name, calls: count }];
    const alone = each % batchedBy.size === 1 ? groups : 0;
    const full = groups * (Math.ceil(each / batchedBy.size) - (alone > 0 ? 1 : 0));
    if (alone + full >= count)
        return [{ name, calls: count }];
    return [
        { name: batchedBy.operation, calls: full },
        { name, calls: alone },
    ];
}
