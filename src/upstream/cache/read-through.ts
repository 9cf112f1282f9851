// A read that this process has not cached: from the replicas' cache, or else from AWS, for the next one like it.
import type { Call, Send } from '../call.ts';
import type { Clock } from '../clock.ts';
import { ResourceNotFoundError } from '../errors.ts';
import type { ShowServed } from '../tracing.ts';
import type { LifetimeOf } from './lifetimes.ts';
import type { LocalCache, Miss } from './local-cache.ts';
import type { Found, Lookup, SharedCache } from './shared-cache.ts';
import { type Reservation, SharedFlights } from './shared-flights.ts';
import { tagsOfRead } from './tags.ts';

interface Caches {
  local: LocalCache;
  elsewhere: SharedCache | undefined;
  clock: Clock;
  lifetimeOf: LifetimeOf;
  showServed?: ShowServed | undefined;
}

export function readThrough({ local, elsewhere, clock, lifetimeOf, showServed }: Caches, next: Send): Send {
  const flights = elsewhere && new SharedFlights(elsewhere, clock, showServed);
  const dated = ({ kept, age }: Found) => ({ ...kept, at: clock.now() - age });

  const fromReplicas = (call: Call, { found, hasWaited }: Reservation, miss: Miss): Found | undefined => {
    if (!found) return undefined;
    const response = dated(found);
    const goodUntil = local.goodUntil(response, call);
    if (local.set(call, response, miss)) call.goodUntil = goodUntil;
    call.ledger.count(call, hasWaited ? 'coalesced' : 'cached');
    return found;
  };

  const fromAws = async (call: Call, lookup: Lookup | undefined, miss: Miss): Promise<unknown> => {
    const answer = await next(call);
    // It is cached with its list, and is not what others get of this call.
    call.goodUntil = call.brief?.page?.goodUntil;
    if (call.goodUntil !== undefined) return answer;
    const lifetime = lifetimeOf(call.operation, answer);
    if (!lifetime) return answer;
    const listed = local.listed(call, miss, answer);
    const response = { answer, lifetime, listed, tags: tagsOfRead(call, answer) };
    const at = clock.now();
    if (!local.set(call, { ...response, at }, miss)) return answer;
    call.goodUntil = at + lifetime.maxAge;
    if (lookup) elsewhere?.set(call.key, lookup, response);
    return answer;
  };

  return async (call) => {
    const miss = local.begin(call);
    let reservation: Reservation | undefined;
    try {
      // A fresh read joins no other.
      if (flights && !call.fresh)
        reservation = await flights.reserve(
          call,
          (found) => local.goodUntil(dated(found), call) !== undefined,
        );
      const found = reservation && fromReplicas(call, reservation, miss);
      if (found) return found.kept.answer;
      const lookup = elsewhere && call.fresh ? await elsewhere.get(call.key) : reservation;
      return await fromAws(call, lookup, miss);
    } catch (error) {
      if (error instanceof ResourceNotFoundError) {
        local.delete(call);
        elsewhere?.drop(call.key);
      }
      throw error;
    } finally {
      local.end(miss);
      reservation?.release();
    }
  };
}
