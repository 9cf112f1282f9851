// Bounds the bytes that wait for clients to read them: while there are too many, new requests are refused.
import type { RequestListener, ServerResponse } from 'node:http';

/** A response of megabytes takes longer to make than this, so what is added between two samples is bounded. */
const SAMPLE_MS = 50;
const RETRY_AFTER_SECONDS = 1;

const BODY = JSON.stringify({
  errors: [
    {
      message: 'The gateway has too many responses that clients have not read yet. Try again later.',
      extensions: { code: 'THROTTLED', retryAfterMs: RETRY_AFTER_SECONDS * 1000 },
    },
  ],
});

/** Refuses requests with 503 while the responses under way have more than `max` bytes that are not sent. */
export function boundUnsentBytes(handler: RequestListener, max: number): RequestListener {
  const responses = new Set<ServerResponse>();
  let unsent = 0;
  let sampling: NodeJS.Timeout | undefined;

  const sample = (): void => {
    unsent = 0;
    for (const { writableLength, socket } of responses)
      unsent += writableLength + (socket?.writableLength ?? 0);
  };

  const end = (response: ServerResponse): void => {
    responses.delete(response);
    if (responses.size > 0) return;
    clearInterval(sampling);
    sampling = undefined;
    unsent = 0;
  };

  return (request, response) => {
    if (unsent > max) {
      response.writeHead(503, {
        'content-type': 'application/json; charset=utf-8',
        'retry-after': String(RETRY_AFTER_SECONDS),
        connection: 'close',
      });
      response.end(BODY);
      return;
    }
    responses.add(response);
    response.once('close', () => end(response));
    sampling ??= setInterval(sample, SAMPLE_MS).unref();
    handler(request, response);
  };
}
