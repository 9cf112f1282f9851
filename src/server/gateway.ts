// The gateway: the response cache in front of the engine.
import type { RequestListener } from 'node:http';
import { LiveFeeds } from '../live/feeds.ts';
import { systemClock } from '../upstream/clock.ts';
import { accessLog } from './answer/access-log.ts';
import type { Answered } from './answer/answered.ts';
import { compressing } from './http/compression.ts';
import { type EventsOptions, eventsEndpoint, fetchEvents, receiveEvents } from './http/events.ts';
import { GRAPHQL_PATH } from './http/graphql-path.ts';
import type { LongLived } from './http/listener.ts';
import { inOriginForm } from './http/origin-form.ts';
import { type Authenticate, authenticateAnonymously } from './identity/authentication.ts';
import { createAdmission, type RateStore } from './limits/admission.ts';
import { createDocumentStore, type DocumentStore } from './limits/document-store.ts';
import { defaultLimits, type Limits } from './limits/limits.ts';
import { SubscriptionCounter } from './limits/subscriptions.ts';
import { liveHandler } from './live/handler.ts';
import { Hub } from './live/hub.ts';
import { type Every, everyReal } from './live/pings.ts';
import { WebSockets } from './live/websocket.ts';
import { Flights } from './response-cache/flights.ts';
import { cacheResponses } from './response-cache/response-cache.ts';
import type { ResponseCache } from './response-cache/responses.ts';
import { sendWith } from './response-cache/send.ts';
import { createEngine, type EngineOptions } from './server.ts';

/** Options of the engine that may be left out. */
const DEFAULTS = {
  path: GRAPHQL_PATH,
  clock: systemClock,
  now: () => Date.now(),
  isReady: () => true,
  corsOrigins: [],
  corsHeaders: [],
  isLoopbackOnly: false,
  hasIntrospection: true,
  hasGraphiQL: true,
  traceToAws: false,
} satisfies Partial<EngineOptions>;

type Optional = keyof typeof DEFAULTS;
type Made = 'authenticate' | 'isOpen' | 'admit' | 'limits' | 'feeds' | 'hub' | 'documents';

export interface GatewayOptions
  extends Omit<EngineOptions, Made | Optional>,
    Partial<Pick<EngineOptions, Optional>> {
  /** Absent: every caller has full access. */
  authenticate?: Authenticate;
  limits?: Partial<Limits>;
  /** Absent: one of this gateway alone. */
  feeds?: LiveFeeds | undefined;
  /** Of automatic persisted queries. Absent: in this process alone. */
  documents?: DocumentStore | undefined;
  /** Where the rates of callers are counted, for all replicas. */
  rateStore?: RateStore | undefined;
  /** Trusted proxies in front of the gateway. */
  proxies?: number;
  /** Absent: there is no path for events. */
  events?: EventsOptions | undefined;
  /** Absent: the listener executes each request. */
  responses?: ResponseCache | undefined;
  /** Of all callers at the same time. */
  maxSubscriptions?: number;
  /** Of the pings of subscriptions. */
  every?: Every;
}

export interface Gateway extends LongLived {
  /** For requests without a socket: each is executed. */
  fetch: ReturnType<typeof createEngine>['fetch'];
  /** Receives an event; undefined for requests to other paths. */
  fetchEvents(request: Request): Promise<Response | undefined>;
  listener: RequestListener;
  dispose(): void | PromiseLike<void>;
}

export function createGateway({
  responses,
  proxies = 0,
  rateStore,
  events,
  maxSubscriptions = 10_000,
  every = everyReal,
  ...given
}: GatewayOptions): Gateway {
  const options = { ...DEFAULTS, ...given };
  const { path, clock, now, corsOrigins, isLoopbackOnly } = options;
  const feeds = options.feeds ?? new LiveFeeds({ upstream: options.upstream, clock, log: options.log });
  const limits = { ...defaultLimits, ...options.limits };
  const admit = createAdmission({ limits, store: rateStore });
  const authenticate = options.authenticate ?? authenticateAnonymously(proxies);
  const isOpen = !options.authenticate;
  const counter = new SubscriptionCounter({
    max: maxSubscriptions,
    maxPerCaller: limits.subscriptionsPerCaller,
  });
  const hub = new Hub({ clock, now, every, counter });
  options.metrics?.showLive(hub);
  const engine = createEngine({
    ...{ ...options, feeds, limits, admit, authenticate, isOpen, hub },
    documents: options.documents ?? createDocumentStore(),
  });
  const handler = compressing(liveHandler(engine as never));
  const webSockets = new WebSockets({
    ...{ engine: engine as never, path, hub, authenticate, corsOrigins, isLoopbackOnly, log: options.log },
    maxConnections: maxSubscriptions,
    maxOperations: limits.subscriptionsPerCaller,
  });
  const log = accessLog(options.log);
  const onSent = (answered: Answered) => {
    options.metrics?.countStored(answered.seconds);
    log?.(answered);
    options.tracing?.stored(answered);
  };
  const caching = responses && {
    ...{ path, responses, authenticate, admit, isLoopbackOnly },
    flights: new Flights(clock),
    send: sendWith({ responses, corsOrigins, isOpen, onSent }),
  };
  const endpoint = events && {
    path: events.path,
    respond: eventsEndpoint({ ...events, upstream: options.upstream, log: options.log, now, isLoopbackOnly }),
  };
  const graphql = caching ? cacheResponses(handler, caching) : handler;
  return {
    fetch: engine.fetch,
    fetchEvents: async (request) => endpoint && fetchEvents(request, endpoint.path, endpoint.respond),
    listener: inOriginForm(endpoint ? receiveEvents(graphql, endpoint.path, endpoint.respond) : graphql),
    upgrade: (...upgrade) => webSockets.upgrade(...upgrade),
    drain: (times) => {
      hub.drain(times);
      webSockets.drain(times);
    },
    dispose: () => {
      feeds.close();
      hub.close();
      webSockets.close();
      return engine.dispose();
    },
  };
}
