import { systemClock } from '../upstream/clock.js';
import { accessLog } from './answer/access-log.js';
import { compressing } from './http/compression.js';
import { authenticateAnonymously } from './identity/authentication.js';
import { createAdmission } from './limits/admission.js';
import { defaultLimits } from './limits/limits.js';
import { Flights } from './response-cache/flights.js';
import { cacheResponses } from './response-cache/response-cache.js';
import { sendWith } from './response-cache/send.js';
import { createEngine } from './server.js';
export function createGateway({ responses, proxies = 0, rateStore, ...options }) {
    const { clock = systemClock, corsOrigins = [], isLoopbackOnly = false } = options;
    const limits = { ...defaultLimits, ...options.limits };
    const admit = createAdmission({ limits, store: rateStore });
    const authenticate = options.authenticate ?? authenticateAnonymously(proxies);
    const isOpen = !options.authenticate;
    const engine = createEngine({ ...options, limits, admit, authenticate, isOpen });
    const handler = compressing(engine);
    const log = accessLog(options.log);
    const tell = (answered) => {
        options.metrics?.count(answered);
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
