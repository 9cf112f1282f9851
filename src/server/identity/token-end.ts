// A request does not outlive the token that it was let in by, however long it runs.
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Caller, Context } from '../../context.ts';
import type { Clock } from '../../upstream/clock.ts';
import { unauthenticated } from './authentication.ts';

/** The longest that a timer can wait; nothing of ours runs for 24 days. */
const MAX_DELAY_MS = 2 ** 31 - 1;

interface TokenEndOptions {
  clock: Clock;
  /** Milliseconds since 1970, which is what tokens count in. */
  now: () => number;
}

interface TokenEnd {
  plugin: Plugin<Context>;
  /** Ends when the client leaves, or when the token ends. */
  signalOf(request: Request, caller: Caller): AbortSignal;
}

export function createTokenEnd({ clock, now }: TokenEndOptions): TokenEnd {
  const timers = new WeakMap<Request, () => void>();

  const signalOf: TokenEnd['signalOf'] = (request, { expiresAt }) => {
    if (expiresAt === undefined) return request.signal;
    const ended = new AbortController();
    const delay = Math.min(expiresAt - now(), MAX_DELAY_MS);
    const stopTimer = clock.after(delay, () =>
      ended.abort(unauthenticated('The token has expired', 'invalid_token')),
    );
    const leave = () => {
      stopTimer();
      ended.abort(request.signal.reason);
    };
    // Tokens live for hours, so a timer that nobody needs any more must not wait for its hour.
    timers.set(request, stopTimer);
    request.signal.addEventListener('abort', leave, { once: true });
    if (request.signal.aborted) leave();
    return ended.signal;
  };

  /** Ends the execution with the request, and the timer with the execution. */
  const execution = ({ args }: { args: { contextValue: Context & { request: Request } } }) => {
    const { request, signal } = args.contextValue;
    Object.assign(args, { signal });
    const stop = () => timers.get(request)?.();
    return (result: unknown) => {
      if (isAsyncIterable(result)) return { onEnd: stop };
      return stop();
    };
  };

  return {
    signalOf,
    plugin: {
      onExecute: (event) => {
        const done = execution(event);
        return { onExecuteDone: ({ result }) => done(result) };
      },
      onSubscribe: (event) => {
        const done = execution(event);
        return { onSubscribeResult: ({ result }) => done(result) };
      },
    },
  };
}
