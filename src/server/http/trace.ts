// The trace of a request: read from its headers, logged, and passed on to AWS.
import type { Trace } from '../../upstream/call.ts';
import type { Headers } from './address.ts';

/** W3C Trace Context, 3.2: version, trace id, parent id and flags; an id of zeros alone is none, nor is version ff. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
/** Section 3.3.1.5 of it: at least so many characters should be passed on. */
const TRACESTATE = /^[\x20-\x7e]{1,512}$/;

/** Undefined without a readable header: the request is served all the same, and the header is dropped. */
export function traceOf({ headers }: Request): Trace | undefined {
  const traceparent = headers.get('traceparent') ?? '';
  if (!TRACEPARENT.test(traceparent)) return undefined;
  const tracestate = headers.get('tracestate') ?? '';
  return TRACESTATE.test(tracestate) ? { traceparent, tracestate } : { traceparent };
}

export const traceIdOf = (request: Headers): string | undefined =>
  TRACEPARENT.exec(request.headers.get('traceparent') ?? '')?.[1];
