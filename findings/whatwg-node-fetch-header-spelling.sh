#!/usr/bin/env bash
# @whatwg-node/node-fetch 0.8.6, the Fetch API of graphql-yoga: `set` on the headers of a Response that was made with an object
# does not replace a name of another spelling. `Content-Type` and `content-type` are then both there, and both are sent. The Fetch
# standard has one of them: names of headers are not case-sensitive. `delete` before `set` leaves one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @whatwg-node/node-fetch@0.8.6
cat > run.mjs <<'EOF'
import { Response as Other } from '@whatwg-node/node-fetch';

const init = () => ({ headers: { 'Content-Type': 'text/plain' } });
const typesOf = (response) => [...response.headers].map(([name, value]) => `${name}: ${value}`);
const [nodes, others, deleted] = [new Response('', init()), new Other('', init()), new Other('', init())];
deleted.headers.delete('content-type');
for (const { headers } of [nodes, others, deleted]) headers.set('content-type', 'text/html');
const seen = { nodes: typesOf(nodes), others: typesOf(others), 'deleted first': typesOf(deleted) };
console.log(seen);
const expected = {
  nodes: ['content-type: text/html'],
  others: ['Content-Type: text/plain', 'content-type: text/html'],
  'deleted first': ['content-type: text/html'],
};
if (JSON.stringify(seen) !== JSON.stringify(expected)) {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
