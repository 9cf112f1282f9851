// Reports the outcome of each attempt at AWS to the observer.
import { type Call, GATHERED, type Layer } from './call.ts';
import type { Clock } from './clock.ts';
import { ProxyError, ThrottledError, UpstreamError } from './errors.ts';
import type { Account } from './ledger.ts';
import type { Tracing, WaitEnd } from './tracing.ts';

/**
 * `client_error`: AWS refused the input, or does not have the resource; `denied`: the gateway's credentials;
 * `cancelled`: the client has left.
 */
type Outcome = 'ok' | 'client_error' | 'throttled' | 'denied' | 'cancelled' | 'error';

export interface Observer {
  /** `seconds`: how long AWS took, without any wait for quota. */
  called(account: Account, outcome: Outcome, seconds: number): void;
  /** A call was let through by the quota or served by another one, or refused since its turn would have come too late. */
  waited(account: Account, isRefused: boolean, seconds: number): void;
}

export const observed =
  (clock: Clock, observer: Observer): Layer =>
  (next) =>
  async (call) => {
    const began = clock.now();
    const report = (outcome: Outcome) => observer.called(call, outcome, (clock.now() - began) / 1000);
    try {
      const answer = await next(call);
      report('ok');
      return answer;
    } catch (error) {
      report(isLeft(call.signal) ? 'cancelled' : outcomeOf(error));
      throw error;
    }
  };

/** Notes where the spans of a call belong. */
export const placed =
  (tracing: Tracing): Layer =>
  (next) =>
  (call) => {
    call.parent ??= tracing.here();
    return next(call);
  };

export const traced =
  (tracing: Tracing): Layer =>
  (next) =>
  (call) =>
    tracing.attempt(call, next);

interface Watched {
  clock: Clock;
  observer: Observer;
  tracing: Tracing | undefined;
}

/** Around the quota: how long calls wait there. */
export const observedWait = async (
  { clock, observer, tracing }: Watched,
  call: Call,
  wait: () => Promise<void>,
): Promise<void> => {
  const began = clock.now();
  call.hasWaited = false;
  const report = (end: WaitEnd) => {
    const milliseconds = clock.now() - began;
    if (end !== 'failed') observer.waited(call, end === 'refused', milliseconds / 1000);
    // Without a wait, the time is that of a busy event loop.
    if (call.hasWaited) tracing?.waited(call, end, milliseconds);
  };
  try {
    await wait();
  } catch (error) {
    report(error instanceof ThrottledError ? 'refused' : error === GATHERED ? 'gathered' : 'failed');
    throw error;
  }
  report('admitted');
};

const isLeft = ({ aborted, reason }: AbortSignal): boolean => aborted && reason?.name !== 'TimeoutError';

function outcomeOf(error: unknown): Outcome {
  if (error instanceof ThrottledError) return 'throttled';
  if (!(error instanceof UpstreamError)) return 'error';
  if (error.code === 'UPSTREAM_ACCESS_DENIED') return 'denied';
  if (error instanceof ProxyError) return 'error';
  // Errors without retries are AWS's own: not found, in conflict, not valid.
  return error.retryable ? 'error' : 'client_error';
}
