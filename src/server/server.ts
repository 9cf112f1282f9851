// The engine: HTTP in, GraphQL out.
import type { GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { useAccessLog } from './answer/access-log.ts';
import { useAnswerFacts } from './answer/answer-facts.ts';
import type { Answered } from './answer/answered.ts';
import { useCost } from './answer/cost.ts';
import { maskError, useErrorLog } from './answer/errors.ts';
import { useHttpCaching } from './answer/http-caching.ts';
import { useIncremental } from './answer/incremental.ts';
import type { RequestMetrics } from './answer/metrics.ts';
import { usePlainErrors } from './answer/plain-errors.ts';
import { useRetryAfter } from './answer/retry-after.ts';
import { useSecrets } from './answer/secrets.ts';
import { type ContextOptions, contextsWith, type ServerContext } from './contexts.ts';
import { useExecution } from './execution.ts';
import { useGraphiQL } from './graphiql/graphiql.ts';
import { useLoopbackNames } from './http/address.ts';
import { type CorsOrigins, useCors } from './http/cors.ts';
import { useExactPath } from './http/exact-path.ts';
import { NO_ENDPOINT, useLiveness, useReadiness } from './http/health.ts';
import { useJsonOnly } from './http/json-only.ts';
import { useParameters } from './http/parameters.ts';
import { useRequestId } from './http/request-id.ts';
import { type Authenticate, useAuthentication } from './identity/authentication.ts';
import { useTokenEnd } from './identity/token-end.ts';
import type { Admit } from './limits/admission.ts';
import { useAutomaticPersisted } from './limits/automatic.ts';
import { useCallerLimits } from './limits/callers.ts';
import { useCallLimit } from './limits/calls.ts';
import { documentCaches, useDocumentLimits } from './limits/document.ts';
import type { DocumentStore } from './limits/document-store.ts';
import { useNoIntrospection } from './limits/introspection.ts';
import type { Limits } from './limits/limits.ts';
import { type PersistedOperations, persistedParams, usePersistedOnly } from './limits/persisted.ts';
import { useTurn } from './limits/turns.ts';
import { useValueLimit } from './limits/values.ts';
import { useVariableLimits } from './limits/variables.ts';
import { MessageExecutor } from './live/executor.ts';
import { Groups } from './live/groups.ts';
import type { Hub } from './live/hub.ts';
import { useSubscriptions } from './live/subscriptions.ts';
import { useResponseCache } from './response-cache/plugin.ts';

/** Far above any query; an introspection has about 2 KB, 5,000 revocation pairs about 1 MB. */
const MAX_BODY_BYTES = 1024 * 1024;

export interface EngineOptions extends ContextOptions {
  schema: GraphQLSchema;
  /** Of GraphQL and GraphiQL. */
  path: string;
  authenticate: Authenticate;
  /** Whether all callers get the same responses. */
  isOpen: boolean;
  admit: Admit;
  limits: Limits;
  /** Where subscriptions run. */
  hub: Hub;
  /** False while starting and while draining. */
  isReady: () => boolean;
  corsOrigins: CorsOrigins;
  /** That pages may send, beside those that are always allowed. */
  corsHeaders: readonly string[];
  /** Without authentication on loopback: requests must name this machine. */
  isLoopbackOnly: boolean;
  hasIntrospection: boolean;
  hasGraphiQL: boolean;
  /** Of the embedded emulator, for a link in GraphiQL. */
  studioUrl?: string | undefined;
  /** When given, no others are taken. */
  persistedOperations?: PersistedOperations | undefined;
  /** Of automatic persisted queries, where no operations are given. */
  documents: DocumentStore;
  /** Where they are not wanted, there is no `/metrics`. */
  metrics?: RequestMetrics | undefined;
  /** Where traces are wanted. */
  tracing?: RequestTracing | undefined;
}

export interface RequestTracing {
  plugin: Plugin;
  /** The response cache has responded in place of the engine. */
  stored(answered: Answered): void;
}

/** The gateway as a fetch handler, which is also a node request listener. */
export function createEngine(options: EngineOptions) {
  const { schema, path, log, clock, hub, persistedOperations } = options;
  const contexts = contextsWith(options);
  const executor = new MessageExecutor();
  const groups = new Groups(executor, contexts.ofGroup, { clock, onBehind: hub.countGap });
  return createYoga<ServerContext>({
    schema,
    context: contexts.ofRequest,
    graphqlEndpoint: path,
    healthCheckEndpoint: NO_ENDPOINT,
    landingPage: false,
    graphiql: false,
    maskedErrors: { maskError },
    // Ours (useCors): yoga's answers a foreign origin with `null`, which is the origin of any sandboxed frame.
    cors: false,
    logging: loggingTo(log),
    multipart: false,
    maxRequestBodySize: MAX_BODY_BYTES,
    parserAndValidationCache: documentCaches(),
    extraParamNames: persistedOperations && persistedParams,
    plugins: pluginsOf(options, { hub, groups, executor }),
  });
}

/** In the order that a request meets them: the cheapest refusals come first. */
const pluginsOf = (
  {
    path,
    log,
    limits,
    upstream,
    authenticate,
    isOpen,
    admit,
    isReady,
    isLoopbackOnly,
    corsOrigins,
    corsHeaders,
    hasIntrospection,
    hasGraphiQL,
    studioUrl,
    persistedOperations,
    documents,
    metrics,
    tracing,
  }: EngineOptions,
  live: Parameters<typeof useSubscriptions>[0],
) => [
  useRequestId(),
  useLiveness(),
  useExecution(),
  isLoopbackOnly && useLoopbackNames(),
  useCors(corsOrigins, corsHeaders),
  useAnswerFacts(),
  metrics?.plugin(path) ?? false,
  useAccessLog(log, path),
  // With credentials that AWS refuses it can serve nothing, as one that does not start for want of any.
  useReadiness(() => isReady() && !upstream.areCredentialsRefused()),
  hasGraphiQL && useGraphiQL({ endpoint: path, needsToken: !isOpen, studioUrl, log }),
  useExactPath(path),
  // Nothing of a request is read, parsed or executed before its caller is authenticated.
  useAuthentication(authenticate),
  useJsonOnly(),
  useCallerLimits(admit),
  useParameters(persistedOperations && persistedParams),
  useVariableLimits(limits),
  persistedOperations ? usePersistedOnly(persistedOperations) : useAutomaticPersisted(documents),
  useDocumentLimits(limits),
  !hasIntrospection && useNoIntrospection(),
  // Before all that refuses operations, so that its timer ends with those, too.
  useTokenEnd(),
  useSubscriptions(live),
  useValueLimit(limits),
  useTurn(),
  useCallLimit(limits),
  useTurn(),
  useIncremental(limits),
  useErrorLog(log),
  useCost(),
  useHttpCaching({ isOpen }),
  useRetryAfter(),
  // After all others that write caching headers: a response with secrets is never stored.
  useSecrets(),
  usePlainErrors(),
  useResponseCache(),
  tracing?.plugin ?? false,
];

const loggingTo = (log: Logger) => ({
  debug() {},
  info() {},
  warn: (text: string) => log.warn(text),
  // Yoga logs what it has masked without the id of its request; useErrorLog logs it with the id.
  error() {},
});
