// Requests of each caller: counted, and executed in turns.
import { finalAsyncIterator, isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { NodeContext } from '../http/address.ts';
import { turns } from '../http/turns.ts';
import type { Authenticated } from '../identity/authentication.ts';
import { type Admit, type Begun, endWith } from './admission.ts';

/** In yoga's server context. */
interface Admitted extends Authenticated, NodeContext {
  /** Where it was counted before. */
  begun?: Begun | Promise<Begun>;
}

export function useCallerLimits(admit: Admit): Plugin<object, Admitted> {
  const begun = new WeakMap<Request, Begun>();
  return {
    onRequestParse: async ({ request, serverContext }) => {
      const { caller, res } = serverContext;
      const one = await (serverContext.begun ?? admit(caller));
      begun.set(request, one);
      if (!serverContext.begun) endWith(res, one);
    },
    onParams: async ({ request, context, paramsHandler, setParamsHandler }) => {
      const one = begun.get(request);
      if (!one) return;
      // Only sockets wait for the turns of the event loop.
      if (context.res) await turns.next(one.caller, request.signal);
      setParamsHandler(async (payload) => {
        const result = await paramsHandler(payload);
        if (!isAsyncIterable(result)) return result;
        one.isInParts = true;
        return untilItEnds(result, request.signal, one.end);
      });
    },
    // What did not come over a socket has no other end.
    onResponse: ({ request, serverContext }) => {
      const one = begun.get(request);
      if (one && !serverContext.res && !one.isInParts) one.end();
    },
  };
}

/** A response in parts is in progress until its last part, or until its client leaves. */
function untilItEnds<Result>(parts: AsyncIterable<Result>, client: AbortSignal, done: () => void) {
  client.addEventListener('abort', done, { once: true });
  return finalAsyncIterator(parts as AsyncIterableIterator<Result>, done);
}
