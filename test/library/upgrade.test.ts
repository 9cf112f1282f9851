// Several listeners of the event `upgrade` on one server: each gets what is its own.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createIvsGateway, type IvsGateway } from '../../src/index.ts';
import { localServer } from '../support/local-server.ts';

let gateways: IvsGateway[] = [];
beforeAll(async () => {
  const open = (path: string) => createIvsGateway({ logLevel: 'silent', path });
  gateways = await Promise.all([open('/one'), open('/two')]);
});
afterAll(() => Promise.all(gateways.map((gateway) => gateway.close())));

async function serve(add: (server: Server) => void): Promise<number> {
  const server = createServer((_, response) => response.end('the host'));
  add(server);
  return Number(new URL(await localServer(server)).port);
}

/** The first message of a web socket, or the status that it was refused with. */
async function greeting(port: number, path: string): Promise<string> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data) => resolve(String(data)));
    socket.on('unexpected-response', (_, { statusCode }) => resolve(String(statusCode)));
    socket.on('error', reject);
  });
}
const ACKNOWLEDGED = expect.stringContaining('connection_ack');

it('two gateways each serve their path, and a third one gets 404', async () => {
  const port = await serve((server) => {
    for (const { upgrade } of gateways) server.on('upgrade', upgrade);
  });
  expect(await greeting(port, '/one')).toEqual(ACKNOWLEDGED);
  expect(await greeting(port, '/two')).toEqual(ACKNOWLEDGED);
  expect(await greeting(port, '/three')).toBe('404');
});

it.each(['before', 'after'])('a listener of the host %s it keeps its own path', async (order) => {
  const own = new WebSocketServer({ noServer: true });
  const listener = (request: never, socket: never, head: Buffer) => {
    if ((request as { url: string }).url === '/host')
      own.handleUpgrade(request, socket, head, (ws) => ws.send('the host'));
  };
  const port = await serve((server) => {
    const all = [gateways[0]?.upgrade as never, listener];
    for (const each of order === 'before' ? all.reverse() : all) server.on('upgrade', each as never);
  });
  expect(await greeting(port, '/host')).toBe('the host');
  expect(await greeting(port, '/one')).toEqual(ACKNOWLEDGED);
});

it('the only listener ends what is not its own, so that no client waits', async () => {
  const port = await serve((server) => server.on('upgrade', gateways[0]?.upgrade as never));
  expect(await greeting(port, '/other')).toBe('404');
});

it('an offer of HTTP/2 is ignored, and the request served', async () => {
  const port = await serve((server) => server.on('upgrade', gateways[0]?.upgrade as never));
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write('GET /page HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n');
  const [data] = await once(socket, 'data');
  expect(String(data)).toMatch(/^HTTP\/1\.1 200 /);
});
