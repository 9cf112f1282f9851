import { ResourceNotFoundError } from '../errors.js';
import { SharedFlights } from './shared-flights.js';
import { tagsOfRead } from './tags.js';
export function readThrough({ local, elsewhere, clock, lifetimeOf }, next) {
    const flights = elsewhere && new SharedFlights(elsewhere, clock);
    const dated = ({ kept, age }) => ({ ...kept, at: clock.now() - age });
    const fromReplicas = (call, { found, hasWaited }, miss) => {
        if (!found)
            return undefined;
        const response = dated(found);
        const goodUntil = local.goodUntil(response, call);
        if (local.set(call, response, miss))
            call.goodUntil = goodUntil;
        call.ledger.count(call, hasWaited ? 'coalesced' : 'cached');
        return found;
    };
    const fromAws = async (call, lookup, miss) => {
        const answer = await next(call);
        const lifetime = lifetimeOf(call.operation, answer);
        if (!lifetime)
            return answer;
        const listed = local.listed(call, miss, answer);
        const response = { answer, lifetime, listed, tags: tagsOfRead(call, answer) };
        const at = clock.now();
        if (!local.set(call, { ...response, at }, miss))
            return answer;
        call.goodUntil = at + lifetime.maxAge;
        if (lookup)
            elsewhere?.set(call.key, lookup, response);
        return answer;
    };
    return async (call) => {
        const miss = local.begin(call);
        let reservation;
        try {
            // A fresh read joins nobody.
            if (flights && !call.fresh)
                reservation = await flights.reserve(call, (found) => local.goodUntil(dated(found), call) !== undefined);
            const found = reservation && fromReplicas(call, reservation, miss);
            if (found)
                return found.kept.answer;
            const lookup = elsewhere && call.fresh ? await elsewhere.get(call.key) : reservation;
            return await fromAws(call, lookup, miss);
        }
        catch (error) {
            if (error instanceof ResourceNotFoundError) {
                local.delete(call);
                elsewhere?.drop(call.key);
            }
            throw error;
        }
        finally {
            local.end(miss);
            reservation?.release();
        }
    };
}
