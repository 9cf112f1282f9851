#!/usr/bin/env bash
# graphql-ws 6.4.2: the client never reconnects after the close codes 1008, 1009 and 1011, nor after 4500, whatever `retryAttempts` and
# `shouldRetry` say: `shouldRetry` is not called. 1011 is that of a fault of the server. It reconnects after 1012
# and 1013, and after 4403, which refuses it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund graphql-ws@6.4.2 ws@8.23.0 graphql@16.15.0
cat > run.mjs <<'EOF'
import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import WebSocket, { WebSocketServer } from 'ws';

/** How often a client connects to a server that closes its first two connections with that code, and is asked whether to retry. */
async function attempts(code) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'graphql-transport-ws' });
  await once(server, 'listening');
  let [connections, questions] = [0, 0];
  server.on('connection', (socket) => {
    connections += 1;
    const number = connections;
    socket.on('message', (text) => {
      const { type, id } = JSON.parse(text);
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      else if (type === 'subscribe' && number < 3) socket.close(code);
      else if (type === 'subscribe') socket.send(JSON.stringify({ id, type: 'complete' }));
    });
  });
  const client = createClient({
    url: `ws://127.0.0.1:${server.address().port}`,
    webSocketImpl: WebSocket,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: async () => {},
    shouldRetry: () => (questions += 1) > 0,
  });
  await new Promise((end) =>
    client.subscribe({ query: 'subscription { tick }' }, { next() {}, error: end, complete: end }),
  );
  await client.dispose();
  server.close();
  return `${connections}, ${questions}`;
}
const seen = {};
for (const code of [1008, 1009, 1011, 4500, 1012, 1013, 4403]) seen[code] = await attempts(code);
console.log('close code: connections, calls of shouldRetry', seen);
const expected = { 1008: '1, 0', 1009: '1, 0', 1011: '1, 0', 1012: '3, 2', 1013: '3, 2', 4403: '3, 2', 4500: '1, 0' };
if (JSON.stringify(seen) !== JSON.stringify(expected)) {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
