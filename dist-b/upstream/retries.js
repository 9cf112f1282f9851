import { systemClock } from './clock.js';
import { AccessDeniedError, ResourceNotFoundError, ThrottledError, toAborted, UpstreamError, } from './errors.js';
/** Of a read or a write that may be repeated, when AWS fails. */
const MAX_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 100;
export const retries = ({ clock = systemClock, random = Math.random } = {}) => (next) => async (call) => {
    /** Whether an attempt of ours may have done already what the next one would do. */
    let mayBeDone = false;
    const mended = new Set();
    for (let attempt = 1;; attempt += 1) {
        try {
            return await next({ ...call, attempt });
        }
        catch (error) {
            if (mayBeDone && isGone(error, call))
                return {};
            if (call.isOptional())
                throw error;
            if (isMended(error, mended))
                continue;
            if (!mayRepeat(error, call, attempt))
                throw error;
            mayBeDone ||= !(error instanceof ThrottledError) && error.mayHaveArrived;
            const pauseMs = pauseAfter(error, attempt, random);
            if (clock.now() + pauseMs >= call.deadline())
                throw error;
            await pause(pauseMs, call.signal, clock, error.aws);
        }
    }
};
/** Whether AWS refused, before it acted, for what has been put right since: once for each reason. */
function isMended(error, before) {
    if (!(error instanceof AccessDeniedError) || !error.mended || before.has(error.mended))
        return false;
    before.add(error.mended);
    return true;
}
/** What AWS asks for, if it does. After too many calls the quota below says when the next one may go. */
function pauseAfter(error, attempt, random) {
    // Full jitter: those who failed together do not come back together.
    const ownMs = error instanceof ThrottledError ? 0 : FIRST_PAUSE_MS * 2 ** attempt * random();
    return Math.max(ownMs, error.waitMs ?? 0);
}
function mayRepeat(error, { operation, command }, attempt) {
    if (!(error instanceof UpstreamError) || !error.retryable)
        return false;
    // AWS refused before it acted, so nothing happened; the quota below knows the deadline and ends this.
    if (error instanceof ThrottledError)
        return error.aws?.httpStatus !== undefined;
    if (attempt >= MAX_ATTEMPTS)
        return false;
    if (!error.mayHaveArrived || operation.isRead)
        return true;
    const { isIdempotent } = operation;
    return typeof isIdempotent === 'string' ? isIdempotent in command.input : isIdempotent;
}
/** Our own first attempt was the one that deleted it. */
const isGone = (error, { operation }) => error instanceof ResourceNotFoundError && !operation.isRead && operation.deletes === true;
/** An end of the request names the attempt before it, which AWS may have acted on. */
function pause(milliseconds, signal, clock, aws) {
    return new Promise((resolve, reject) => {
        const leave = () => {
            stop();
            reject(toAborted(signal, aws));
        };
        const stop = clock.after(milliseconds, () => {
            signal.removeEventListener('abort', leave);
            resolve();
        });
        if (signal.aborted)
            leave();
        else
            signal.addEventListener('abort', leave, { once: true });
    });
}
