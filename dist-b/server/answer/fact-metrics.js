// What the upstream and the replicas know at the moment that Prometheus asks: nothing is counted twice for it.
import { Counter, Gauge } from 'prom-client';
const CALL = ['service', 'region', 'operation'];
export function tellFacts(registry, { upstream, responses, shared }) {
    const tell = teller(registry);
    tell.one('aws_calls_in_flight', 'Calls that are with AWS now', upstream.inFlight);
    tell.one('cache_entries', 'Answers that are kept', () => upstream.facts().cache.entries);
    tell.one('cache_bytes', 'Their size as JSON', () => upstream.facts().cache.bytes);
    const reads = () => upstream.facts().reads;
    tell.counts('cache_hits_total', 'Reads that a kept answer served', reads, ({ hits }) => hits);
    tell.counts('cache_misses_total', 'Reads sent to AWS', reads, ({ misses }) => misses);
    tell.counts('calls_coalesced_total', 'Reads that an equal one in flight served, of this replica or of another one', reads, ({ coalesced }) => coalesced);
    const quota = () => upstream.facts().quota;
    tell.each('quota_waiting', 'Calls that wait for their turn', quota, ({ waiting }) => waiting);
    tell.each('quota_oldest_wait_seconds', 'How long the call has waited that waits longest', quota, ({ oldestMs }) => oldestMs / 1000);
    tell.each('quota_available', 'Calls that could start at once', quota, ({ budget }) => budget.available);
    tell.each('quota_per_second', 'Calls a second that start now', quota, ({ budget }) => budget.perSecond);
    if (responses)
        tellResponses(tell, responses);
    if (!shared)
        return;
    tell.one('redis_up', '1 while Redis answers; 0: this replica continues alone', () => Number(shared.isUp()));
    tell.one('replicas', 'Replicas on this Redis, this one included; when it was lost', () => shared.replicas());
}
function tellResponses(tell, responses) {
    tell.one('response_cache_entries', 'Complete responses that are stored', () => responses.facts().entries);
    tell.one('response_cache_bytes', 'Their size, with what finds them', () => responses.facts().bytes);
    tell.count('response_cache_hits_total', 'Requests that a stored response served', () => responses.facts().hits);
    tell.count('response_cache_misses_total', 'Requests that could have been served so and were executed', () => responses.facts().misses);
}
function teller(registry) {
    const registers = [registry];
    const named = (name, help) => ({ name: `ivs_graphql_${name}`, help, registers });
    return {
        one: (name, help, read) => new Gauge({
            ...named(name, help),
            collect() {
                this.set(read());
            },
        }),
        count: (name, help, read) => new Counter({
            ...named(name, help),
            collect() {
                this.reset();
                this.inc(read());
            },
        }),
        each: (name, help, facts, read) => new Gauge({
            ...named(name, help),
            labelNames: CALL,
            collect() {
                this.reset();
                for (const fact of facts())
                    this.set(labelsOf(fact), read(fact));
            },
        }),
        counts: (name, help, facts, read) => new Counter({
            ...named(name, help),
            labelNames: CALL,
            collect() {
                this.reset();
                for (const fact of facts())
                    this.inc(labelsOf(fact), read(fact));
            },
        }),
    };
}
const labelsOf = ({ service, region, operation }) => ({ service, region, operation });
