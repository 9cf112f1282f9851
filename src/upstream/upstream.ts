// The only way to AWS. It knows no resource: a command goes in, AWS's output comes out.
import type { Target } from './arn.ts';
import { type CacheFacts, type CacheOptions, cache, type Reuse } from './cache/cache.ts';
import { type EventLogOptions, LocalEventLog } from './cache/event-log.ts';
import { SharedCache } from './cache/shared-cache.ts';
import { SharedEventLog } from './cache/shared-event-log.ts';
import { singleFlight } from './cache/single-flight.ts';
import { createWriteLog } from './cache/write-log.ts';
import type { Layer, Send } from './call.ts';
import type { EventLog, Write } from './changes.ts';
import { type Clock, systemClock } from './clock.ts';
import { gather } from './gather/gather.ts';
import { type Observer, observed, placed, traced } from './observed.ts';
import type { Rates } from './quota/limits.ts';
import { type QuotaFacts, quota } from './quota/quota.ts';
import { ReadCounts, type ReadFacts } from './read-counts.ts';
import { openRequest, type RequestOptions, type UpstreamRequest } from './request.ts';
import { retries } from './retries.ts';
import { type ClientOptions, createClients } from './sdk/clients.ts';
import { withoutSecrets } from './sdk/secrets.ts';
import { Served } from './served.ts';
import type { Shared } from './shared.ts';
import { showServedBy, type Tracing } from './tracing.ts';

export type { Reuse } from './cache/cache.ts';
export type { Sources } from './ledger.ts';
export type { RequestOptions, SendCommand, UpstreamRequest } from './request.ts';

export interface UpstreamOptions extends Omit<ClientOptions, 'stsRegion'> {
  /** The regions that may be called. */
  regions: readonly string[];
  /** Of STS, where roles are assumed. Absent: the first region. */
  stsRegion?: string | undefined;
  /** Call rates that differ from the published ones. */
  rates?: Rates | undefined;
  /** Size of the cache. */
  cache?: Pick<CacheOptions, 'maxEntries' | 'maxBytes'> | undefined;
  clock?: Clock | undefined;
  /** What the replicas of the gateway have in common; absent, there is only this one. */
  shared?: Shared | undefined;
  /** How long subscribers can continue behind a cursor, in milliseconds. */
  replayMs?: number | undefined;
  /** Receives each call to AWS, and each wait for quota. */
  observer?: Observer | undefined;
  /** Shows calls, waits and shared reads in traces. */
  tracing?: Tracing | undefined;
}

/** How long subscribers can continue behind a cursor, where nothing else is said. */
export const REPLAY_MS = 600_000;

export interface Upstream {
  open(request: RequestOptions): UpstreamRequest;
  /** Where a call to it would go. Throws for what is not served. */
  resolve(target: Target): Target;
  reuse: Reuse;
  /** For changes that were made elsewhere. */
  events: EventLog;
  /** The listener receives each write of this gateway that AWS has carried out. */
  onWrite(listener: (write: Write) => void): void;
  /** Rejects when the credential chain finds nothing. Returns the account of the credentials, where the chain knows it. */
  checkCredentials(): Promise<string | undefined>;
  /** Whether AWS has just refused the gateway's credentials in all accounts, and taken them nowhere. */
  areCredentialsRefused(): boolean;
  /** Calls that are with AWS now. */
  inFlight(): number;
  /** What is kept and who waits, now, and how reads were served since the start. */
  facts(): { cache: CacheFacts; reads: ReadFacts[]; quota: QuotaFacts[] };
  close(): void;
}

export function createUpstream({
  regions,
  accounts,
  stsRegion = regions[0] as string,
  rates,
  cache: bounds,
  clock = systemClock,
  shared,
  replayMs = REPLAY_MS,
  observer = { called() {}, waited() {} },
  tracing,
  ...options
}: UpstreamOptions): Upstream {
  const { send: sendToAws, ...clients } = createClients({ clock, accounts, stsRegion, ...options });
  const watched = { clock, rates, shared, observer, tracing };
  const { layer: waitForQuota, budgetOf, facts: quotaFacts } = quota(watched);
  const elsewhere = shared && new SharedCache(shared, clock);
  const { events, invalidations } = eventLogOf({ clock, replayMs }, shared, elsewhere);
  const served = new Served({ regions, accounts: accounts?.map(({ id }) => id) });
  const reads = new ReadCounts();
  const writes = createWriteLog();
  const showServed = showServedBy(clock, tracing);
  const caching = { clock, elsewhere, invalidations, reads, showServed, ...bounds };
  const { hit, layer: readThrough, reuse, facts: cacheFacts } = cache(caching);
  /** In the order that a call meets them that is no hit: the cheaper source first, and each attempt of a retry counted. */
  const layers: Layer[] = [
    ...(tracing ? [placed(tracing)] : []),
    // Outside of what forgets: listeners hear of a write when the replicas do not reuse older responses any more.
    writes.layer,
    singleFlight(elsewhere, invalidations, showServed),
    readThrough,
    withoutSecrets,
    retries({ clock }),
    gather({ clock, reads, showServed, hit, read: (call) => send(call) }),
    waitForQuota,
    observed(clock, observer),
    ...(tracing ? [traced(tracing)] : []),
  ];
  const send: Send = layers.reduceRight((next, layer) => layer(next), sendToAws);

  return {
    ...clients,
    resolve: (target) => served.resolve(target),
    reuse,
    events,
    onWrite: writes.listen,
    facts: () => ({ cache: cacheFacts(), reads: reads.facts(), quota: quotaFacts() }),
    open: (request) => openRequest({ served, clock, hit, send, budgetOf, reads }, request),
  };
}

/** The log, and what reports changes that were made elsewhere. */
function eventLogOf(
  options: EventLogOptions,
  shared: Shared | undefined,
  elsewhere: SharedCache | undefined,
) {
  if (shared && elsewhere) {
    const { invalidations } = elsewhere;
    return { events: new SharedEventLog({ ...options, shared, invalidations }), invalidations };
  }
  const events = new LocalEventLog(options);
  return { events, invalidations: events };
}
