#!/usr/bin/env bash
# @aws-sdk/client-ivs-realtime 3.1058.0: with status 200 the client takes a body that is no JSON object for a response
# without members, and a list for a structure. What AWS did not say reads as "there is nothing". Only `null` is an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-ivs-realtime@3.1058.0
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
cat > run.mjs <<'EOF'
import { createServer } from "node:http";
import { once } from "node:events";
import { GetStageCommand, IVSRealTimeClient } from "@aws-sdk/client-ivs-realtime";

/** What the SDK makes of what a server on loopback answers to GetStage. */
async function getStage(answer) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = new IVSRealTimeClient({
    region: "us-west-2",
    endpoint: `http://127.0.0.1:${server.address().port}`,
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
    maxAttempts: 1,
  });
  const command = new GetStageCommand({ arn: "arn:aws:ivs:us-west-2:123456789012:stage/abcdEFGHijkl" });
  try {
    const { $metadata, ...output } = await client.send(command);
    return { output };
  } catch (error) {
    return { error };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
function expect(what, seen, expected) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) === JSON.stringify(expected)) return;
  console.error(`changed: ${JSON.stringify(expected)} was seen before`);
  process.exitCode = 1;
}

const bodies = ["", '""', "[]", "5", '{"stage":[]}', "null"];
const seen = {};
for (const body of bodies) {
  const { output, error } = await getStage((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  });
  seen[body] = error ? error.name : output;
}
expect("outputs by body", seen, { "": {}, '""': {}, "[]": {}, 5: {}, '{"stage":[]}': { stage: {} }, null: "TypeError" });
EOF
node run.mjs
