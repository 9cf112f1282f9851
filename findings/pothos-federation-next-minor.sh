#!/usr/bin/env bash
# @pothos/plugin-federation 4.4.2 with @apollo/subgraph 2.15.1: npm installs both without a word, since the peer range allows
# it, and the import fails: the plugin takes `EntityType` from a file inside of the other package, where it no longer is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @pothos/core@4.15.1 @pothos/plugin-directives@4.3.0 \
  @pothos/plugin-federation@4.4.2 @apollo/subgraph@2.15.1 graphql@16.15.0
cat > run.mjs <<'EOF'
try {
  await import('@pothos/plugin-federation');
  console.error('changed: it can be imported');
  process.exitCode = 1;
} catch (error) {
  console.log(`${error.name}: ${error.message.split('\n')[0]}`);
  if (!error.message.includes("'EntityType' not found")) process.exitCode = 1;
}
EOF
node run.mjs
