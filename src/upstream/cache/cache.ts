// Answers that are given again while they are young, to whoever asks. A write of ours forgets what it may have changed.
import { isDeepStrictEqual } from 'node:util';
import type { Call, Layer, Send } from '../call.ts';
import { type Clock, systemClock } from '../clock.ts';
import { ResourceNotFoundError } from '../errors.ts';
import { type LifetimeOf, lifetimeOf as ofTable } from './lifetimes.ts';
import type { Found, Lookup, SharedCache } from './shared-cache.ts';
import { type Reservation, SharedFlights } from './shared-flights.ts';
import { type Kept, type Reading, Store } from './store.ts';
import { tagsOfRead, tagsOfWrite } from './tags.ts';

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

export function cache({
  clock = systemClock,
  lifetimeOf = ofTable,
  maxEntries = MAX_ENTRIES,
  maxBytes = MAX_BYTES,
  elsewhere,
}: CacheOptions = {}): { layer: Layer; facts(): CacheFacts } {
  const store = new Store(maxEntries, maxBytes);
  const found = { hits: 0, misses: 0 };
  const flights = elsewhere && new SharedFlights(elsewhere, clock);
  elsewhere?.onForgotten((tags) => store.forget(tags));

  const layer: Layer = (next) => {
    const read: Send = async (call) => {
      const known = call.fresh ? undefined : store.get(call.key);
      if (known && isGood(known, call, clock.now())) {
        call.goodUntil = endOf(known, call);
        call.ledger.count(call, 'cached');
        found.hits += 1;
        return known.answer;
      }
      found.misses += 1;
      const reading = store.begin();
      let reservation: Reservation | undefined;
      try {
        // A fresh read joins nobody.
        if (flights && !call.fresh)
          reservation = await flights.reserve(call, (one) => isGood(dated(one, clock), call, clock.now()));
        if (reservation?.found) {
          const kept = dated(reservation.found, clock);
          if (store.keep(call.key, kept, kept.at, reading)) call.goodUntil = endOf(kept, call);
          call.ledger.count(call, reservation.hasWaited ? 'coalesced' : 'cached');
          return kept.answer;
        }
        const lookup = elsewhere && call.fresh ? await elsewhere.get(call.key) : reservation;
        const answer = await next(call);
        learn(call, answer, reading, lookup);
        return answer;
      } catch (error) {
        if (error instanceof ResourceNotFoundError) drop(call.key);
        throw error;
      } finally {
        store.end(reading);
        reservation?.release();
      }
    };

    const learn = (call: Call, answer: unknown, reading: Reading, lookup: Lookup | undefined): void => {
      const { key, operation, listed } = call;
      const lifetime = lifetimeOf(operation, answer);
      if (!lifetime) return;
      const kept = { answer, lifetime, listed, tags: tagsOfRead(call, answer) };
      const at = clock.now();
      if (!store.keep(key, kept, at, reading)) return;
      call.goodUntil = endOf({ ...kept, at }, call);
      if (lookup) elsewhere?.set(key, lookup, kept);
    };

    const drop = (key: string): void => {
      store.delete(key);
      elsewhere?.drop(key);
    };

    const write = forgetting(store, elsewhere)(next);
    return (call) => {
      if (!call.operation.isRead) return write(call);
      return call.secrets ? next(call) : read(call);
    };
  };
  return { layer, facts: () => ({ ...store.size(), ...found }) };
}

const forgetting =
  (store: Store, elsewhere: SharedCache | undefined): Layer =>
  (next) =>
  async (call) => {
    let answer: unknown;
    try {
      answer = await next(call);
      return answer;
    } finally {
      // Also when it failed: it may have arrived all the same.
      const tags = tagsOfWrite(call, answer);
      store.forget(tags);
      // Whoever hears of this write reads what is true after it, wherever that is.
      if (elsewhere) await elsewhere.forget(tags);
    }
  };

const dated = ({ kept, age }: Found, clock: Clock) => ({ ...kept, at: clock.now() - age });

const isGood = (kept: Kept & { at: number }, call: Call, time: number): boolean => time < endOf(kept, call);

/** Until when an answer may be given, to one who knows what a list says now or does not. */
function endOf({ at, lifetime, listed: before }: Kept & { at: number }, { listed: now }: Call): number {
  const { maxAge, maxAgeWhileUnchanged } = lifetime;
  if (maxAgeWhileUnchanged === undefined || !before || !now) return at + maxAge;
  return isDeepStrictEqual(before, now) ? at + maxAgeWhileUnchanged : at;
}
