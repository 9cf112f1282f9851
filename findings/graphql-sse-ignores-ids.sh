#!/usr/bin/env bash
# graphql-sse 2.6.1: the client reconnects when a stream breaks, but does not read the `id:` lines of Server-Sent Events and
# sends no `Last-Event-ID`, which an EventSource would. What came meanwhile is only sent again to a client that keeps a cursor.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund graphql-sse@2.6.1 graphql@16.15.0
cat > run.mjs <<'EOF'
import { createServer } from 'node:http';
import { createClient } from 'graphql-sse';

const ids = [];
const server = createServer((request, response) => {
  ids.push(request.headers['last-event-id']);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(`id: ${ids.length}\nevent: next\ndata: {"data":{"tick":${ids.length}}}\n\n`);
  if (ids.length < 3) setTimeout(() => response.destroy(), 50);
  else response.end('event: complete\ndata:\n\n');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const client = createClient({
  url: `http://127.0.0.1:${server.address().port}/graphql`,
  retryAttempts: 5,
  retry: async () => {},
});
const ticks = [];
await new Promise((complete, error) =>
  client.subscribe({ query: 'subscription { tick }' }, { next: ({ data }) => ticks.push(data.tick), complete, error }),
);
server.close().closeAllConnections();
console.log({ ticks, 'Last-Event-ID of each connection': ids });
if (JSON.stringify([ticks, ids]) !== '[[1,2,3],[null,null,null]]') {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
