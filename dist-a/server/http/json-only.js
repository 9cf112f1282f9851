import { createGraphQLError } from 'graphql-yoga';
/**
 * Takes a POST only as JSON. A form on any web page can post the other types to a gateway that its visitor can reach,
 * without asking first; JSON makes the browser ask (CORS preflight), and the answer is no.
 */
export const useJsonOnly = () => ({
    onRequestParse: ({ request }) => {
        const type = request.headers.get('content-type') ?? '';
        if (request.method === 'POST' && !isJson(type))
            throw notJson(type);
        // Inflated, a small body may be any size; nothing here needs one that is not sent as it is.
        const encoding = request.headers.get('content-encoding') ?? 'identity';
        if (encoding.toLowerCase() !== 'identity')
            throw notPlain(encoding);
    },
});
export const isJson = (type) => /^application\/(graphql\+)?json\s*(;|$)/i.test(type);
const notPlain = (encoding) => createGraphQLError(`Expected a body without content-encoding, got: ${JSON.stringify(encoding.slice(0, 100))}`, { extensions: { code: 'BAD_USER_INPUT', http: { status: 415 } } });
const notJson = (type) => createGraphQLError(`Expected content-type application/json, got: ${JSON.stringify(type.slice(0, 100))}`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 415 } },
});
