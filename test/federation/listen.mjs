import { createServer } from 'node:http';

/** Listens on loopback, and says where. */
export function listen(handler) {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
}
