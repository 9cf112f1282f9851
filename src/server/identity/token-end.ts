// A request does not outlive the token that it was let in by, however long it runs.
import type { Plugin } from 'graphql-yoga';
import type { Caller } from '../../context.ts';
import type { Clock } from '../../upstream/clock.ts';
import { onStart } from '../operation.ts';
import { unauthenticated } from './authentication.ts';

/** The longest that a timer can wait; nothing of ours runs for 24 days. */
const MAX_DELAY_MS = 2 ** 31 - 1;

interface TokenEndOptions {
  clock: Clock;
  /** Milliseconds since 1970, which is what tokens count in. */
  now: () => number;
}

interface TokenEnd {
  /** Ends when the client leaves, or when the token ends. */
  signal: AbortSignal;
  /** Tokens live for hours, so an unused timer must not wait for its hour. */
  stopTokenTimer(): void;
}

export function createTokenEnd({ clock, now }: TokenEndOptions) {
  return ({ signal: client }: Pick<Request, 'signal'>, { expiresAt }: Caller): TokenEnd => {
    if (expiresAt === undefined) return { signal: client, stopTokenTimer() {} };
    const ended = new AbortController();
    const delay = Math.min(expiresAt - now(), MAX_DELAY_MS);
    const stopTokenTimer = clock.after(delay, () =>
      ended.abort(unauthenticated('The token has expired', 'invalid_token')),
    );
    const leave = () => {
      stopTokenTimer();
      ended.abort(client.reason);
    };
    client.addEventListener('abort', leave, { once: true });
    if (client.aborted) leave();
    return { signal: ended.signal, stopTokenTimer };
  };
}

/** Ends the execution with the request, and the timer with the execution. */
export const useTokenEnd = (): Plugin =>
  onStart<TokenEnd>(({ args }) => {
    const { signal, stopTokenTimer } = args.contextValue;
    Object.assign(args, { signal });
    return { onEnd: stopTokenTimer };
  });
