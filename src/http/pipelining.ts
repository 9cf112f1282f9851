// HTTP/1.1 lets a client send requests without waiting for responses, and never read one. Each connection is served one
// request at a time, so what a client can make the gateway hold is one response.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that may wait behind the one that is served; then nothing more is read from the connection. */
const MAX_WAITING = 16;

type Exchange = [request: IncomingMessage, response: ServerResponse];

/** Calls `handler` for the next request of a connection when the response before it is sent. */
export function oneAtATime(handler: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, Exchange[]>();

  const serve = ([request, response]: Exchange): void => {
    response.on('close', () => serveNext(request.socket));
    handler(request, response);
  };

  const serveNext = (socket: Socket): void => {
    const next = waiting.get(socket)?.shift();
    if (!next || socket.destroyed) {
      waiting.delete(socket);
      return;
    }
    if (socket.isPaused()) socket.resume();
    serve(next);
  };

  return (request, response) => {
    const others = waiting.get(request.socket);
    if (!others) {
      waiting.set(request.socket, []);
      serve([request, response]);
      return;
    }
    others.push([request, response]);
    if (others.length >= MAX_WAITING) request.socket.pause();
  };
}
