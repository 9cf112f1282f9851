import { ProxyError, ThrottledError, UpstreamError } from './errors.js';
export const observed = (clock, observer) => (next) => async (call) => {
    const began = clock.now();
    const tell = (outcome) => observer.called(call, outcome, (clock.now() - began) / 1000);
    try {
        const answer = await next(call);
        tell('ok');
        return answer;
    }
    catch (error) {
        tell(isLeft(call.signal) ? 'cancelled' : outcomeOf(error));
        throw error;
    }
};
/** Around the quota: how long calls wait there. */
export const observedWait = async ({ clock, observer }, account, wait) => {
    const began = clock.now();
    const tell = (isRefused) => observer.waited(account, isRefused, (clock.now() - began) / 1000);
    try {
        await wait();
    }
    catch (error) {
        if (error instanceof ThrottledError)
            tell(true);
        throw error;
    }
    tell(false);
};
const isLeft = ({ aborted, reason }) => aborted && reason?.name !== 'TimeoutError';
function outcomeOf(error) {
    if (error instanceof ThrottledError)
        return 'throttled';
    if (!(error instanceof UpstreamError))
        return 'error';
    if (error.code === 'UPSTREAM_ACCESS_DENIED')
        return 'denied';
    if (error instanceof ProxyError)
        return 'error';
    // What is not repeated with success is told by AWS itself: not found, in conflict, not valid.
    return error.retryable ? 'error' : 'client_error';
}
