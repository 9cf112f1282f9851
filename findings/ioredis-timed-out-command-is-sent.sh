#!/usr/bin/env bash
# ioredis 6.0.0: with `commandTimeout`, a command that waits for the connection is rejected with "Command timed out", and remains in the
# queue: it is sent when Redis is back, however much later. A caller that repeats what has failed does it twice. With
# `enableOfflineQueue: false` it is never sent. Needs `redis-server`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund ioredis@6.0.0
cat > run.mjs <<'EOF'
import { spawn } from 'node:child_process';
import { Redis } from 'ioredis';

const client = (options) =>
  new Redis({ path: 'redis.sock', commandTimeout: 100, retryStrategy: () => 100, maxRetriesPerRequest: null, ...options })
    // While Redis is away.
    .on('error', () => {});
const clients = { queue: client({}), 'no queue': client({ enableOfflineQueue: false }) };

const said = {};
for (const [name, each] of Object.entries(clients)) said[name] = await each.incr(name).catch(({ message }) => message);
// Long after both have failed.
await new Promise((resolve) => setTimeout(resolve, 500));
const ready = Object.values(clients).map((each) => new Promise((resolve) => each.once('ready', resolve)));
const redis = spawn('redis-server', ['--port', '0', '--unixsocket', 'redis.sock', '--save', '']);
await Promise.all(ready);
const seen = {};
for (const [name, each] of Object.entries(clients)) seen[name] = { rejected: said[name], value: await each.get(name) };
for (const each of Object.values(clients)) each.disconnect();
redis.kill();
console.log(seen);
if (seen.queue.rejected !== 'Command timed out' || seen.queue.value !== '1' || seen['no queue'].value !== null) {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
