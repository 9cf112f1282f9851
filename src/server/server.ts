// HTTP in, GraphQL out.
import { createServer, type Server } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { createYoga, useExecutionCancellation, useReadinessCheck } from 'graphql-yoga';
import type { Logger } from 'pino';
import { anybody, type Caller, createContext } from '../context.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { useCost } from './cost.ts';
import { maskError, useErrorLog } from './errors.ts';
import { graphiql, renderGraphiQL } from './graphiql.ts';
import { useJsonOnly } from './json-only.ts';
import { useRequestId } from './request-id.ts';
import { useSecrets } from './secrets.ts';

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
  /** Tells who asks, and what they may. Without it everybody may do everything. */
  callerOf?: (request: Request) => Caller | Promise<Caller>;
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
  callerOf = () => anybody('anonymous'),
  isReady,
}: GatewayOptions) {
  return createYoga({
    schema,
    context: async ({ request }) =>
      createContext({
        upstream,
        defaultRegion,
        log,
        caller: await callerOf(request),
        signal: AbortSignal.any([request.signal, AbortSignal.timeout(requestTimeoutMs)]),
        timeoutMs: requestTimeoutMs,
        fresh: NO_CACHE.test(request.headers.get('cache-control') ?? ''),
      }),
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
      useJsonOnly(),
      useExecutionCancellation(),
      useErrorLog(log),
      useCost(),
      useSecrets(),
    ],
  });
}

export type Gateway = ReturnType<typeof createGateway>;

/** Rejects with the error of listen: a port in use, say. */
export function listen(gateway: Gateway, { host, port }: { host: string; port: number }): Promise<Server> {
  const server = createServer(gateway);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}
