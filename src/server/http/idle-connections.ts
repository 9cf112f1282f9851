// Bounds the connections that an address keeps without a request: one client must not hold all that the listener takes.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Closes the connection that has been idle for longest when an address keeps more than `max` of them. */
export function boundIdleConnections(server: Server, max: number): void {
  /** In the order in which they became idle. */
  const idleByAddress = new Map<string, Set<Socket>>();

  const remove = (address: string, socket: Socket): void => {
    const idle = idleByAddress.get(address);
    idle?.delete(socket);
    if (idle?.size === 0) idleByAddress.delete(address);
  };

  const add = (address: string, socket: Socket): void => {
    if (socket.destroyed) return;
    const idle = idleByAddress.get(address) ?? new Set();
    idleByAddress.set(address, idle.add(socket));
    const [oldest] = idle;
    if (idle.size > max && oldest) oldest.destroy();
  };

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    add(address, socket);
    socket.once('close', () => remove(address, socket));
  });
  /** Requests that a connection has sent and that are not answered: there are several where it pipelines them. */
  const open = new WeakMap<Socket, number>();
  server.on('request', ({ socket }, response) => {
    const address = socket.remoteAddress ?? '';
    remove(address, socket);
    open.set(socket, (open.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (open.get(socket) ?? 1) - 1;
      open.set(socket, left);
      if (left === 0) add(address, socket);
    });
  });
}
