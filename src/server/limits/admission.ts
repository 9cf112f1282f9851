// Which caller can begin a request now. There is no queue: a caller over its limit is refused at once, with the time to retry.
import type { ServerResponse } from 'node:http';
import { createGraphQLError } from 'graphql-yoga';
import type { IRateLimiterRedisOptions } from 'rate-limiter-flexible';
import type { Caller } from '../../context.ts';
import { networkOf } from '../../http/address.ts';
import type { Limits } from './limits.ts';

/** A connection to Redis, on which all replicas count together, and what their keys begin with. */
export type RateStore = Required<Pick<IRateLimiterRedisOptions, 'storeClient' | 'keyPrefix'>>;

interface AdmissionOptions {
  limits: Limits;
  store?: RateStore | undefined;
}

/** The wait where the end of a request in progress is unknown. */
const RETRY_MS = 1000;
/** No request waits longer for Redis: see `redis/redis.ts`. */
const REDIS_TIMEOUT_MS = 250;

/** What a caller has at work. Turns go round these objects. */
interface AtWork {
  requests: number;
}

/** One request: whose it is, and what to do when its response is sent. */
export interface Begun {
  caller: AtWork;
  end: () => void;
  isInParts?: boolean;
}

/** Counts a request until its `end`, or throws the refusal. */
export type Admit = (caller: Caller) => Begun | Promise<Begun>;

/** Over a socket, a request ends with its response. */
export function endWith(response: ServerResponse | undefined, { end }: Begun): void {
  // It has left while its token was looked at.
  if (response?.closed) end();
  else response?.on('close', end);
}

/**
 * A request counts from its headers on, before its body is read, until its response is sent or given up: slow bodies
 * and unread responses are work, too.
 */
export function createAdmission({ limits, store }: AdmissionOptions): Admit {
  const { perSecond } = limits;
  const rate = perSecond === Number.POSITIVE_INFINITY ? undefined : createRate(perSecond, store);
  const begin = createCounter(limits);
  return (caller) => {
    // Who has one IPv6 address has many.
    const subject = networkOf(nameOf(caller));
    if (!rate) return begin(subject);
    return rate
      .then((consume) => consume(subject))
      .then((waitMs) => {
        if (waitMs === undefined) return begin(subject);
        throw tooMany(`Expected at most ${perSecond} requests a second of one caller`, waitMs);
      });
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
export const nameOf = ({ issuer, subject }: Caller): string =>
  issuer === undefined ? subject : JSON.stringify([issuer, subject]);

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

/** With the time to retry. */
export const refusal = (status: number, message: string, ms: number) => {
  const retryAfterMs = Math.max(1, Math.ceil(ms));
  return createGraphQLError(message, {
    extensions: {
      code: 'THROTTLED',
      retryAfterMs,
      http: { status, headers: { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) } },
    },
  });
};
