// Whose fault it is when something fails: alarms are for what the gateway and AWS cannot do, not for what was asked wrongly.
import { GraphQLError } from 'graphql';
import { UpstreamError } from '../../upstream/errors.js';
/** From the least to the worst. */
const FAILURES = ['client_error', 'throttled', 'upstream_error', 'error'];
const UPSTREAM = /^(UPSTREAM_\w+|STREAM_UNAVAILABLE)$/;
/** As the client gets it: before execution ends, what will be masked is not masked yet. */
export function codeOf({ originalError, extensions }) {
    const isMasked = originalError && !(originalError instanceof GraphQLError) && !(originalError instanceof UpstreamError);
    if (isMasked)
        return 'INTERNAL_SERVER_ERROR';
    return typeof extensions.code === 'string' ? extensions.code : 'BAD_USER_INPUT';
}
function failureOf(code) {
    if (code === 'INTERNAL_SERVER_ERROR')
        return 'error';
    if (code === 'THROTTLED')
        return 'throttled';
    return UPSTREAM.test(code) ? 'upstream_error' : 'client_error';
}
/** Of a limit that is checked before execution. */
const REFUSED = /^QUERY_TOO_\w+$/;
export function outcomeOf({ codes, isServed, signal }) {
    if (codes.some((code) => REFUSED.test(code)))
        return 'refused';
    const failures = codes.map(failureOf);
    const worst = FAILURES.findLast((failure) => failures.includes(failure));
    if (!worst)
        return 'ok';
    // What fails then does so because nobody waits for it.
    if (signal.aborted)
        return 'cancelled';
    return worst !== 'client_error' && isServed ? 'partial' : worst;
}
