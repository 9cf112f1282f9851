// The gateway: stored responses in front of the engine.
import type { RequestListener } from 'node:http';
import { systemClock } from '../upstream/clock.ts';
import { accessLog } from './answer/access-log.ts';
import type { Answered } from './answer/answered.ts';
import { compressing } from './http/compression.ts';
import { type Authenticate, authenticateAnonymously } from './identity/authentication.ts';
import { createAdmission, type RateStore } from './limits/admission.ts';
import { defaultLimits, type Limits } from './limits/limits.ts';
import { Flights } from './response-cache/flights.ts';
import { cacheResponses } from './response-cache/response-cache.ts';
import type { ResponseCache } from './response-cache/responses.ts';
import { sendWith } from './response-cache/send.ts';
import { createEngine, type EngineOptions } from './server.ts';

export interface GatewayOptions extends Omit<EngineOptions, 'authenticate' | 'isOpen' | 'admit' | 'limits'> {
  /** Who asks; anybody, where it is absent. */
  authenticate?: Authenticate;
  limits?: Partial<Limits>;
  /** Where the rates of callers are counted, for all replicas. */
  rateStore?: RateStore | undefined;
  /** How many proxies of our own stand in front. */
  proxies?: number;
  /** Without them the listener executes each request. */
  responses?: ResponseCache | undefined;
}

export interface Gateway {
  /** For requests that did not come over a socket: each is executed. */
  fetch: ReturnType<typeof createEngine>['fetch'];
  listener: RequestListener;
  dispose(): void | PromiseLike<void>;
}

export function createGateway({ responses, proxies = 0, rateStore, ...options }: GatewayOptions): Gateway {
  const { clock = systemClock, corsOrigins = [], isLoopbackOnly = false } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const admit = createAdmission({ limits, store: rateStore });
  const authenticate = options.authenticate ?? authenticateAnonymously(proxies);
  const isOpen = !options.authenticate;
  const engine = createEngine({ ...options, limits, admit, authenticate, isOpen });
  const handler = compressing(engine);
  const log = accessLog(options.log);
  const tell = (answered: Answered) => {
    options.metrics?.countStored(answered.seconds);
    log?.(answered);
  };
  const caching = responses && {
    ...{ responses, authenticate, admit, isLoopbackOnly },
    flights: new Flights(clock),
    send: sendWith({ responses, corsOrigins, isOpen, tell }),
  };
  return {
    fetch: engine.fetch,
    listener: caching ? cacheResponses(handler, caching) : handler,
    dispose: () => engine.dispose(),
  };
}
