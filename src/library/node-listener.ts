// The gateway as a listener inside of another server, which may have changed the URL and read the body before.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Gateway } from '../server/gateway.ts';
import { CLOSED_BODY } from './closed.ts';
import type { InFlight } from './in-flight.ts';

/** What Express and others add. */
interface Mounted extends IncomingMessage {
  /** The URL before a router cut off where it is mounted. */
  originalUrl?: string;
}

export const nodeListener =
  (gateway: Gateway, inFlight: InFlight, isClosed: () => boolean) =>
  (request: Mounted, response: ServerResponse): void => {
    if (isClosed()) {
      response.writeHead(503, { 'content-type': 'application/json; charset=utf-8' }).end(CLOSED_BODY);
      return;
    }
    response.once('close', inFlight.begin());
    if (request.originalUrl !== undefined) request.url = request.originalUrl;
    gateway.listener(request, response);
  };
