// Bounds the connections of the listener, whatever state they are in: one client must not keep all others out. A new
// connection takes the place of the one that has been without a request for longest: idle, or still sending its headers
// or its body. A connection whose request is being served is never closed for another one.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '../../http/address.ts';
import { untilEnd } from '../../http/until-end.ts';

export interface ConnectionLimits {
  connections: number;
  /** Of one network (`networkOf`). */
  connectionsPerAddress: number;
}

export class Connections {
  readonly #limits: ConnectionLimits;
  /** Of each network, those longest without a request first. */
  readonly #byNetwork = new Map<string, Set<Socket>>();
  readonly #served = new WeakMap<Socket, IncomingMessage>();
  /** Those that leave when they close; one may leave and come back before. */
  readonly #known = new WeakSet<Socket>();
  #total = 0;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  add(socket: Socket): void {
    const network = networkOf(socket.remoteAddress);
    const own = this.#byNetwork.get(network) ?? new Set();
    this.#byNetwork.set(network, own.add(socket));
    this.#total += 1;
    if (!this.#known.has(socket)) socket.once('close', () => this.#remove(network, socket));
    this.#known.add(socket);
    if (own.size > this.#limits.connectionsPerAddress) this.#closeOneOf([network]);
    else if (this.#total > this.#limits.connections) this.#closeOneOf(this.#bySize());
  }

  /** For the request of a connection whose response is the next one. */
  serve(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    this.#served.set(socket, request);
    untilEnd(response, (isReleased) => {
      if (this.#served.get(socket) !== request) return; // the next one of its connection is being served already
      this.#served.delete(socket);
      if (isReleased) return this.leave(socket);
      const own = this.#byNetwork.get(networkOf(socket.remoteAddress));
      if (own?.delete(socket)) own.add(socket);
    });
  }

  /** It is not counted any more. */
  leave(socket: Socket): void {
    this.#remove(networkOf(socket.remoteAddress), socket);
  }

  #remove(network: string, socket: Socket): void {
    const own = this.#byNetwork.get(network);
    if (!own?.delete(socket)) return;
    this.#total -= 1;
    if (own.size === 0) this.#byNetwork.delete(network);
  }

  /** Who holds the most has to give. */
  #bySize(): string[] {
    const sized = [...this.#byNetwork].sort(([, one], [, other]) => other.size - one.size);
    return sized.map(([network]) => network);
  }

  /** There is always one: the new connection has no request yet. */
  #closeOneOf(networks: string[]): void {
    for (const network of networks)
      for (const socket of this.#byNetwork.get(network) ?? []) {
        // Of a request whose body is still on its way
        if (this.#served.get(socket)?.complete) continue;
        this.#remove(network, socket);
        socket.destroy();
        return;
      }
  }
}
