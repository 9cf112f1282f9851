// What may be tried again, and when. Below stands the quota, so each attempt waits its turn and is counted.
import type { Call, Layer } from './call.ts';
import { type Clock, systemClock } from './clock.ts';
import {
  AccessDeniedError,
  type AwsOrigin,
  ResourceNotFoundError,
  ThrottledError,
  toAborted,
  UpstreamError,
} from './errors.ts';

/** Of a read or a write that may be repeated, when AWS fails. */
const MAX_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 100;

interface RetryOptions {
  clock?: Clock | undefined;
  random?: (() => number) | undefined;
}

export const retries =
  ({ clock = systemClock, random = Math.random }: RetryOptions = {}): Layer =>
  (next) =>
  async (call) => {
    /** Whether an attempt of ours may have done already what the next one would do. */
    let mayBeDone = false;
    const fixed = new Set<AccessDeniedError['fixed']>();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await next({ ...call, attempt });
      } catch (error) {
        if (mayBeDone && isGone(error, call)) return {};
        if (call.isOptional()) throw error;
        if (isFixed(error, fixed)) continue;
        if (!mayRepeat(error, call, attempt)) throw error;
        mayBeDone ||= !(error instanceof ThrottledError) && error.mayHaveArrived;
        const pauseMs = pauseAfter(error, attempt, random);
        if (clock.now() + pauseMs >= call.deadline()) throw error;
        await pause(pauseMs, call.signal, clock, error.aws);
      }
    }
  };

/** Whether AWS refused, before it acted, for what has been put right since: once for each reason. */
function isFixed(error: unknown, before: Set<AccessDeniedError['fixed']>): boolean {
  if (!(error instanceof AccessDeniedError) || !error.fixed || before.has(error.fixed)) return false;
  before.add(error.fixed);
  return true;
}

/** The wait that AWS requests, if it does. After too many calls the quota below says when the next one may go. */
function pauseAfter(error: UpstreamError, attempt: number, random: () => number): number {
  // Full jitter: those who failed together do not come back together.
  const ownMs = error instanceof ThrottledError ? 0 : FIRST_PAUSE_MS * 2 ** attempt * random();
  return Math.max(ownMs, error.waitMs ?? 0);
}

function mayRepeat(error: unknown, { operation, command }: Call, attempt: number): error is UpstreamError {
  if (!(error instanceof UpstreamError) || !error.retryable) return false;
  // AWS refused before it acted, so nothing happened; the quota below knows the deadline and ends this.
  if (error instanceof ThrottledError) return error.aws?.httpStatus !== undefined;
  if (attempt >= MAX_ATTEMPTS) return false;
  if (!error.mayHaveArrived || operation.isRead) return true;
  const { isIdempotent } = operation;
  return typeof isIdempotent === 'string' ? isIdempotent in command.input : isIdempotent;
}

/** Our own first attempt was the one that deleted it. */
const isGone = (error: unknown, { operation }: Call): boolean =>
  error instanceof ResourceNotFoundError && !operation.isRead && operation.deletes === true;

/** An end of the request names the attempt before it, which AWS may have acted on. */
function pause(
  milliseconds: number,
  signal: AbortSignal,
  clock: Clock,
  aws: AwsOrigin | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      stop();
      reject(toAborted(signal, aws));
    };
    const stop = clock.after(milliseconds, () => {
      signal.removeEventListener('abort', leave);
      resolve();
    });
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}
