// The trace that a request belongs to: taken from its client, told in the log, and passed on to AWS.
/** W3C Trace Context, 3.2: version, trace id, parent id and flags; an id of zeros alone is none, nor is version ff. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
/** Section 3.3.1.5 of it: at least so many characters should be passed on. */
const TRACESTATE = /^[\x20-\x7e]{1,512}$/;
/** Undefined where none came that can be read: nobody is refused for it, and what was sent goes nowhere. */
export function traceOf({ headers }) {
    const traceparent = headers.get('traceparent') ?? '';
    if (!TRACEPARENT.test(traceparent))
        return undefined;
    const tracestate = headers.get('tracestate') ?? '';
    return TRACESTATE.test(tracestate) ? { traceparent, tracestate } : { traceparent };
}
export const traceIdOf = (request) => TRACEPARENT.exec(request.headers.get('traceparent') ?? '')?.[1];
