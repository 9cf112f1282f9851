import { cacheControl } from '../answer/http-caching.js';
import { headersOf } from '../http/address.js';
import { corsHeaders } from '../http/cors.js';
import { REQUEST_ID, requestNamesOf } from '../http/request-id.js';
const NO_CODES = new Set();
/** Writes a stored response, with what belongs to this request alone. */
export const sendWith = ({ responses, corsOrigins, isOpen, tell }) => (stored, { request, response, arrivedAt }) => {
    const names = requestNamesOf(headersOf(request));
    const headers = [...stored.headers, REQUEST_ID, names.requestId];
    for (const header of corsHeaders(corsOrigins, request.headers.origin))
        headers.push(...header);
    if (request.method === 'GET')
        headers.push('cache-control', cacheControl(isOpen, responses.leftMs(stored)));
    response.writeHead(200, headers);
    response.end(stored.body);
    tell({
        kind: 'query',
        outcome: 'ok',
        codes: NO_CODES,
        operationName: stored.operationName,
        names,
        status: 200,
        seconds: (performance.now() - arrivedAt) / 1000,
    });
};
