// What the upstream and the replicas know at the moment that Prometheus asks: nothing is counted twice for it.
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Shared } from '../../upstream/shared.ts';
import type { Upstream } from '../../upstream/upstream.ts';

const CALL = ['service', 'account', 'region', 'operation'] as const;
/** Without an account where one is served. */
type Labels = Record<Exclude<(typeof CALL)[number], 'account'>, string> & { account?: string };

export interface ResponseCacheFacts {
  entries: number;
  bytes: number;
  hits: number;
  misses: number;
}

interface Sources {
  upstream: Upstream;
  responses?: { facts(): ResponseCacheFacts } | undefined;
  shared?: Shared | undefined;
}

export function registerFacts(registry: Registry, { upstream, responses, shared }: Sources): void {
  const gauges = gaugesOf(registry);
  gauges.one('aws_calls_in_flight', 'AWS calls in flight', upstream.inFlight);
  gauges.one('cache_entries', 'Responses in the cache', () => upstream.facts().cache.entries);
  gauges.one('cache_bytes', 'Size of the cached responses, as JSON', () => upstream.facts().cache.bytes);
  const reads = () => upstream.facts().reads;
  gauges.counts('cache_hits_total', 'Reads served from the cache', reads, ({ hits }) => hits);
  gauges.counts(
    'cache_misses_total',
    'Reads that neither the cache nor an identical read served',
    reads,
    ({ misses }) => misses,
  );
  gauges.counts(
    'calls_gathered_total',
    'Reads among the misses that were served by the batch or list call of another one',
    reads,
    ({ gathered }) => gathered,
  );
  gauges.counts(
    'calls_coalesced_total',
    'Reads served by an identical read in flight, of this replica or another one',
    reads,
    ({ coalesced }) => coalesced,
  );
  const quota = () => upstream.facts().quota;
  gauges.each('quota_waiting', 'Calls that wait for their turn', quota, ({ waiting }) => waiting);
  gauges.each(
    'quota_oldest_wait_seconds',
    'Wait of the call that has waited longest',
    quota,
    ({ oldestMs }) => oldestMs / 1000,
  );
  gauges.each('quota_available', 'Calls that could start at once', quota, ({ budget }) => budget.available);
  gauges.each('quota_per_second', 'Calls a second that start now', quota, ({ budget }) => budget.perSecond);
  if (responses) registerResponses(gauges, responses);
  if (!shared) return;
  gauges.one('redis_up', '1 while Redis responds; 0: this replica continues alone', () =>
    Number(shared.isUp()),
  );
  gauges.one('replicas', 'Replicas on this Redis, this one included; when it was lost', () =>
    shared.replicas(),
  );
}

function registerResponses(
  gauges: ReturnType<typeof gaugesOf>,
  responses: NonNullable<Sources['responses']>,
): void {
  gauges.one(
    'response_cache_entries',
    'Complete responses in the response cache',
    () => responses.facts().entries,
  );
  gauges.one('response_cache_bytes', 'Size of the response cache', () => responses.facts().bytes);
  gauges.count(
    'response_cache_hits_total',
    'Requests served from the response cache',
    () => responses.facts().hits,
  );
  gauges.count(
    'response_cache_misses_total',
    'Requests executed because the response cache had no response',
    () => responses.facts().misses,
  );
}

function gaugesOf(registry: Registry) {
  const registers = [registry];
  const named = (name: string, help: string) => ({ name: `ivs_graphql_${name}`, help, registers });
  return {
    one: (name: string, help: string, read: () => number) =>
      new Gauge({
        ...named(name, help),
        collect() {
          this.set(read());
        },
      }),
    count: (name: string, help: string, read: () => number) =>
      new Counter({
        ...named(name, help),
        collect() {
          this.reset();
          this.inc(read());
        },
      }),
    each: <Fact extends Labels>(
      name: string,
      help: string,
      facts: () => Fact[],
      read: (fact: Fact) => number,
    ) =>
      new Gauge({
        ...named(name, help),
        labelNames: CALL,
        collect() {
          this.reset();
          for (const fact of facts()) this.set(labelsOf(fact), read(fact));
        },
      }),
    counts: <Fact extends Labels>(
      name: string,
      help: string,
      facts: () => Fact[],
      read: (fact: Fact) => number,
    ) =>
      new Counter({
        ...named(name, help),
        labelNames: CALL,
        collect() {
          this.reset();
          for (const fact of facts()) this.inc(labelsOf(fact), read(fact));
        },
      }),
  };
}

const labelsOf = ({ service, account, region, operation }: Labels): Labels => ({
  service,
  ...(account !== undefined && { account }),
  region,
  operation,
});
