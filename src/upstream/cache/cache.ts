// Responses of AWS are reused while they are young. A write of ours forgets what it may have changed.
import type { Call, Layer, Send } from '../call.ts';
import { type Clock, systemClock } from '../clock.ts';
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
}

/** Some 30 operations at 5 a second fill 1,500 in the 10 seconds that most live; the rest is for regions and the past. */
const MAX_ENTRIES = 20_000;
/** Of JSON, about 1.6 KB for each entry; measured as objects: 54 MB of heap when full. */
const MAX_BYTES = 32 * 1024 * 1024;

/** How much this process keeps, and how often that was enough since the start. */
export interface CacheFacts {
  entries: number;
  bytes: number;
  hits: number;
  misses: number;
}

interface Cache {
  /** Needs nothing of what a call needs that waits: no flight, no timer, no promise. */
  hit(call: Call): Hit | undefined;
  /** For what is no hit. */
  layer: Layer;
  facts(): CacheFacts;
}

export function cache({
  clock = systemClock,
  lifetimeOf = ofTable,
  maxEntries = MAX_ENTRIES,
  maxBytes = MAX_BYTES,
  elsewhere,
}: CacheOptions = {}): Cache {
  const local = new LocalCache(clock, maxEntries, maxBytes);
  const counts = { hits: 0, misses: 0 };
  elsewhere?.invalidations.onForgotten((tags) => local.forget(tags));

  const hit = (call: Call): Hit | undefined => {
    const known = call.operation.isRead && !call.fresh && !call.secrets ? local.get(call) : undefined;
    if (!known || elsewhere?.lease.isHeld() === false) return undefined;
    call.ledger.count(call, 'cached');
    counts.hits += 1;
    return known;
  };

  const layer: Layer = (next) => {
    const read = readThrough({ local, elsewhere, clock, lifetimeOf }, next);
    const write = invalidate(local, elsewhere)(next);
    const readCounted: Send = (call) => {
      counts.misses += 1;
      return read(call);
    };
    const renewing = elsewhere && renewLease(elsewhere, hit)(readCounted);
    return (call) => {
      if (!call.operation.isRead) return write(call);
      if (call.secrets) return next(call);
      return renewing && !call.fresh && local.get(call) ? renewing(call) : readCounted(call);
    };
  };
  return { hit, layer, facts: () => ({ ...local.size(), ...counts }) };
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
      // Whoever hears of this write reads what is true after it, wherever that is.
      if (elsewhere) await elsewhere.invalidations.forget(tags);
    }
  };
