// The contexts of resolvers: of a request, and of the events that a group of equal subscriptions receives.
import type { YogaInitialContext } from 'graphql-yoga';
import type { Logger } from 'pino';
import { createOperationContext, createRequestContext } from '../context.ts';
import type { LiveFeeds } from '../live/feeds.ts';
import type { Clock } from '../upstream/clock.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { AnswersContext } from './answer/answer-facts.ts';
import { auditTo } from './answer/audit.ts';
import { requestLog } from './answer/request-log.ts';
import type { NodeContext } from './http/address.ts';
import { isNoCache } from './http/no-cache.ts';
import type { RequestNames } from './http/request-id.ts';
import { traceOf } from './http/trace.ts';
import type { Authenticated } from './identity/authentication.ts';
import { createTokenEnd } from './identity/token-end.ts';
import type { CreateContext } from './live/groups.ts';
import type { LiveContext } from './live/subscriptions.ts';
import type { Tracked } from './response-cache/plugin.ts';

export interface ContextOptions {
  upstream: Upstream;
  /** What subscriptions listen to. */
  feeds: LiveFeeds;
  /** Of several that are served; absent where one is. */
  defaultAccount?: string | undefined;
  defaultRegion: string;
  requestTimeoutMs: number;
  log: Logger;
  /** For the ends of tokens. */
  clock: Clock;
  now: () => number;
  /** Whether calls to AWS carry the headers of the request's trace. */
  traceToAws: boolean;
}

/** What belongs to an HTTP request: yoga makes one for each, and hands it to all hooks. */
export type ServerContext = NodeContext &
  RequestNames &
  Authenticated &
  AnswersContext &
  Tracked &
  LiveContext;

export function contextsWith({
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
