/** In seconds. An answer that has begun, in parts or events, can have no more headers. */
export const useRetryAfter = () => ({
    onResponse: ({ response: { headers }, serverContext: { answers = [] } }) => {
        const ms = Math.max(0, ...answers.map(({ retryAfterMs }) => retryAfterMs));
        if (ms > 0 && !headers.has('retry-after'))
            headers.set('retry-after', String(Math.ceil(ms / 1000)));
    },
});
