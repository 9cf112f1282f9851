// The listener: it bounds what one client can hold on to, and stops without losing an answer.
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { boundHeldBytes } from '../../http/held-bytes.js';
import { oneAtATime } from '../../http/pipelining.js';
import { readingBound } from '../../http/reading.js';
import { refuseUnreadable } from './client-error.js';
import { Connections } from './connections.js';
import { refuseOverload } from './overload.js';
import { turns } from './turns.js';
const LIMITS = {
    headersMs: 10_000,
    requestMs: 30_000,
    idleMs: 65_000,
    readMs: 30_000,
    checkMs: 2_000,
    headers: 100,
    // At about 10 KB each; what they ask at once is bounded elsewhere.
    connections: 2_000,
    connectionsPerAddress: 1_000,
    heldBytes: 256 * 1024 * 1024,
    heldBytesPerAddress: 128 * 1024 * 1024,
};
/** Where proxies of our own bring many clients from one address. They have to bound each client. */
export const BEHIND_PROXIES = {
    connectionsPerAddress: Number.POSITIVE_INFINITY,
    heldBytesPerAddress: Number.POSITIVE_INFINITY,
};
/** Each bound waits for the end of a response, and so do yoga and what compresses: a dozen of them, not more with time. */
const MAX_LISTENERS = 20;
/** Rejects with the error of listen: a port in use, say. */
export async function listen(handler, { host, port }, overrides = {}) {
    const limits = { ...LIMITS, ...overrides };
    const answers = new Set();
    const answer = boundHeldBytes(handler, {
        max: limits.heldBytes,
        maxPerAddress: limits.heldBytesPerAddress,
        refuse: refuseOverload,
    });
    const connections = new Connections(limits);
    let isDraining = false;
    const boundReading = readingBound(limits.readMs);
    const serve = oneAtATime((request, response) => {
        response.setMaxListeners(MAX_LISTENERS);
        connections.serve(request, response);
        answers.add(response);
        response.on('close', () => answers.delete(response));
        if (isDraining)
            sayClose(response);
        boundReading(response);
        answer(request, response);
    });
    const server = bounded(limits, serve);
    server.on('clientError', (error, socket) => {
        const hasBegun = [...answers].some((begun) => begun.socket === socket && begun.headersSent);
        refuseUnreadable(error, socket, hasBegun);
    });
    server.on('connection', (socket) => {
        turns.accepted();
        connections.add(socket);
    });
    await listening(server, host, port);
    return {
        address: server.address(),
        drain: async ({ delayMs, finishMs }) => {
            isDraining = true;
            for (const response of answers)
                sayClose(response);
            await pause(delayMs);
            await close(server, finishMs);
        },
    };
}
function bounded(limits, handler) {
    const server = createServer({
        headersTimeout: limits.headersMs,
        requestTimeout: limits.requestMs,
        keepAliveTimeout: limits.idleMs,
        connectionsCheckingInterval: limits.checkMs,
        // Finds those who went without a word.
        keepAlive: true,
        keepAliveInitialDelay: 30_000,
        // Two Authorization headers are then two to us as well; by default node drops the second one.
        joinDuplicateHeaders: true,
    }, handler);
    server.maxHeadersCount = limits.headers;
    return server;
}
/** A client that comes back on its connection would come back to somebody who is leaving. */
function sayClose(response) {
    if (!response.headersSent)
        response.setHeader('connection', 'close');
}
function listening(server, host, port) {
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
            server.off('error', reject);
            resolve();
        });
    });
}
/** Takes no more connections, lets requests in flight finish, and ends what is left after `finishMs`. */
async function close(server, finishMs) {
    const closed = new Promise((resolve) => server.close(resolve));
    // A connection whose answer had begun before it could say close stays open after it; nobody shall wait for it.
    const sweep = setInterval(() => server.closeIdleConnections(), 100);
    const late = setTimeout(() => server.closeAllConnections(), finishMs);
    await closed;
    clearInterval(sweep);
    clearTimeout(late);
}
