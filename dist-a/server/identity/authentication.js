import { createGraphQLError } from 'graphql-yoga';
import { anonymous } from '../../context.js';
import { addressOf } from '../http/address.js';
/** Where nobody is asked who they are: the address is all that is known. */
export const authenticateAnonymously = (proxies) => (request, connection) => anonymous(addressOf(request, connection, proxies));
export const useAuthentication = (authenticate) => ({
    // Yoga calls this for what goes to GraphQL only: health checks and the page of GraphiQL tell nothing.
    onRequestParse: async ({ request, serverContext }) => {
        serverContext.caller = await (serverContext.authenticated ?? authenticate(request, serverContext));
    },
});
/** The challenge is that of RFC 6750, 3: without a problem where no token came. */
export function unauthenticated(message, problem) {
    const challenge = ['realm="ivs-graphql"'];
    if (problem)
        challenge.push(`error="${problem}"`, `error_description="${message.replace(/["\\]/g, "'")}"`);
    const headers = { 'www-authenticate': `Bearer ${challenge.join(', ')}` };
    return createGraphQLError(message, {
        extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers } },
    });
}
/** No token is known to be bad, so the client should come back with the same one. */
export const keysUnavailable = (retryAfterSeconds) => createGraphQLError("The token cannot be checked: the issuer's keys are not available at present", {
    extensions: {
        code: 'UNAUTHENTICATED',
        http: { status: 503, headers: { 'retry-after': String(retryAfterSeconds) } },
    },
});
