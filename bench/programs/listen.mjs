import { createServer } from 'node:http';

/**
 * Serves on a free port and prints where.
 * @param {import('node:http').RequestListener} listener
 */
export function listen(listener) {
  const server = createServer(listener).listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    console.log(`http://127.0.0.1:${port}`);
  });
}
