#!/usr/bin/env bash
# ioredis 6.0.0: where a `Connector` of one's own rejects, the client has ended for good: its status is `end`, and `retryStrategy`
# is not called. A connection that is refused is retried. A connector that wants to be asked again must return a socket.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund ioredis@6.0.0
cat > run.mjs <<'EOF'
import { once } from 'node:events';
import { createServer } from 'node:net';
import { AbstractConnector, Redis } from 'ioredis';

class Rejecting extends AbstractConnector {
  constructor() {
    super(100);
  }
  async connect() {
    throw new Error('no primary is known yet');
  }
}

const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();
server.close();
await once(server, 'close');

async function retriesOf(options) {
  let retries = 0;
  const client = new Redis({ ...options, host: '127.0.0.1', port, retryStrategy: () => (++retries, 20) });
  client.on('error', () => {});
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { status } = client;
  client.disconnect();
  return { isRetried: retries > 1, hasEnded: status === 'end' };
}
const seen = { refused: await retriesOf({}), rejecting: await retriesOf({ Connector: Rejecting }) };
console.log(seen);
if (JSON.stringify(seen) !== '{"refused":{"isRetried":true,"hasEnded":false},"rejecting":{"isRetried":false,"hasEnded":true}}') {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
