// The HTTP server: which API a request is for, who may send it, and that none ends the process.
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { boundHeldBytes } from '../http/held-bytes.ts';
import { oneAtATime } from '../http/pipelining.ts';
import { readingBound } from '../http/reading.ts';
import { answerAws, awsFailure, refuseAws, type Wire } from './aws/server.ts';
import type { Control } from './control/control.ts';
import { answerControl, controlFailure, isControl } from './control/server.ts';
import { overloaded } from './errors.ts';
import { checkAwsOrigin, checkControlOrigin, checkHost, checkLinkedPage } from './origin.ts';
import { type Reply, type Silence, send } from './reply.ts';
import { answerStudio, isStudio, isStudioPage } from './studio/studio.ts';

interface Api {
  checkOrigin: (request: IncomingMessage) => void;
  answer: (request: IncomingMessage) => Promise<Reply | Silence>;
  /** Of a request that its host or its origin excludes. */
  refuse: (request: IncomingMessage, error: unknown) => Reply;
  failure: (error: unknown) => Reply;
}

/** As in the gateway (server/http/listener.ts). */
const READ_MS = 30_000;
const HELD_BYTES = 256 * 1024 * 1024;

export function createWire(wire: Wire, control: Control): Server {
  const aws: Api = {
    checkOrigin: checkAwsOrigin,
    answer: (request) => answerAws(request, wire),
    refuse: (request, error) => refuseAws(request, wire, error),
    failure: awsFailure,
  };
  const commands: Api = {
    checkOrigin: checkControlOrigin,
    answer: (request) => answerControl(control, request),
    refuse: (_, error) => controlFailure(error),
    failure: controlFailure,
  };
  const studio: Api = {
    checkOrigin: (request) => (isStudioPage(request) ? checkLinkedPage : checkControlOrigin)(request),
    answer: (request) => answerStudio({ accounts: wire.accounts, control }, request),
    refuse: (_, error) => controlFailure(error),
    failure: controlFailure,
  };
  const apiOf = (request: IncomingMessage) => {
    if (isStudio(request)) return studio;
    return isControl(request) ? commands : aws;
  };
  const handle: RequestListener = (request, response) => {
    const { checkOrigin, answer, refuse, failure } = apiOf(request);
    const guarded = async () => {
      try {
        checkHost(request, listener);
        checkOrigin(request);
      } catch (error) {
        return refuse(request, error);
      }
      return answer(request);
    };
    void respond(response, guarded, failure);
  };
  const refuse: RequestListener = (request, response) => {
    response.shouldKeepAlive = false;
    sendFailure(response, apiOf(request).failure(overloaded()));
  };
  const server = createServer(bounded(handle, refuse));
  let listener: AddressInfo | null = null;
  server.once('listening', () => {
    listener = server.address() as AddressInfo;
  });
  // Longer than any client keeps an idle connection, so that the one to close it is never this side
  // while the client is sending its next request on it
  server.keepAliveTimeout = 600_000;
  server.headersTimeout = 610_000;
  server.requestTimeout = 0;
  return server;
}

/** An unread response occupies its own connection only, and is dropped. */
function bounded(handle: RequestListener, refuse: RequestListener): RequestListener {
  const within = boundHeldBytes(handle, { max: HELD_BYTES, maxPerAddress: HELD_BYTES, refuse });
  const boundReading = readingBound(READ_MS);
  return oneAtATime((request, response) => {
    boundReading(response);
    within(request, response);
  });
}

/** Never rejects: a rejection that nothing handles ends the process. */
async function respond(
  response: ServerResponse,
  answer: () => Promise<Reply | Silence>,
  failure: Api['failure'],
): Promise<void> {
  try {
    send(response, await answer());
  } catch (error) {
    if (response.req.errored) return; // the client left while its body was read
    sendFailure(response, failure(error));
  }
}

function sendFailure(response: ServerResponse, reply: Reply): void {
  try {
    if (response.headersSent) response.destroy();
    else send(response, reply);
  } catch (error) {
    console.error('ivs-graphql emulator: the answer could not be sent', error);
    response.destroy();
  }
}
