// Requests of each caller: counted, and executed in turns.
import { finalAsyncIterator, isAsyncIterable } from 'graphql-yoga';
import { turns } from '../http/turns.js';
import { endWith } from './admission.js';
export function useCallerLimits(admit) {
    const begun = new WeakMap();
    return {
        onRequestParse: async ({ request, serverContext }) => {
            const { caller, res } = serverContext;
            const one = await (serverContext.begun ?? admit(caller));
            begun.set(request, one);
            if (!serverContext.begun)
                endWith(res, one);
        },
        onParams: async ({ request, context, paramsHandler, setParamsHandler }) => {
            const one = begun.get(request);
            if (!one)
                return;
            // Only sockets wait for the turns of the event loop.
            if (context.res)
                await turns.next(one.caller, request.signal);
            setParamsHandler(async (payload) => {
                const result = await paramsHandler(payload);
                if (!isAsyncIterable(result))
                    return result;
                one.isInParts = true;
                return untilItEnds(result, request.signal, one.end);
            });
        },
        // What did not come over a socket has no other end.
        onResponse: ({ request, serverContext }) => {
            const one = begun.get(request);
            if (one && !serverContext.res && !one.isInParts)
                one.end();
        },
    };
}
/** An answer in parts is at work until its last part, or until nobody waits for it any more. */
function untilItEnds(parts, client, done) {
    client.addEventListener('abort', done, { once: true });
    return finalAsyncIterator(parts, done);
}
