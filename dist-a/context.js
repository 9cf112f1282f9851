// What a resolver gets.
import { initContextCache } from '@pothos/core';
import { Bounds } from './access/bounds.js';
import { guard } from './access/guard.js';
/** read: any query · write: make, change, delete · moderate: disconnect, revoke, stop, put metadata · token · secret */
export const scopes = ['ivs:read', 'ivs:write', 'ivs:moderate', 'ivs:token', 'ivs:secret'];
/** Where nobody is asked who they are, everybody may do everything. */
export const anonymous = (subject) => ({ subject, scopes: allScopes });
const allScopes = new Set(scopes);
export function createRequestContext({ upstream, defaultTarget, caller, log, audit, signal, ...request }) {
    const bounds = new Bounds(caller.resources);
    const openUpstream = () => {
        const opened = upstream.open({ ...request, signal });
        return {
            ...opened,
            send: guard(opened.send, caller, bounds),
            sendOnce: guard(opened.sendOnce, caller, bounds),
            sendToEnd: guard(opened.sendToEnd, caller, bounds),
            revealSecrets: () => {
                if (caller.scopes.has('ivs:secret'))
                    opened.revealSecrets();
            },
        };
    };
    return { defaultTarget, log, caller, bounds, signal, audit, openUpstream };
}
/** A context for one operation. Takes of `request` only what is the request's: it may be the context of another operation. */
export const createOperationContext = ({ defaultTarget, log, caller, bounds, signal, audit, openUpstream, }) => ({
    defaultTarget,
    log,
    caller,
    bounds,
    signal,
    audit,
    openUpstream,
    ...openUpstream(),
    trail: newTrail(),
    reads: new Map(),
    facts: new Map(),
    // Pothos keeps what its plugins know of an operation under this.
    ...initContextCache(),
});
export const newTrail = () => ({ arns: [], awsRequestIds: [], counts: {} });
/** Makes one value for each operation, such as a loader, and a new one after each write of the operation. */
export const readCache = (create) => cacheIn('reads', create);
/** Makes one value for each operation, which its writes do not clear. */
export const operationCache = (create) => cacheIn('facts', create);
function cacheIn(member, create) {
    return (context) => {
        const cache = context[member];
        if (!cache.has(create))
            cache.set(create, create(context));
        return cache.get(create);
    };
}
