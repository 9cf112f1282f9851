#!/usr/bin/env bash
# ioredis with a database that Redis does not have (16 by default): the refused SELECT is an `error` event, the
# client is `ready` all the same, and commands succeed in database 0. Needs `redis-server`.
set -euo pipefail
work=$(mktemp -d)
trap 'kill "${redis:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent ioredis@6.0.0
redis-server --port 0 --unixsocket "$work/redis.sock" --save '' >/dev/null &
redis=$!
until [ -S redis.sock ]; do sleep 0.1; done

cat > finding.mjs <<'JS'
import { Redis } from 'ioredis';

const client = new Redis({ path: 'redis.sock', db: 99 });
let event;
client.on('error', (error) => (event = error.message));
const written = await client.set('key', 'value');
const first = new Redis({ path: 'redis.sock' });
const seen = { event, status: client.status, written, 'in database 0': await first.get('key') };
console.log(seen);
for (const each of [client, first]) each.disconnect();
if (Object.values(seen).join() !== 'ERR DB index is out of range,ready,OK,value') {
  console.error('it has changed');
  process.exit(1);
}
JS
node finding.mjs
