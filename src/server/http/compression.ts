// Compresses responses for clients that accept it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import compression from 'compression';

/** Below, a packet carries it either way. */
const THRESHOLD_BYTES = 1024;

const compress = compression({
  threshold: THRESHOLD_BYTES,
  filter: (request, response) =>
    !isSecret(response) && !isStream(response) && compression.filter(request, response),
});

/**
 * Streams are not meant: neither `multipart/mixed` nor an event stream is compressed, so that each part leaves when it is
 * written.
 */
export const compressing =
  <Rest extends unknown[]>(
    handler: (request: IncomingMessage, response: ServerResponse, ...rest: Rest) => unknown,
  ) =>
  (request: IncomingMessage, response: ServerResponse, ...rest: Rest): void => {
    // The wrapper takes a tenth of a short request. Responses to GET say that they vary, whatever the client accepts.
    if (request.method === 'POST' && !request.headers['accept-encoding']) {
      handler(request, response, ...rest);
      return;
    }
    compress(request as never, response as never, () => {
      handler(request, response, ...rest);
    });
  };

const isStream = (response: ServerResponse): boolean =>
  /^(text\/event-stream|multipart\/mixed)/.test(String(response.getHeader('content-type') ?? ''));

/** The size of compressed text depends on its content (BREACH): no secret can be guessed by it. */
const isSecret = (response: ServerResponse): boolean =>
  /no-store/.test(String(response.getHeader('cache-control') ?? ''));
