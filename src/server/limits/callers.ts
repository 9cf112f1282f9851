// Who may begin a request just now. Nobody waits here: who cannot be served is told so at once, and when to come back.
import { createGraphQLError, finalAsyncIterator, isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { IRateLimiterRedisOptions } from 'rate-limiter-flexible';
import type { Caller } from '../../context.ts';
import type { NodeContext } from '../http/address.ts';
import type { Authenticated } from '../identity/authentication.ts';
import type { Limits } from './limits.ts';

/** A connection to Redis, on which all replicas count together, and what their keys begin with. */
export type RateStore = Required<Pick<IRateLimiterRedisOptions, 'storeClient' | 'keyPrefix'>>;

interface CallerLimitOptions {
  limits: Limits;
  store?: RateStore | undefined;
}

/** How long to wait where nobody can say when a request at work will be done. */
const RETRY_MS = 1000;
/** No request waits longer for Redis: see redis.ts. */
const REDIS_TIMEOUT_MS = 250;

export function useCallerLimits({
  limits,
  store,
}: CallerLimitOptions): Plugin<object, Authenticated & NodeContext> {
  const isBounded = limits.perSecond !== Number.POSITIVE_INFINITY;
  const rate = isBounded ? createRate(limits.perSecond, store) : undefined;
  const atWork = new Map<string, number>();
  let total = 0;
  const begin = (caller: string, count = atWork.get(caller) ?? 0) => {
    if (total >= limits.requests) throw overloaded();
    if (count >= limits.requestsPerCaller)
      throw tooMany(
        `Expected at most ${limits.requestsPerCaller} requests at the same time of one caller`,
        RETRY_MS,
      );
    total += 1;
    atWork.set(caller, count + 1);
  };
  const end = (caller: string, left = (atWork.get(caller) ?? 1) - 1) => {
    total -= 1;
    if (left > 0) atWork.set(caller, left);
    else atWork.delete(caller);
  };
  return {
    onParams: async ({ request, context, paramsHandler, setParamsHandler }) => {
      const caller = nameOf(context.caller);
      const waitMs = rate && (await (await rate)(caller));
      if (waitMs !== undefined)
        throw tooMany(`Expected at most ${limits.perSecond} requests a second of one caller`, waitMs);
      setParamsHandler(async (payload) => {
        begin(caller);
        const done = once(() => end(caller));
        // An answer that nobody reads is still work: it counts until it is sent or given up.
        context.res?.once('close', done);
        try {
          const result = await paramsHandler(payload);
          if (isAsyncIterable(result)) return untilItEnds(result, request.signal, done);
          if (!context.res) done();
          return result;
        } catch (error) {
          done();
          throw error;
        }
      });
    },
  };
}

/** A subject is one issuer's: another one may call somebody else by the same name. */
const nameOf = ({ issuer, subject }: Caller): string =>
  issuer === undefined ? subject : JSON.stringify([issuer, subject]);

/** An answer in parts is at work until its last part, or until nobody waits for it any more. */
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
      // Whoever has been refused is refused until its second is over, without asking Redis.
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
