import { onStart } from '../operation.js';
import { unauthenticated } from './authentication.js';
/** The longest that a timer can wait; nothing of ours runs for 24 days. */
const MAX_DELAY_MS = 2 ** 31 - 1;
export function createTokenEnd({ clock, now }) {
    return ({ signal: client }, { expiresAt }) => {
        if (expiresAt === undefined)
            return { signal: client, stopTokenTimer() { } };
        const ended = new AbortController();
        const delay = Math.min(expiresAt - now(), MAX_DELAY_MS);
        const stopTokenTimer = clock.after(delay, () => ended.abort(unauthenticated('The token has expired', 'invalid_token')));
        const leave = () => {
            stopTokenTimer();
            ended.abort(client.reason);
        };
        client.addEventListener('abort', leave, { once: true });
        if (client.aborted)
            leave();
        return { signal: ended.signal, stopTokenTimer };
    };
}
/** Ends the execution with the request, and the timer with the execution. */
export const useTokenEnd = () => onStart(({ args }) => {
    const { signal, stopTokenTimer } = args.contextValue;
    Object.assign(args, { signal });
    return { onEnd: stopTokenTimer };
});
