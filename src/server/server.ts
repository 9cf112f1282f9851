// The engine: HTTP in, GraphQL out.
import type { GraphQLSchema } from 'graphql';
import { createYoga, type Plugin, type YogaInitialContext } from 'graphql-yoga';
import type { Logger } from 'pino';
import { createOperationContext, createRequestContext } from '../context.ts';
import type { LiveFeeds } from '../live/feeds.ts';
import { type Clock, systemClock } from '../upstream/clock.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { useAccessLog } from './answer/access-log.ts';
import { type AnswersContext, useAnswerFacts } from './answer/answer-facts.ts';
import type { Answered } from './answer/answered.ts';
import { auditTo } from './answer/audit.ts';
import { useCost } from './answer/cost.ts';
import { maskError, useErrorLog } from './answer/errors.ts';
import { useHttpCaching } from './answer/http-caching.ts';
import { useIncremental } from './answer/incremental.ts';
import type { RequestMetrics } from './answer/metrics.ts';
import { usePlainErrors } from './answer/plain-errors.ts';
import { requestLog } from './answer/request-log.ts';
import { useRetryAfter } from './answer/retry-after.ts';
import { useSecrets } from './answer/secrets.ts';
import { useExecution } from './execution.ts';
import { useGraphiQL } from './graphiql/graphiql.ts';
import { type NodeContext, useLoopbackNames } from './http/address.ts';
import { type CorsOrigins, useCors } from './http/cors.ts';
import { useExactPath } from './http/exact-path.ts';
import { GRAPHQL_PATH } from './http/graphql-path.ts';
import { NO_ENDPOINT, useLiveness, useReadiness } from './http/health.ts';
import { useJsonOnly } from './http/json-only.ts';
import { isNoCache } from './http/no-cache.ts';
import { useParameters } from './http/parameters.ts';
import { type RequestNames, useRequestId } from './http/request-id.ts';
import { traceOf } from './http/trace.ts';
import { type Authenticate, type Authenticated, useAuthentication } from './identity/authentication.ts';
import { createTokenEnd, useTokenEnd } from './identity/token-end.ts';
import type { Admit } from './limits/admission.ts';
import { useAutomaticPersisted } from './limits/automatic.ts';
import { useCallerLimits } from './limits/callers.ts';
import { useCallLimit } from './limits/calls.ts';
import { documentCaches, useDocumentLimits } from './limits/document.ts';
import { createDocumentStore, type DocumentStore } from './limits/document-store.ts';
import { useNoIntrospection } from './limits/introspection.ts';
import type { Limits } from './limits/limits.ts';
import { type PersistedOperations, persistedParams, usePersistedOnly } from './limits/persisted.ts';
import { useTurn } from './limits/turns.ts';
import { useValueLimit } from './limits/values.ts';
import { useVariableLimits } from './limits/variables.ts';
import { MessageExecutor } from './live/executor.ts';
import { type CreateContext, Groups } from './live/groups.ts';
import type { Hub } from './live/hub.ts';
import { type LiveContext, useSubscriptions } from './live/subscriptions.ts';
import { type Tracked, useResponseCache } from './response-cache/plugin.ts';

/** Far above any query; an introspection has about 2 KB, 5,000 revocation pairs about 1 MB. */
const MAX_BODY_BYTES = 1024 * 1024;

export interface EngineOptions {
  schema: GraphQLSchema;
  /** Of GraphQL and GraphiQL. */
  path?: string | undefined;
  upstream: Upstream;
  /** What subscriptions listen to. */
  feeds: LiveFeeds;
  /** Of several that are served; absent where one is. */
  defaultAccount?: string | undefined;
  defaultRegion: string;
  requestTimeoutMs: number;
  log: Logger;
  /** Who asks. */
  authenticate: Authenticate;
  /** Whether all who ask are answered alike. */
  isOpen: boolean;
  admit: Admit;
  limits: Limits;
  /** Where subscriptions run. */
  hub: Hub;
  /** For the ends of tokens. */
  clock?: Clock;
  now?: () => number;
  /** False while starting and while draining. */
  isReady?: () => boolean;
  corsOrigins?: CorsOrigins;
  /** That pages may send, beside those that are always allowed. */
  corsHeaders?: readonly string[];
  /** Only under names of this machine, where nobody is asked who they are. */
  isLoopbackOnly?: boolean;
  hasIntrospection?: boolean;
  hasGraphiQL?: boolean;
  /** Of the embedded emulator, for a link in GraphiQL. */
  studioUrl?: string | undefined;
  /** When given, no others are taken. */
  persistedOperations?: PersistedOperations | undefined;
  /** Of automatic persisted queries, where no operations are given. */
  documents?: DocumentStore | undefined;
  /** Where they are not wanted, there is no `/metrics`. */
  metrics?: RequestMetrics | undefined;
  /** Whether calls to AWS carry the headers of the request's trace. */
  traceToAws?: boolean;
  /** Where traces are wanted. */
  tracing?: RequestTracing | undefined;
}

export interface RequestTracing {
  plugin: Plugin;
  /** The response cache has responded in place of the engine. */
  stored(answered: Answered): void;
}

/** What belongs to an HTTP request: yoga makes one for each, and hands it to all hooks. */
type ServerContext = NodeContext & RequestNames & Authenticated & AnswersContext & Tracked & LiveContext;

/** The gateway as a fetch handler, which is also a node request listener. */
export function createEngine({
  schema,
  path = GRAPHQL_PATH,
  upstream,
  feeds,
  defaultAccount,
  defaultRegion,
  requestTimeoutMs,
  log,
  clock = systemClock,
  now = Date.now,
  isReady,
  authenticate,
  isOpen,
  admit,
  limits,
  hub,
  corsOrigins = [],
  corsHeaders = [],
  hasIntrospection = true,
  hasGraphiQL = true,
  studioUrl,
  persistedOperations,
  documents = createDocumentStore(),
  metrics,
  traceToAws = false,
  tracing,
  isLoopbackOnly,
}: EngineOptions) {
  const contexts = contextsWith({
    ...{ upstream, feeds, defaultAccount, defaultRegion, requestTimeoutMs, log, clock, now, traceToAws },
  });
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
    // In the order that a request meets them: the cheapest refusals come first.
    plugins: [
      useRequestId(),
      useLiveness(),
      useExecution(),
      !!isLoopbackOnly && useLoopbackNames(),
      useCors(corsOrigins, corsHeaders),
      useAnswerFacts(),
      metrics?.plugin(path) ?? false,
      useAccessLog(log, path),
      // With credentials that AWS refuses it can answer nothing, as one that does not start for want of any.
      useReadiness(() => (isReady?.() ?? true) && !upstream.areCredentialsRefused()),
      hasGraphiQL && useGraphiQL({ endpoint: path, needsToken: !isOpen, studioUrl, log }),
      useExactPath(path),
      // Nothing is read, parsed or answered for those who are not let in.
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
      useSubscriptions({ hub, groups, executor }),
      useValueLimit(limits),
      useTurn(),
      useCallLimit(limits),
      useTurn(),
      useIncremental(limits),
      useErrorLog(log),
      useCost(),
      useHttpCaching({ isOpen }),
      useRetryAfter(),
      // The last word on what may be kept is theirs.
      useSecrets(),
      usePlainErrors(),
      useResponseCache(),
      tracing?.plugin ?? false,
    ],
  });
}

type ContextOptions = Pick<
  EngineOptions,
  'upstream' | 'feeds' | 'defaultAccount' | 'defaultRegion' | 'requestTimeoutMs' | 'log'
> &
  Required<Pick<EngineOptions, 'clock' | 'now' | 'traceToAws'>>;

function contextsWith({
  upstream,
  feeds,
  defaultAccount,
  defaultRegion,
  requestTimeoutMs,
  log,
  clock,
  now,
  traceToAws,
}: ContextOptions) {
  const tokenEnd = createTokenEnd({ clock, now });
  const audit = auditTo(log);
  const logOf = requestLog(log);
  const common = {
    ...{ upstream, feeds, timeoutMs: requestTimeoutMs },
    defaultTarget: { account: defaultAccount, region: defaultRegion },
  };
  const ofRequest = (initial: YogaInitialContext & ServerContext) => {
    const { request, caller, isTracked } = initial;
    const { signal, stopTokenTimer } = tokenEnd(request, caller);
    const context = createRequestContext({
      ...{ ...common, caller, signal },
      log: logOf(initial),
      fresh: isNoCache(request.headers.get('cache-control')),
      isTracked,
      trace: traceToAws ? traceOf(request) : undefined,
      audit: audit(initial, caller),
    });
    return Object.assign(createOperationContext(context), { stopTokenTimer });
  };
  const ofGroup: CreateContext = ({ caller, requestId }, signal) =>
    createRequestContext({
      ...{ ...common, caller, signal },
      // However many messages there are, they delay others no more than one request does.
      turns: {},
      log: logOf({ requestId, caller }),
      audit: audit({ requestId }, caller),
    });
  return { ofRequest, ofGroup };
}

const loggingTo = (log: Logger) => ({
  debug() {},
  info() {},
  warn: (text: string) => log.warn(text),
  // Yoga tells what it has masked, without the request that it belongs to; useErrorLog does with it.
  error() {},
});
