#!/usr/bin/env bash
# ioredis 6.0.0: `keyPrefix` stands before the channels of SPUBLISH and SSUBSCRIBE, and not before those of PUBLISH and SUBSCRIBE. A
# subscriber that moves to sharded channels without the same prefix receives nothing, and no command fails. The prefix is also part of the
# name that `smessage` has. Needs `redis-server` 7 or later.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${redis:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund ioredis@6.0.0
redis-server --port 0 --unixsocket "$folder/redis.sock" --save '' >/dev/null &
redis=$!
until [ -S redis.sock ]; do sleep 0.1; done
cat > run.mjs <<'EOF'
import { Redis } from 'ioredis';

const path = 'redis.sock';
const [publisher, plain, prefixed] = [{ keyPrefix: 'app:' }, {}, { keyPrefix: 'app:' }].map(
  (options) => new Redis({ path, ...options }),
);
const seen = { plain: [], prefixed: [] };
for (const [name, client] of Object.entries({ plain, prefixed })) {
  await client.subscribe('news');
  await client.ssubscribe('news');
  const note = (channel, text) => seen[name].push(`${text} on ${channel}`);
  client.on('message', note).on('smessage', note);
}
await publisher.publish('news', 'PUBLISH');
await publisher.spublish('news', 'SPUBLISH');
// Redis sends what was published before its response to these.
await Promise.all([plain.ping(), prefixed.ping()]);
for (const client of [publisher, plain, prefixed]) client.disconnect();
console.log(seen);
const expected = { plain: ['PUBLISH on news'], prefixed: ['PUBLISH on news', 'SPUBLISH on app:news'] };
if (JSON.stringify(seen) !== JSON.stringify(expected)) {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
