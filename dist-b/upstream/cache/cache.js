import { systemClock } from '../clock.js';
import { ReadCounts } from '../read-counts.js';
import { lifetimeOf as ofTable } from './lifetimes.js';
import { LocalCache } from './local-cache.js';
import { readThrough } from './read-through.js';
import { tagsOfWrite } from './tags.js';
/** Some 30 operations at 5 a second fill 1,500 in the 10 seconds that most live; the rest is for regions and the past. */
const MAX_ENTRIES = 20_000;
/** Of JSON, about 1.6 KB for each entry; measured as objects: 54 MB of heap when full. */
const MAX_BYTES = 32 * 1024 * 1024;
export function cache({ clock = systemClock, lifetimeOf = ofTable, maxEntries = MAX_ENTRIES, maxBytes = MAX_BYTES, elsewhere, reads = new ReadCounts(), } = {}) {
    const local = new LocalCache(clock, maxEntries, maxBytes);
    elsewhere?.invalidations.onForgotten((tags) => local.forget(tags));
    const hit = (call) => {
        const known = call.operation.isRead && !call.fresh && !call.secrets ? local.get(call) : undefined;
        if (!known || elsewhere?.lease.isHeld() === false)
            return undefined;
        call.ledger.count(call, 'cached');
        return known;
    };
    const layer = (next) => {
        const nextCounted = (call) => {
            reads.count(call, 'misses');
            return next(call);
        };
        const read = readThrough({ local, elsewhere, clock, lifetimeOf }, nextCounted);
        const write = invalidate(local, elsewhere)(next);
        const renewing = elsewhere && renewLease(elsewhere, hit)(read);
        return (call) => {
            if (!call.operation.isRead)
                return write(call);
            if (call.secrets)
                return nextCounted(call);
            return renewing && !call.fresh && local.get(call) ? renewing(call) : read(call);
        };
    };
    const reuse = {
        watch: (sources, onGone) => local.watch(sources, onGone),
        isCurrent: () => elsewhere?.lease.isHeld() ?? true,
        catchUp: async () => elsewhere?.lease.renew(),
    };
    return { hit, layer, reuse, facts: () => local.size() };
}
/** Of what only lacks a lease: one question to Redis for all of a request, not one for each read. */
const renewLease = ({ lease }, hit) => (next) => async (call) => {
    await lease.renew();
    const known = hit(call);
    if (!known)
        return next(call);
    call.goodUntil = known.goodUntil;
    return known.answer;
};
const invalidate = (local, elsewhere) => (next) => async (call) => {
    let answer;
    try {
        answer = await next(call);
        return answer;
    }
    finally {
        // Also when it failed: it may have arrived all the same.
        const tags = tagsOfWrite(call, answer);
        local.forget(tags);
        // Whoever hears of this write reads what is true after it, wherever that is.
        if (elsewhere)
            await elsewhere.invalidations.forget(tags);
    }
};
