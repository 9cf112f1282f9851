#!/usr/bin/env bash
# @aws-sdk/client-ivs-realtime 3.1058.0: `maxAttempts: 10` is not ten attempts for each of many calls. All calls of a client share a
# budget of 500 for retries: each takes 5, and only successes bring some back. Of 200 calls that are throttled at the same time, none
# is sent more than twice, and half of them only once. One call alone is sent ten times.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-ivs-realtime@3.1058.0
cat > run.mjs <<'EOF'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { IVSRealTimeClient, ListStagesCommand } from '@aws-sdk/client-ivs-realtime';

let received = 0;
const server = createServer((request, response) => {
  received += 1;
  request.resume();
  response.writeHead(429, { 'content-type': 'application/json', 'x-amzn-errortype': 'ThrottlingException' });
  response.end('{"message":"Rate exceeded"}');
}).listen(0, '127.0.0.1');
await once(server, 'listening');

async function attemptsOf(calls) {
  received = 0;
  const client = new IVSRealTimeClient({
    endpoint: `http://127.0.0.1:${server.address().port}`,
    region: 'us-west-2',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 10,
  });
  const results = await Promise.allSettled(Array.from({ length: calls }, () => client.send(new ListStagesCommand({}))));
  client.destroy();
  const attempts = results.map(({ reason }) => reason.$metadata.attempts);
  return { calls, received, most: Math.max(...attempts) };
}
const seen = [await attemptsOf(1), await attemptsOf(200)];
console.log(seen);
server.close();
if (JSON.stringify(seen) !== '[{"calls":1,"received":10,"most":10},{"calls":200,"received":300,"most":2}]') {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
