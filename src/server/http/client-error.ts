// Requests that Node refuses before any handler runs, with a response that a GraphQL client can read.
import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

type Refusal = [status: number, message: string];

/** By the codes of Node's errors; with the statuses that Node returns by itself. */
const REFUSALS: Record<string, Refusal> = {
  // Mostly a token with hundreds of groups.
  HPE_HEADER_OVERFLOW: [
    431,
    `The headers are too long: expected at most ${maxHeaderSize} bytes, token and cookies included`,
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The extensions of the chunks are too long'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come in time'],
};
const MALFORMED: Refusal = [400, 'Expected a request of HTTP/1.1'];

/** Responds on a connection whose request cannot be read, and closes it. */
export function refuseUnreadable({ code }: NodeJS.ErrnoException, socket: Duplex, hasBegun: boolean): void {
  // Within a response, nothing else can be sent.
  if (socket.writable && !hasBegun) socket.write(answerOf(REFUSALS[code ?? ''] ?? MALFORMED));
  socket.destroy();
}

const CODES: Record<number, string> = { 403: 'FORBIDDEN', 404: 'NOT_FOUND', 503: 'THROTTLED' };

/** Responds to a request for a web socket, which no handler has seen. */
export function refuseUpgrade(socket: Duplex, status: number, message: string): void {
  socket.end(answerOf([status, message], status === 503 ? ['retry-after: 1'] : []));
}

function answerOf([status, message]: Refusal, headers: readonly string[] = []): string {
  const body = JSON.stringify({
    errors: [{ message, extensions: { code: CODES[status] ?? 'BAD_REQUEST' } }],
  });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...headers,
    '',
    body,
  ].join('\r\n');
}
