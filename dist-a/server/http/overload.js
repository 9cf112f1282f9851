const RETRY_AFTER_SECONDS = 1;
const BODY = JSON.stringify({
    errors: [
        {
            message: 'The gateway has too many requests that clients have not sent to the end, or responses that they have not read. Try again later.',
            extensions: { code: 'THROTTLED', retryAfterMs: RETRY_AFTER_SECONDS * 1000 },
        },
    ],
});
/** The response when nothing of a request is looked at. */
export const refuseOverload = (_request, response) => {
    response.writeHead(503, {
        'content-type': 'application/json; charset=utf-8',
        'retry-after': String(RETRY_AFTER_SECONDS),
        connection: 'close',
    });
    response.end(BODY);
};
