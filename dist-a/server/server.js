import { createYoga, useReadinessCheck } from 'graphql-yoga';
import { createOperationContext, createRequestContext } from '../context.js';
import { systemClock } from '../upstream/clock.js';
import { useAccessLog } from './answer/access-log.js';
import { useAnswerFacts } from './answer/answer-facts.js';
import { auditTo } from './answer/audit.js';
import { useCost } from './answer/cost.js';
import { maskError, useErrorLog } from './answer/errors.js';
import { useHttpCaching } from './answer/http-caching.js';
import { useIncremental } from './answer/incremental.js';
import { usePlainErrors } from './answer/plain-errors.js';
import { useRetryAfter } from './answer/retry-after.js';
import { useSecrets } from './answer/secrets.js';
import { useSubscriptions } from './answer/subscriptions.js';
import { useGraphiQL } from './graphiql/graphiql.js';
import { useLoopbackNames } from './http/address.js';
import { useCors } from './http/cors.js';
import { useJsonOnly } from './http/json-only.js';
import { isNoCache } from './http/no-cache.js';
import { useParameters } from './http/parameters.js';
import { useRequestId } from './http/request-id.js';
import { traceOf } from './http/trace.js';
import { useAuthentication } from './identity/authentication.js';
import { createTokenEnd, useTokenEnd } from './identity/token-end.js';
import { useAutomaticPersisted } from './limits/automatic.js';
import { useCallerLimits } from './limits/callers.js';
import { useCallLimit } from './limits/calls.js';
import { documentCaches, useDocumentLimits } from './limits/document.js';
import { createDocumentStore } from './limits/document-store.js';
import { useNoIntrospection } from './limits/introspection.js';
import { persistedParams, usePersistedOnly } from './limits/persisted.js';
import { useTurn } from './limits/turns.js';
import { useValueLimit } from './limits/values.js';
import { useVariableLimits } from './limits/variables.js';
import { useResponseCache } from './response-cache/plugin.js';
const ENDPOINT = '/graphql';
/** Far above any query; an introspection has about 2 KB, 5,000 revocation pairs about 1 MB. */
const MAX_BODY_BYTES = 1024 * 1024;
/** The gateway as a fetch handler, which is also a node request listener. */
export function createEngine({ schema, upstream, defaultRegion, requestTimeoutMs, log, clock = systemClock, now = Date.now, isReady, authenticate, isOpen, admit, limits, corsOrigins = [], corsHeaders = [], hasIntrospection = true, hasGraphiQL = true, persistedOperations, documents = createDocumentStore(), metrics, isLoopbackOnly, }) {
    return createYoga({
        schema,
        context: contextWith({ upstream, defaultRegion, requestTimeoutMs, log, clock, now }),
        graphqlEndpoint: ENDPOINT,
        healthCheckEndpoint: '/livez',
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
            !!isLoopbackOnly && useLoopbackNames(),
            useCors(corsOrigins, corsHeaders),
            useAnswerFacts(),
            metrics?.plugin ?? false,
            useAccessLog(log),
            // With credentials that AWS refuses it can answer nothing, as one that does not start for want of any.
            useReadinessCheck({
                endpoint: '/readyz',
                check: () => (isReady?.() ?? true) && !upstream.areCredentialsRefused(),
            }),
            hasGraphiQL && useGraphiQL({ endpoint: ENDPOINT, needsToken: !isOpen, log }),
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
            useSubscriptions(),
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
        ],
    });
}
function contextWith({ upstream, defaultRegion, requestTimeoutMs, log, clock, now }) {
    const tokenEnd = createTokenEnd({ clock, now });
    const audit = auditTo(log);
    return (initial) => {
        const { request, caller, onAnswer } = initial;
        const { signal, stopTokenTimer } = tokenEnd(request, caller);
        const context = createRequestContext({
            ...{ upstream, log, caller, signal, timeoutMs: requestTimeoutMs },
            defaultTarget: { account: undefined, region: defaultRegion },
            fresh: isNoCache(request.headers.get('cache-control')),
            isTracked: onAnswer !== undefined,
            trace: traceOf(request),
            audit: audit(initial, caller),
        });
        return Object.assign(createOperationContext(context), { stopTokenTimer });
    };
}
const loggingTo = (log) => ({
    debug() { },
    info() { },
    warn: (text) => log.warn(text),
    // Yoga tells what it has masked, without the request that it belongs to; useErrorLog does with it.
    error() { },
});
