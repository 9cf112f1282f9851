import compression from 'compression';
/** Below, a packet carries it either way. */
const THRESHOLD_BYTES = 1024;
const compress = compression({
    threshold: THRESHOLD_BYTES,
    filter: (request, response) => !isSecret(response) && compression.filter(request, response),
});
/**
 * Streams are not meant: neither `multipart/mixed` nor an event stream is compressed, so that each part leaves when it is
 * written.
 */
export const compressing = (handler) => (request, response, ...rest) => {
    compress(request, response, () => {
        handler(request, response, ...rest);
    });
};
/** The size of what is compressed tells of its content (BREACH): no secret shall be guessed by it. */
const isSecret = (response) => /no-store/.test(String(response.getHeader('cache-control') ?? ''));
