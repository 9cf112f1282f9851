// The gateway: the response cache in front of the engine.
import type { RequestListener } from 'node:http';
import { systemClock } from '../upstream/clock.ts';
import { accessLog } from './answer/access-log.ts';
import type { Answered } from './answer/answered.ts';
import { compressing } from './http/compression.ts';
import { type EventsOptions, receiveEvents } from './http/events.ts';
import { type Authenticate, authenticateAnonymously } from './identity/authentication.ts';
import { createAdmission, type RateStore } from './limits/admission.ts';
import { defaultLimits, type Limits } from './limits/limits.ts';
import { Flights } from './response-cache/flights.ts';
import { cacheResponses } from './response-cache/response-cache.ts';
import type { ResponseCache } from './response-cache/responses.ts';
import { sendWith } from './response-cache/send.ts';
import { createEngine, type EngineOptions } from './server.ts';

export interface GatewayOptions extends Omit<EngineOptions, 'authenticate' | 'isOpen' | 'admit' | 'limits'> {
  /** Absent: every caller has full access. */
  authenticate?: Authenticate;
  limits?: Partial<Limits>;
  /** Where the rates of callers are counted, for all replicas. */
  rateStore?: RateStore | undefined;
  /** Trusted proxies in front of the gateway. */
  proxies?: number;
  /** Absent: there is no path for events. */
  events?: EventsOptions | undefined;
  /** Absent: the listener executes each request. */
  responses?: ResponseCache | undefined;
}

export interface Gateway {
  /** For requests without a socket: each is executed. */
  fetch: ReturnType<typeof createEngine>['fetch'];
  listener: RequestListener;
  dispose(): void | PromiseLike<void>;
}

export function createGateway({
  responses,
  proxies = 0,
  rateStore,
  events,
  ...options
}: GatewayOptions): Gateway {
  const { clock = systemClock, corsOrigins = [], isLoopbackOnly = false } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const admit = createAdmission({ limits, store: rateStore });
  const authenticate = options.authenticate ?? authenticateAnonymously(proxies);
  const isOpen = !options.authenticate;
  const engine = createEngine({ ...options, limits, admit, authenticate, isOpen });
  const handler = compressing(engine);
  const log = accessLog(options.log);
  const onSent = (answered: Answered) => {
    options.metrics?.countStored(answered.seconds);
    log?.(answered);
  };
  const caching = responses && {
    ...{ responses, authenticate, admit, isLoopbackOnly },
    flights: new Flights(clock),
    send: sendWith({ responses, corsOrigins, isOpen, onSent }),
  };
  const graphql = caching ? cacheResponses(handler, caching) : handler;
  return {
    fetch: engine.fetch,
    listener: events ? receiveEvents(graphql, { ...events, ...options, isLoopbackOnly }) : graphql,
    dispose: () => engine.dispose(),
  };
}
