#!/usr/bin/env bash
# @aws-sdk/client-ivs-realtime 3.1058.0: a paginator writes `nextToken` into the input that it is given, and leaves the last one there.
# Since it also begins at the token of its input, a second run with the same object returns the last page alone, without an error.
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
import { json } from 'node:stream/consumers';
import { IVSRealTimeClient, paginateListStages } from '@aws-sdk/client-ivs-realtime';

// Three pages: what begins at a token, and the token of the next one.
const pages = { undefined: ['a', 'second'], second: ['b', 'third'], third: ['c'] };
const server = createServer(async (request, response) => {
  const [name, nextToken] = pages[(await json(request)).nextToken];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ stages: [{ arn: `arn:aws:ivs:us-west-2:123456789012:stage/${name}`, name }], nextToken }));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const client = new IVSRealTimeClient({
  region: 'us-west-2',
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const input = {};
async function stages() {
  const names = [];
  for await (const page of paginateListStages({ client }, input)) names.push(...page.stages.map(({ name }) => name));
  return names.join();
}
const seen = { 'first run': await stages(), input: { ...input }, 'second run': await stages() };
server.close().closeAllConnections();
console.log(seen);
if (JSON.stringify(Object.values(seen)) !== '["a,b,c",{"nextToken":"third"},"c"]') {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
