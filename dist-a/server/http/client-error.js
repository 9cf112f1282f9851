// Requests that Node refuses before anybody sees them, answered so that a client of GraphQL can read why.
import { maxHeaderSize, STATUS_CODES } from 'node:http';
/** By the codes of Node's errors; with the statuses that it answers by itself. */
const REFUSALS = {
    // Mostly a token with hundreds of groups.
    HPE_HEADER_OVERFLOW: [
        431,
        `The headers are too long: expected at most ${maxHeaderSize} bytes, token and cookies included`,
    ],
    HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The extensions of the chunks are too long'],
    ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come in time'],
};
const MALFORMED = [400, 'Expected a request of HTTP/1.1'];
/** Answers on a connection whose request cannot be read, and closes it. */
export function refuseUnreadable({ code }, socket, hasBegun) {
    // Within an answer, nothing else can be said.
    if (socket.writable && !hasBegun)
        socket.write(answerOf(REFUSALS[code ?? ''] ?? MALFORMED));
    socket.destroy();
}
function answerOf([status, message]) {
    const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
    return [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        'connection: close',
        'content-type: application/json',
        `content-length: ${Buffer.byteLength(body)}`,
        '',
        body,
    ].join('\r\n');
}
