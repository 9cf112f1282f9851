// One name for a request, in its answer, in each line of the log that it causes, and in the errors that only the log explains.
import { randomUUID } from 'node:crypto';
import { traceIdOf } from './trace.js';
export const REQUEST_ID = 'x-request-id';
/** It goes into logs and headers, so a client's own must be short and plain. */
const SANE = /^[\w.:@/+=~-]{1,128}$/;
/** What a line of the log says of the request that it is about. */
export const namesOf = ({ requestId, traceId }) => ({
    requestId,
    ...(traceId && { traceId }),
});
export const requestNamesOf = (request) => ({
    requestId: idOf(request),
    traceId: traceIdOf(request),
});
/** Comes first, so that all others know the names. */
export const useRequestId = () => ({
    onRequest: ({ request, serverContext }) => {
        Object.assign(serverContext, requestNamesOf(request));
    },
    // Yoga answers /livez before any plugin of ours sees the request.
    onResponse: ({ request, response, serverContext }) => response.headers.set(REQUEST_ID, serverContext.requestId ?? idOf(request)),
});
function idOf({ headers }) {
    const theirs = headers.get(REQUEST_ID) ?? '';
    return SANE.test(theirs) ? theirs : randomUUID();
}
