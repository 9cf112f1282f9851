// HTTP in, GraphQL out.
import { createServer, type Server } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { createYoga, useReadinessCheck } from 'graphql-yoga';
import type { Logger } from 'pino';
import { createContext } from '../context.ts';
import { type Clock, systemClock } from '../upstream/clock.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { auditTo } from './audit.ts';
import { type Authenticate, asAnybody, createAuthentication } from './authentication.ts';
import { useCost } from './cost.ts';
import { maskError, useErrorLog } from './errors.ts';
import { graphiql, renderGraphiQL } from './graphiql.ts';
import { useJsonOnly } from './json-only.ts';
import { requestIdOf, useRequestId } from './request-id.ts';
import { useSecrets } from './secrets.ts';
import { createTokenEnd } from './token-end.ts';

/** Far above any query; an introspection has about 2 KB, 5,000 revocation pairs about 1 MB. */
const MAX_BODY_BYTES = 1024 * 1024;

/** The directive of RFC 9111, 5.2.1.4, among others. */
const NO_CACHE = /(^|,)\s*no-cache\s*(,|$)/i;

export interface GatewayOptions {
  schema: GraphQLSchema;
  upstream: Upstream;
  defaultRegion: string;
  requestTimeoutMs: number;
  log: Logger;
  /** Who asks; anybody, where it is absent. */
  authenticate?: Authenticate;
  /** For the ends of tokens. */
  clock?: Clock;
  now?: () => number;
  /** False while starting and while draining. */
  isReady?: () => boolean;
}

/** The gateway as a fetch handler, which is also a node request listener. */
export function createGateway({
  schema,
  upstream,
  defaultRegion,
  requestTimeoutMs,
  log,
  authenticate = asAnybody,
  clock = systemClock,
  now = Date.now,
  isReady,
}: GatewayOptions) {
  const authentication = createAuthentication(authenticate);
  const tokenEnd = createTokenEnd({ clock, now });
  const audit = auditTo(log);
  return createYoga({
    schema,
    context: ({ request }) => {
      const caller = authentication.callerOf(request);
      return createContext({
        upstream,
        defaultRegion,
        log,
        caller,
        signal: tokenEnd.signalOf(request, caller),
        timeoutMs: requestTimeoutMs,
        fresh: NO_CACHE.test(request.headers.get('cache-control') ?? ''),
        audit: audit(requestIdOf(request), caller),
      });
    },
    graphqlEndpoint: '/graphql',
    healthCheckEndpoint: '/livez',
    landingPage: false,
    graphiql,
    renderGraphiQL,
    maskedErrors: { maskError },
    // Closed until a list of origins can be given.
    cors: false,
    logging: {
      debug() {},
      info() {},
      warn: (text) => log.warn(text),
      // Yoga tells what it has masked, without the request that it belongs to; useErrorLog does with it.
      error() {},
    },
    multipart: false,
    maxRequestBodySize: MAX_BODY_BYTES,
    plugins: [
      useReadinessCheck({ endpoint: '/readyz', check: () => isReady?.() ?? true }),
      useRequestId(),
      // Nothing is read, parsed or answered for those who are not let in.
      authentication.plugin,
      useJsonOnly(),
      tokenEnd.plugin,
      useErrorLog(log),
      useCost(),
      useSecrets(),
    ],
  });
}

export type Gateway = ReturnType<typeof createGateway>;

/** Rejects with the error of listen: a port in use, say. */
export function listen(gateway: Gateway, { host, port }: { host: string; port: number }): Promise<Server> {
  // Two Authorization headers are then two to us as well; by default node drops the second one.
  const server = createServer({ joinDuplicateHeaders: true }, gateway);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}
