// Requests to change the protocol of a connection. With a listener for them, Node hands over all of them: also the offer of
// HTTP/2 that clients in Java make with their first request, which a server may ignore (RFC 9110, 7.8).
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

interface Upgrade {
  request: IncomingMessage;
  socket: Socket;
  head: Buffer;
}

export const isForWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket';

/** Has the server read the same request again, without the offer. */
export function serveWithoutUpgrade(server: Server, { request, socket, head }: Upgrade): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    if (!/^(connection|upgrade|http2-settings)$/i.test(name)) lines.push(`${name}: ${value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
