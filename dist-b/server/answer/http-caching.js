import { COST_HEADER } from '../http/cost-header.js';
/** What an answer depends on beside its URL. */
const VARY = `Accept, Authorization, ${COST_HEADER}`;
export const useHttpCaching = ({ isOpen }) => ({
    onResponse: ({ request, response: { headers }, serverContext: { answers = [] } }) => {
        if (request.method !== 'GET' || !isAnswer(headers))
            return;
        headers.append('vary', VARY);
        // A GET has one operation.
        const maxAgeMs = request.headers.has(COST_HEADER) ? undefined : answers[0]?.maxAgeMs;
        headers.set('cache-control', cacheControl(isOpen, maxAgeMs));
    },
});
/** RFC 9111, 3.5: what came for a token goes to nobody else's cache. */
export const cacheControl = (isOpen, maxAgeMs) => maxAgeMs === undefined ? 'no-store' : `${isOpen ? 'public' : 'private'}, max-age=${seconds(maxAgeMs)}`;
/** Whole, and never 0 while it holds: that would send all who ask at once on to us. */
const seconds = (ms) => Math.ceil(ms / 1000);
/** Of GraphQL; the page of GraphiQL, health and metrics have rules of their own. */
const isAnswer = (headers) => /json|multipart|event-stream/.test(headers.get('content-type') ?? '');
