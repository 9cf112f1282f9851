#!/usr/bin/env bash
# @aws-sdk/client-ivs-realtime 3.1058.0: the client fills in a missing `idempotencyToken` of StartComposition once for each `send`. Its own
# retries repeat the token; a command object that is sent again has another one, and starts a second composition. And `null`, which it
# leaves out for other members, gives a body that is no JSON.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-ivs-realtime@3.1058.0
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
cat > run.mjs <<'EOF'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { IVSRealTimeClient, StartCompositionCommand } from '@aws-sdk/client-ivs-realtime';

const bodies = [];
// The first attempt fails.
const server = createServer(async (request, response) => {
  bodies.push(await text(request));
  response.writeHead(bodies.length === 1 ? 500 : 200, { 'content-type': 'application/json' }).end('{}');
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const client = new IVSRealTimeClient({
  region: 'us-west-2',
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const input = { stageArn: 'arn:aws:ivs:us-west-2:123456789012:stage/abcdEFGHijkl', destinations: [] };
const command = new StartCompositionCommand(input);
await client.send(command);
await client.send(command);
const [attempt, retry, again] = bodies.map((body) => JSON.parse(body).idempotencyToken);
await client.send(new StartCompositionCommand({ ...input, layout: null, idempotencyToken: null }));
server.close().closeAllConnections();
const withNulls = bodies.at(-1).slice(bodies.at(-1).indexOf('"destinations"'));
const seen = { 'the retry has the token': retry === attempt, 'the second send has it': again === attempt, 'nulls': withNulls };
console.log(seen);
if (JSON.stringify(Object.values(seen)) !== JSON.stringify([true, false, '"destinations":[],"idempotencyToken":}'])) {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
