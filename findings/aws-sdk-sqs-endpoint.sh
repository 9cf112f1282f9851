#!/usr/bin/env bash
# @aws-sdk/client-sqs 3.1136.0: AWS_ENDPOINT_URL_SQS does not decide where a call goes that names a queue. The client takes the
# host of QueueUrl instead, and says so on the console only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-sqs@3.1136.0
cat > run.mjs <<'EOF'
import { createServer } from 'node:http';

const listening = (name, called) =>
  new Promise((resolve) => {
    const server = createServer((request, response) => {
      called.push(name);
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end('{}');
    }).listen(0, '127.0.0.1', () => resolve(server));
  });
const called = [];
const [endpoint, other] = [await listening('the endpoint', called), await listening('host of QueueUrl', called)];
const urlOf = (server) => `http://127.0.0.1:${server.address().port}`;
process.env.AWS_ENDPOINT_URL_SQS = urlOf(endpoint);
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const warned = [];
console.warn = (...words) => warned.push(words.join(' '));
const { ListQueuesCommand, ReceiveMessageCommand, SQSClient } = await import('@aws-sdk/client-sqs');
const client = new SQSClient({
  region: 'us-west-2',
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
await client.send(new ListQueuesCommand({}));
await client.send(new ReceiveMessageCommand({ QueueUrl: `${urlOf(other)}/123456789012/queue` }));
for (const server of [endpoint, other]) server.close().closeAllConnections();
console.log({ 'ListQueues': called[0], 'ReceiveMessage': called[1], warnings: warned.length });
if (called.join() !== 'the endpoint,host of QueueUrl') {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
