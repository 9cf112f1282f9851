// A server of the test's own: on loopback, on a port that the system chooses, until the test ends.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';

/** Its URL, without a path. */
export async function localServer(of: RequestListener | Server): Promise<string> {
  const server = typeof of === 'function' ? createServer(of) : of;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    // Of an HTTP server: connections that are kept alive would keep it from closing.
    if ('closeAllConnections' in server) (server as ReturnType<typeof createServer>).closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
