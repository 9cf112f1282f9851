// The HTTP server: which API a request is for, who may send it, and that none ends the process.
import { createServer, } from 'node:http';
import { boundHeldBytes } from '../http/held-bytes.js';
import { oneAtATime } from '../http/pipelining.js';
import { readingBound } from '../http/reading.js';
import { answerAws, awsFailure } from './aws-server.js';
import { answerControl, controlFailure, isControl } from './control-server.js';
import { overloaded } from './errors.js';
import { checkAwsOrigin, checkControlOrigin, checkHost } from './origin.js';
import { send } from './reply.js';
/** As in the gateway (server/http/listener.ts). */
const READ_MS = 30_000;
const HELD_BYTES = 256 * 1024 * 1024;
export function createWire(wire, control) {
    const aws = {
        checkOrigin: checkAwsOrigin,
        answer: (request) => answerAws(request, wire),
        failure: awsFailure,
    };
    const commands = {
        checkOrigin: checkControlOrigin,
        answer: (request) => answerControl(control, request),
        failure: controlFailure,
    };
    const apiOf = (request) => (isControl(request) ? commands : aws);
    const handle = (request, response) => {
        const { checkOrigin, answer, failure } = apiOf(request);
        const guarded = async () => {
            checkHost(request, server.address());
            checkOrigin(request);
            return answer(request);
        };
        void respond(response, guarded, failure);
    };
    const refuse = (request, response) => {
        response.shouldKeepAlive = false;
        sendFailure(response, apiOf(request).failure(overloaded()));
    };
    const server = createServer(bounded(handle, refuse));
    // Longer than any client keeps an idle connection, so that the one to close it is never this side
    // while the client is sending its next request on it
    server.keepAliveTimeout = 600_000;
    server.headersTimeout = 610_000;
    server.requestTimeout = 0;
    return server;
}
/** Answers that nobody reads cost no more than one for each connection, and are given up. */
function bounded(handle, refuse) {
    const within = boundHeldBytes(handle, { max: HELD_BYTES, maxPerAddress: HELD_BYTES, refuse });
    const boundReading = readingBound(READ_MS);
    return oneAtATime((request, response) => {
        boundReading(response);
        within(request, response);
    });
}
/** Never rejects: a rejection that nothing handles ends the process. */
async function respond(response, answer, failure) {
    try {
        send(response, await answer());
    }
    catch (error) {
        if (response.req.errored)
            return; // the client left while its body was read
        sendFailure(response, failure(error));
    }
}
function sendFailure(response, reply) {
    try {
        if (response.headersSent)
            response.destroy();
        else
            send(response, reply);
    }
    catch (error) {
        console.error('ivs-graphql emulator: the answer could not be sent', error);
        response.destroy();
    }
}
