// One request to an API destination, as EventBridge sends it.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
import * as http from 'node:http';
import * as https from 'node:https';

export interface ApiDestination {
  url: string;
  /** The value of x-ivs-events-key, the API key of the connection. */
  key?: string | undefined;
  /** Within which the whole response must be there. */
  timeoutMs?: number | undefined;
}

/** What came of a request: a status, or why there is none. */
export interface Outcome {
  status?: number;
  retryAfter?: string | undefined;
  failure?: string;
}
export type Send = (body: string, signal: AbortSignal) => Promise<Outcome>;

const TIMEOUT_MS = 5000;
const RESPONSE_BYTES = 1024 * 1024;

/** Never rejects. */
export const sendTo =
  ({ url, key, timeoutMs = TIMEOUT_MS }: ApiDestination): Send =>
  (body, signal) =>
    new Promise((resolve) => {
      const timeout = AbortSignal.timeout(timeoutMs);
      const failed = ({ message }: Error) =>
        resolve({ failure: timeout.aborted ? `no response within ${timeoutMs} ms` : message });
      const { request } = url.startsWith('https:') ? https : http;
      request(url, {
        method: 'POST',
        headers: headersOf(body, key),
        agent: false,
        signal: AbortSignal.any([signal, timeout]),
      })
        .on('error', failed)
        .on('response', (response) => {
          const outcome = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] };
          readAway(response, () => resolve(outcome), failed);
        })
        .end(body);
    });

const headersOf = (body: string, key: string | undefined): http.OutgoingHttpHeaders => ({
  'User-Agent': 'Amazon/EventBridge/ApiDestinations',
  'Content-Type': 'application/json; charset=utf-8',
  Range: `bytes=0-${RESPONSE_BYTES - 1}`,
  'Accept-Encoding': 'gzip,deflate',
  Connection: 'close',
  'Content-Length': Buffer.byteLength(body),
  ...(key !== undefined && { 'x-ivs-events-key': key }),
});

/** The body means nothing, but the response ends with it. */
function readAway(response: http.IncomingMessage, done: () => void, failed: (error: Error) => void): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= RESPONSE_BYTES) return;
    done();
    response.destroy();
  });
  response.on('end', done).on('error', failed);
}
