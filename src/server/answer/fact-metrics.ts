// What the upstream and the replicas know at the moment that Prometheus asks: nothing is counted twice for it.
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Shared } from '../../upstream/shared.ts';
import type { Upstream } from '../../upstream/upstream.ts';

const CALL = ['service', 'region', 'operation'] as const;
type Labels = Record<(typeof CALL)[number], string>;

export function tellFacts(registry: Registry, upstream: Upstream, shared: Shared | undefined): void {
  const tell = teller(registry);
  tell.one('aws_calls_in_flight', 'Calls that are with AWS now', upstream.inFlight);
  tell.one('cache_entries', 'Answers that are kept', () => upstream.facts().cache.entries);
  tell.one('cache_bytes', 'Their size as JSON', () => upstream.facts().cache.bytes);
  const reads = () => upstream.facts().reads;
  tell.counts('cache_hits_total', 'Reads that a kept answer served', reads, ({ hits }) => hits);
  tell.counts('cache_misses_total', 'Reads sent to AWS', reads, ({ misses }) => misses);
  tell.counts(
    'calls_coalesced_total',
    'Reads that an equal one in flight served, of this replica or of another one',
    reads,
    ({ coalesced }) => coalesced,
  );
  const quota = () => upstream.facts().quota;
  tell.each('quota_waiting', 'Calls that wait for their turn', quota, ({ waiting }) => waiting);
  tell.each(
    'quota_oldest_wait_seconds',
    'How long the call has waited that waits longest',
    quota,
    ({ oldestMs }) => oldestMs / 1000,
  );
  tell.each('quota_available', 'Calls that could start at once', quota, ({ budget }) => budget.available);
  tell.each('quota_per_second', 'Calls a second that start now', quota, ({ budget }) => budget.perSecond);
  if (!shared) return;
  tell.one('redis_up', '1 while Redis answers; 0: this replica continues alone', () => Number(shared.isUp()));
  tell.one('replicas', 'Replicas on this Redis, this one included; when it was lost', () =>
    shared.replicas(),
  );
}

function teller(registry: Registry) {
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

const labelsOf = ({ service, region, operation }: Labels): Labels => ({ service, region, operation });
