// Web sockets inside of another server. Node hands each upgrade to all listeners of the event: a path that is another
// listener's is left to it.
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pathOf } from '../http/path.ts';
import type { Gateway } from '../server/gateway.ts';
import { isForWebSocket, serveWithoutUpgrade } from '../server/http/upgrade.ts';
import type { IvsGateway } from './api.ts';

type Upgrade = IvsGateway['upgrade'];

/** The paths of the gateways of this process, by their listeners. */
const paths = new WeakMap<object, string>();
/** Connections are bounded by the host's server. */
const ROOM = { enter() {}, leave() {} };

export function upgradeOf(gateway: Pick<Gateway, 'upgrade'>, path: string): Upgrade {
  const upgrade: Upgrade = (request, socket, head) => {
    const server = serverOf(socket);
    const isOwn = pathOf(request) === path;
    if (!isOwn && isLeftToOthers(server, request, socket)) return;
    if (server && !isForWebSocket(request))
      serveWithoutUpgrade(server, { request, socket: socket as Socket, head });
    else gateway.upgrade(request, socket, head, ROOM);
  };
  paths.set(upgrade, path);
  return upgrade;
}

/** Node sets it on connections of a server; it is not among its types. */
const serverOf = (socket: Duplex): Server | undefined => (socket as Duplex & { server?: Server }).server;

/** If no other listener can take the connection, nothing would end it. */
function isLeftToOthers(server: Server | undefined, request: IncomingMessage, socket: Duplex): boolean {
  const listeners = server?.listeners('upgrade') ?? [];
  if (listeners.length < 2) return false;
  const areGateways = listeners.every((listener) => paths.has(listener));
  const isAnothers = listeners.some((listener) => paths.get(listener) === pathOf(request));
  // Of several gateways without the path, the first one responds.
  return !areGateways || isAnothers || socket.writableEnded;
}
