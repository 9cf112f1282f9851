#!/usr/bin/env bash
# ioredis at a Redis that refuses connections with a reason (`ERR max number of clients reached`; that of the protected
# mode, `DENIED`, comes the same way) and closes them: the reason is lost. The client is told `write EPIPE` or that the
# connection is closed, since it has sent CLIENT SETINFO meanwhile. With `disableClientInfo` it is told the reason. Needs
# `redis-server`.
set -euo pipefail
work=$(mktemp -d)
trap 'kill "${redis:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent ioredis@6.0.0
port=$((20000 + RANDOM % 10000))
redis-server --port $port --bind 127.0.0.1 --save "" --maxclients 1 >redis.log &
redis=$!
until grep -q "Ready to accept" redis.log; do sleep 0.1; done

cat > finding.mjs <<'JS'
import { Redis } from 'ioredis';

const open = (options) => {
  const client = new Redis({ port: Number(process.argv[2]), retryStrategy: null, ...options });
  client.on('error', () => {});
  return client;
};
const first = open();
await first.ping();
const REASON = 'ERR max number of clients reached';
const told = { false: 0, true: 0 };
for (let count = 0; count < 20; count += 1)
  for (const disableClientInfo of [false, true]) {
    const error = await open({ disableClientInfo }).ping().catch((error) => error);
    if (error.message === REASON) told[disableClientInfo] += 1;
  }
first.disconnect();
console.log(`told the reason: ${told.false} of 20; with disableClientInfo: ${told.true} of 20`);
if (told.false === 20 || told.true < 20) {
  console.error('it has changed');
  process.exit(1);
}
JS
node finding.mjs $port
