#!/usr/bin/env bash
# @graphql-tools/executor 2.0.1: the fields of an object stand in the order in which they resolve, not in that of the document,
# which the GraphQL specification requires and graphql-js keeps. 2.1.0 keeps it, but its dependencies require Node 22.15.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @graphql-tools/executor@2.0.1 @graphql-tools/utils@12.0.1 graphql@16.15.0
cat > run.mjs <<'EOF'
import { execute as executeInParts } from '@graphql-tools/executor';
import { buildSchema, execute, parse } from 'graphql';

const args = {
  schema: buildSchema('type Query { slow: Int fast: Int }'),
  document: parse('{ slow fast }'),
  rootValue: { slow: () => new Promise((resolve) => setTimeout(resolve, 20, 1)), fast: 2 },
};
const seen = [];
for (const run of [execute, executeInParts]) seen.push(Object.keys((await run(args)).data).join());
console.log({ 'graphql-js': seen[0], '@graphql-tools/executor': seen[1] });
if (JSON.stringify(seen) !== '["slow,fast","fast,slow"]') {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
