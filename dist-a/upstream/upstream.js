// The only way to AWS. It knows no resource: a command goes in, what AWS answers comes out.
import { cache } from './cache/cache.js';
import { SharedCache } from './cache/shared-cache.js';
import { singleFlight } from './cache/single-flight.js';
import { systemClock } from './clock.js';
import { observed } from './observed.js';
import { quota } from './quota/quota.js';
import { ReadCounts } from './read-counts.js';
import { openRequest } from './request.js';
import { retries } from './retries.js';
import { createClients } from './sdk/clients.js';
import { withoutSecrets } from './sdk/secrets.js';
export function createUpstream({ regions, rates, cache: bounds, clock = systemClock, shared, observer = { called() { }, waited() { } }, ...options }) {
    const { send: sendToAws, ...clients } = createClients({ clock, ...options });
    const { layer: waitForQuota, budgetOf, facts: quotaFacts } = quota({ clock, rates, shared, observer });
    const elsewhere = shared && new SharedCache(shared, clock);
    const reads = new ReadCounts();
    const { hit, layer: readThrough, reuse, facts: cacheFacts } = cache({ clock, elsewhere, reads, ...bounds });
    /** In the order that a call meets them that is no hit: the cheaper answer first, and each attempt of a retry counted. */
    const layers = [
        singleFlight(elsewhere),
        readThrough,
        withoutSecrets,
        retries({ clock }),
        waitForQuota,
        observed(clock, observer),
    ];
    const send = layers.reduceRight((next, layer) => layer(next), sendToAws);
    return {
        ...clients,
        reuse,
        facts: () => ({ cache: cacheFacts(), reads: reads.facts(), quota: quotaFacts() }),
        open: (request) => openRequest({ regions, clock, hit, send, budgetOf, reads }, request),
    };
}
