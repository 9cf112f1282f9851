#!/usr/bin/env bash
# @aws-sdk/client-ivs-realtime 3.1058.0 with `fromProcess` of @aws-sdk/credential-providers 3.1136.0: the client counts credentials
# as expired five minutes before they are. Programs behind `credential_process` that return the same ones until their end are then
# run twice for each call, and each call waits for both. Before, one run serves all calls.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-ivs-realtime@3.1058.0 @aws-sdk/credential-providers@3.1136.0
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
export AWS_CONFIG_FILE="$folder/config" AWS_SHARED_CREDENTIALS_FILE="$folder/none"
unset AWS_PROFILE
cat > program.mjs <<'EOF'
import { appendFileSync } from 'node:fs';

const [, , minutes, log] = process.argv;
appendFileSync(log, 'x');
const Expiration = new Date(Date.now() + minutes * 60_000).toISOString();
console.log(JSON.stringify({ Version: 1, AccessKeyId: 'any', SecretAccessKey: 'any', Expiration }));
EOF
cat > config <<EOF
[profile 6]
credential_process = node $folder/program.mjs 6 $folder/runs6
[profile 4]
credential_process = node $folder/program.mjs 4 $folder/runs4
EOF
cat > run.mjs <<'EOF'
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { IVSRealTimeClient, ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import { fromProcess } from '@aws-sdk/credential-providers';

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"stages":[]}');
}).listen(0, '127.0.0.1');
await once(server, 'listening');
async function runsOfFiveCalls(profile) {
  const client = new IVSRealTimeClient({
    region: 'us-west-2',
    endpoint: `http://127.0.0.1:${server.address().port}`,
    credentials: fromProcess({ profile }),
  });
  for (let call = 0; call < 5; call += 1) await client.send(new ListStagesCommand({}));
  return readFileSync(`runs${profile}`, 'utf8').length;
}
const seen = { '6 minutes left': await runsOfFiveCalls('6'), '4 minutes left': await runsOfFiveCalls('4') };
server.close().closeAllConnections();
console.log('runs of the program for five calls', seen);
if (seen['6 minutes left'] !== 1 || seen['4 minutes left'] < 10) {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
