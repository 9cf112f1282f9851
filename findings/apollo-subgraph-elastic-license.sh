#!/usr/bin/env bash
# @apollo/subgraph 2.14.4: its own licence is MIT, yet it depends on @apollo/federation-internals, which is under the Elastic
# License 2.0. A check of direct dependencies does not see that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @apollo/subgraph@2.14.4 graphql@16.15.0
cat > run.mjs <<'EOF'
import { readFileSync } from 'node:fs';

const licenceOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).license;
const seen = ['@apollo/subgraph', '@apollo/federation-internals'].map((name) => `${name}: ${licenceOf(name)}`);
console.log(seen.join('\n'));
if (seen.join() !== '@apollo/subgraph: MIT,@apollo/federation-internals: Elastic-2.0') {
  console.error('changed: MIT and Elastic-2.0 were seen before');
  process.exitCode = 1;
}
EOF
node run.mjs
