// Which caller can begin a request now. There is no queue: a caller over its limit is refused at once, with the time to retry.
import { createGraphQLError, finalAsyncIterator, isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { IRateLimiterRedisOptions } from 'rate-limiter-flexible';
import type { Caller } from '../../context.ts';
import { networkOf } from '../../http/address.ts';
import type { NodeContext } from '../http/address.ts';
import { turns } from '../http/turns.ts';
import type { Authenticated } from '../identity/authentication.ts';
import type { Limits } from './limits.ts';

/** A connection to Redis, on which all replicas count together, and what their keys begin with. */
export type RateStore = Required<Pick<IRateLimiterRedisOptions, 'storeClient' | 'keyPrefix'>>;

interface CallerLimitOptions {
  limits: Limits;
  store?: RateStore | undefined;
}

/** The wait where the end of a request in progress is unknown. */
const RETRY_MS = 1000;
/** No request waits longer for Redis: see redis.ts. */
const REDIS_TIMEOUT_MS = 250;

/** What a caller has at work. Turns go round these objects. */
interface AtWork {
  requests: number;
}

/** One request: whose it is, and what to do when its response is sent. */
interface Begun {
  caller: AtWork;
  end: () => void;
  isInParts?: boolean;
}

/**
 * A request counts from its headers on, before its body is read, until its response is sent or given up: slow bodies
 * and unread responses are work, too.
 */
export function useCallerLimits({
  limits,
  store,
}: CallerLimitOptions): Plugin<object, Authenticated & NodeContext> {
  const isBounded = limits.perSecond !== Number.POSITIVE_INFINITY;
  const rate = isBounded ? createRate(limits.perSecond, store) : undefined;
  const begin = createCounter(limits);
  const begun = new WeakMap<Request, Begun>();
  return {
    onRequestParse: async ({ request, serverContext }) => {
      // Who has one IPv6 address has many.
      const subject = networkOf(nameOf(serverContext.caller));
      const waitMs = rate && (await (await rate)(subject));
      if (waitMs !== undefined)
        throw tooMany(`Expected at most ${limits.perSecond} requests a second of one caller`, waitMs);
      const one = begin(subject);
      begun.set(request, one);
      serverContext.res?.once('close', one.end);
      // It has left while its token was looked at.
      if (serverContext.res?.closed) one.end();
    },
    onParams: async ({ request, context, paramsHandler, setParamsHandler }) => {
      const one = begun.get(request);
      if (!one) return;
      // Only sockets wait for the turns of the event loop.
      if (context.res) await turns.next(one.caller, request.signal);
      setParamsHandler(async (payload) => {
        const result = await paramsHandler(payload);
        if (!isAsyncIterable(result)) return result;
        one.isInParts = true;
        return untilItEnds(result, request.signal, one.end);
      });
    },
    // What did not come over a socket has no other end.
    onResponse: ({ request, serverContext }) => {
      const one = begun.get(request);
      if (one && !serverContext.res && !one.isInParts) one.end();
    },
  };
}

function createCounter({ requests, requestsPerCaller }: Limits): (subject: string) => Begun {
  const atWork = new Map<string, AtWork>();
  let total = 0;
  return (subject) => {
    if (total >= requests) throw overloaded();
    const caller = atWork.get(subject) ?? { requests: 0 };
    if (caller.requests >= requestsPerCaller)
      throw tooMany(
        `Expected at most ${requestsPerCaller} requests at the same time of one caller`,
        RETRY_MS,
      );
    atWork.set(subject, caller);
    caller.requests += 1;
    total += 1;
    const end = once(() => {
      caller.requests -= 1;
      total -= 1;
      if (caller.requests === 0) atWork.delete(subject);
    });
    return { caller, end };
  };
}

/** A subject belongs to one issuer: another one may give the same name to another caller. */
const nameOf = ({ issuer, subject }: Caller): string =>
  issuer === undefined ? subject : JSON.stringify([issuer, subject]);

/** A response in parts is in progress until its last part, or until its client leaves. */
function untilItEnds<Result>(parts: AsyncIterable<Result>, client: AbortSignal, done: () => void) {
  client.addEventListener('abort', done, { once: true });
  return finalAsyncIterator(parts as AsyncIterableIterator<Result>, done);
}

function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    run();
  };
}

/** In this process, or with a store in all of them. A store that is lost or slow leaves each with a count of its own. */
async function createRate(perSecond: number, store: RateStore | undefined) {
  const { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } = await import('rate-limiter-flexible');
  const options = { points: perSecond, duration: 1 };
  const here = new RateLimiterMemory(options);
  const together =
    store &&
    new RateLimiterRedis({
      ...options,
      ...store,
      insuranceLimiter: here,
      rejectIfRedisNotReady: true,
      // A refused caller is refused until its second is over, without a call to Redis.
      inMemoryBlockOnConsumed: perSecond + 1,
    });
  const consume = (caller: string) =>
    together
      ? within(REDIS_TIMEOUT_MS, together.consume(caller), () => here.consume(caller))
      : here.consume(caller);
  /** Returns how long to wait, when this is one request too many. */
  return async (caller: string): Promise<number | undefined> => {
    try {
      await consume(caller);
      return undefined;
    } catch (reason) {
      // In memory the library counts by the system clock: set back by hours, it would send clients away for hours.
      if (reason instanceof RateLimiterRes) return Math.min(reason.msBeforeNext, options.duration * 1000);
      throw reason;
    }
  };
}

function within<T>(timeoutMs: number, answer: Promise<T>, otherwise: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => otherwise().then(resolve, reject), timeoutMs);
    answer.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

const tooMany = (message: string, ms: number) => refusal(429, `${message}, got more. Try again later.`, ms);
const overloaded = () => refusal(503, 'The gateway has as much to do as it can. Try again later.', RETRY_MS);

const refusal = (status: number, message: string, ms: number) => {
  const retryAfterMs = Math.max(1, Math.ceil(ms));
  return createGraphQLError(message, {
    extensions: {
      code: 'THROTTLED',
      retryAfterMs,
      http: { status, headers: { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) } },
    },
  });
};
