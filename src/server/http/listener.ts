// The listener: it bounds what one client can hold on to, and stops without losing a response.
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { boundHeldBytes } from '../../http/held-bytes.ts';
import { oneAtATime } from '../../http/pipelining.ts';
import { readingBound } from '../../http/reading.ts';
import { untilEnd } from '../../http/until-end.ts';
import { refuseUnreadable } from './client-error.ts';
import { type ConnectionLimits, Connections } from './connections.ts';
import { refuseOverload } from './overload.ts';
import { turns } from './turns.ts';
import { isForWebSocket, serveWithoutUpgrade } from './upgrade.ts';

/** What a client may take of time and room; a gateway behind no balancer meets every client by itself. */
export interface ListenerLimits extends ConnectionLimits {
  /** To send the headers of a request, also the first ones of a new connection. */
  headersMs: number;
  /** To send all of a request. 1 MB in 30 seconds is a bad mobile network. */
  requestMs: number;
  /** To wait for the next request: longer than balancers do (60 seconds is usual), so that they close, not we. */
  idleMs: number;
  /** Time to read a complete response; and to read anything at all of an incomplete one. */
  readMs: number;
  /** How often the first two are looked after. */
  checkMs: number;
  headers: number;
  /** That wait for clients: of bodies that are not complete and of responses that are not read. */
  heldBytes: number;
  heldBytesPerAddress: number;
}

const LIMITS: ListenerLimits = {
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
export const BEHIND_PROXIES: Partial<ListenerLimits> = {
  connectionsPerAddress: Number.POSITIVE_INFINITY,
  heldBytesPerAddress: Number.POSITIVE_INFINITY,
};

/** Each bound waits for the end of a response, and so do yoga and what compresses: a dozen of them, not more with time. */
const MAX_LISTENERS = 20;

export interface Drain {
  /** Requests are still taken for so long: until all balancers have seen that this one is not ready. */
  delayMs: number;
  /** Then those in flight get so long to finish. */
  finishMs: number;
}

export interface Listening {
  address: AddressInfo;
  /** Resolves when no client is connected any more. */
  drain(times: Drain): Promise<void>;
}

/** What is served for hours, beside requests that end. */
export interface LongLived {
  /** Takes over the socket. While `room` is left, the connection is not counted. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, room: Room): void;
  /** Ends it. */
  drain(times: Drain): void;
}

interface Room {
  enter(): void;
  leave(): void;
}

/** Rejects with the error of listen: a port in use, say. */
export async function listen(
  handler: RequestListener,
  { host, port }: { host: string; port: number },
  overrides: Partial<ListenerLimits> = {},
  longLived?: LongLived,
): Promise<Listening> {
  const limits = { ...LIMITS, ...overrides };
  const answers = new Set<ServerResponse>();
  /** Of responses that have begun and last for hours. */
  const released = new WeakSet<Duplex>();
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
    untilEnd(response, (isReleased) => {
      answers.delete(response);
      if (isReleased) released.add(request.socket);
    });
    if (isDraining) sayClose(response);
    boundReading(response);
    answer(request, response);
  });
  const server = bounded(limits, serve);
  server.on('clientError', (error, socket) => {
    const hasBegun =
      released.has(socket) || [...answers].some((begun) => begun.socket === socket && begun.headersSent);
    refuseUnreadable(error, socket, hasBegun);
  });
  server.on('connection', (socket: Socket) => {
    turns.accepted();
    connections.add(socket);
  });
  if (longLived)
    server.on('upgrade', (request, socket: Socket, head) => {
      if (!isForWebSocket(request)) {
        connections.leave(socket);
        serveWithoutUpgrade(server, { request, socket, head });
        return;
      }
      const room = { enter: () => connections.add(socket), leave: () => connections.leave(socket) };
      longLived.upgrade(request, socket, head, room);
    });
  await listening(server, host, port);
  return {
    address: server.address() as AddressInfo,
    drain: async ({ delayMs, finishMs }) => {
      isDraining = true;
      for (const response of answers) sayClose(response);
      longLived?.drain({ delayMs, finishMs });
      await pause(delayMs);
      await close(server, finishMs);
    },
  };
}

function bounded(limits: ListenerLimits, handler: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleMs,
      connectionsCheckingInterval: limits.checkMs,
      // Finds connections that were lost without notice.
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
      // Two Authorization headers are then two to us as well; by default node drops the second one.
      joinDuplicateHeaders: true,
    },
    handler,
  );
  server.maxHeadersCount = limits.headers;
  return server;
}

/** A client that reuses its connection would reach a process that is shutting down. */
function sayClose(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Takes no more connections, lets requests in flight finish, and ends what is left after `finishMs`. */
async function close(server: Server, finishMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  // A connection whose response had begun before it could say close stays open after it; the shutdown does not wait for it.
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const late = setTimeout(() => server.closeAllConnections(), finishMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(late);
}
