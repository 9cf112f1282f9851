// Responses of AWS are reused while they are young. A write of ours forgets what it may have changed.
import type { Call, Layer, Send } from '../call.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { Sources } from '../ledger.ts';
import { ReadCounts } from '../read-counts.ts';
import type { ShowServed } from '../tracing.ts';
import type { Invalidations } from './invalidations.ts';
import { type LifetimeOf, lifetimeOf as ofTable } from './lifetimes.ts';
import { type Hit, LocalCache } from './local-cache.ts';
import { readThrough } from './read-through.ts';
import type { SharedCache } from './shared-cache.ts';
import { tagsOfWrite } from './tags.ts';

export interface CacheOptions {
  clock?: Clock | undefined;
  lifetimeOf?: LifetimeOf | undefined;
  maxEntries?: number | undefined;
  maxBytes?: number | undefined;
  /** What the replicas keep together; absent, this one keeps for itself. */
  elsewhere?: SharedCache | undefined;
  /** Reports what was changed elsewhere; absent, what other replicas have written. */
  invalidations?: Pick<Invalidations, 'onForgotten'> | undefined;
  reads?: ReadCounts | undefined;
  showServed?: ShowServed | undefined;
}

/** Some 30 operations at 5 a second fill 1,500 in the 10 seconds that most live; the rest is for regions and the past. */
const MAX_ENTRIES = 20_000;
/** Of JSON, about 1.6 KB for each entry; measured as objects: 54 MB of heap when full. */
const MAX_BYTES = 32 * 1024 * 1024;

/** How much this process keeps. */
export interface CacheFacts {
  entries: number;
  bytes: number;
}

interface Cache {
  /** Needs nothing of what a call needs that waits: no flight, no timer, no promise. */
  hit(call: Call): Hit | undefined;
  /** For what is no hit. */
  layer: Layer;
  reuse: Reuse;
  facts(): CacheFacts;
}

/** For reuse of what was made from cached responses. */
export interface Reuse {
  /**
   * Calls `onGone` once when the first of these responses is replaced or removed. Returns a function that stops that;
   * undefined if one is replaced or removed already.
   */
  watch(sources: Sources, onGone: () => void): (() => void) | undefined;
  /** Whether all completed writes of other replicas are known here. */
  isCurrent(): boolean;
  /** Resolves when that is so, or Redis is lost. */
  catchUp(): Promise<void>;
}

export function cache({
  clock = systemClock,
  lifetimeOf = ofTable,
  maxEntries = MAX_ENTRIES,
  maxBytes = MAX_BYTES,
  elsewhere,
  invalidations = elsewhere?.invalidations,
  reads = new ReadCounts(),
  showServed,
}: CacheOptions = {}): Cache {
  const local = new LocalCache(clock, maxEntries, maxBytes);
  invalidations?.onForgotten((tags) => local.forget(tags));

  const hit = (call: Call): Hit | undefined => {
    const known = call.operation.isRead && !call.fresh && !call.secrets ? local.get(call) : undefined;
    if (!known || elsewhere?.lease.isHeld() === false) return undefined;
    call.ledger.count(call, 'cached');
    return known;
  };

  const layer: Layer = (next) => {
    const nextCounted: Send = (call) => {
      reads.count(call, 'misses');
      return next(call);
    };
    const read = readThrough({ local, elsewhere, clock, lifetimeOf, showServed }, nextCounted);
    const write = invalidate(local, elsewhere)(next);
    const renewing = elsewhere && renewLease(elsewhere, hit)(read);
    return (call) => {
      if (!call.operation.isRead) return write(call);
      if (call.secrets) return nextCounted(call);
      return renewing && !call.fresh && local.get(call) ? renewing(call) : read(call);
    };
  };
  const reuse: Reuse = {
    watch: (sources, onGone) => local.watch(sources, onGone),
    isCurrent: () => elsewhere?.lease.isHeld() ?? true,
    catchUp: async () => elsewhere?.lease.renew(),
  };
  return { hit, layer, reuse, facts: () => local.size() };
}

/** Of what only lacks a lease: one question to Redis for all of a request, not one for each read. */
const renewLease =
  ({ lease }: SharedCache, hit: Cache['hit']): Layer =>
  (next) =>
  async (call) => {
    await lease.renew();
    const known = hit(call);
    if (!known) return next(call);
    call.goodUntil = known.goodUntil;
    return known.answer;
  };

const invalidate =
  (local: LocalCache, elsewhere: SharedCache | undefined): Layer =>
  (next) =>
  async (call) => {
    let answer: unknown;
    try {
      answer = await next(call);
      return answer;
    } finally {
      // Also when it failed: it may have arrived all the same.
      const tags = tagsOfWrite(call, answer);
      local.forget(tags);
      if (elsewhere) {
        await elsewhere.invalidations.forget(tags);
        // A read of this process can still find the old response in Redis until then: a script that Redis does not know is
        // sent twice, and commands pass in between.
        local.forget(tags);
      }
    }
  };
