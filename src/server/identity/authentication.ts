// The identity of the caller. Checked before anything of a request but its headers is read.
import type { IncomingMessage } from 'node:http';
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import { anonymous, type Caller } from '../../context.ts';
import { addressOf, type Headers } from '../http/address.ts';

/** What brought the request, where it came over a network. */
interface Connection {
  req?: IncomingMessage;
}

/** Returns the caller, or rejects with the error of the response. */
export type Authenticate = (request: Headers, connection: Connection) => Caller | Promise<Caller>;

/** Without authentication only the address is known. */
export const authenticateAnonymously =
  (proxies: number): Authenticate =>
  (request, connection) =>
    anonymous(addressOf(request, connection, proxies));

/** In yoga's server context, from the parsing of the request on. */
export interface Authenticated {
  caller: Caller;
  /** Where it was asked before, with what it answered. */
  authenticated?: Caller | Promise<Caller>;
}

export const useAuthentication = (
  authenticate: Authenticate,
): Plugin<object, Authenticated & Connection> => ({
  // Yoga calls this for GraphQL requests only: health checks and the page of GraphiQL reveal nothing.
  onRequestParse: async ({ request, serverContext }) => {
    serverContext.caller = await (serverContext.authenticated ?? authenticate(request, serverContext));
  },
});

type TokenProblem = 'invalid_request' | 'invalid_token';

/** The challenge is that of RFC 6750, 3: without a problem where no token came. */
export function unauthenticated(message: string, problem?: TokenProblem) {
  const challenge = ['realm="ivs-graphql"'];
  if (problem) challenge.push(`error="${problem}"`, `error_description="${message.replace(/["\\]/g, "'")}"`);
  const headers = { 'www-authenticate': `Bearer ${challenge.join(', ')}` };
  return createGraphQLError(message, {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers } },
  });
}

/** No token is known to be bad, so the client should come back with the same one. */
export const keysUnavailable = (retryAfterSeconds: number) =>
  createGraphQLError("The token cannot be checked: the issuer's keys are not available at present", {
    extensions: {
      code: 'UNAUTHENTICATED',
      http: { status: 503, headers: { 'retry-after': String(retryAfterSeconds) } },
    },
  });
