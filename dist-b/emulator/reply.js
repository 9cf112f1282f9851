// What is sent for a request.
import { randomUUID } from 'node:crypto';
export function reply(status, body, headers = {}) {
    const content = status === 204
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
    return { status, body, headers: { 'x-amzn-requestid': randomUUID(), ...content, ...headers } };
}
export function send(response, outcome) {
    if (outcome === 'hang')
        return;
    if (outcome === 'reset')
        return void response.socket?.resetAndDestroy();
    // A body that goes on behind the limit may never end: see readBody
    if (outcome.status === 413 && !response.req.complete)
        response.shouldKeepAlive = false;
    response.writeHead(outcome.status, outcome.headers).end(outcome.body);
}
