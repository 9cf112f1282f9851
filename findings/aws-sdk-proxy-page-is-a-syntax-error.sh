#!/usr/bin/env bash
# @aws-sdk/client-ivs-realtime 3.1058.0: a 403 whose body is HTML, as proxies and firewalls answer, is a `SyntaxError` of
# the JSON parser. The status is in `$metadata` alone, and the name says nothing of access.
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

const { error } = await getStage((_request, response) => {
  response.writeHead(403, { "content-type": "text/html" }).end("<html>Blocked by the proxy</html>");
});
expect("name", error.name, "SyntaxError");
expect("status", error.$metadata.httpStatusCode, 403);
EOF
node run.mjs
