#!/usr/bin/env bash
# @apollo/composition 2.14.4: a subgraph whose input type is `@oneOf` is refused, up to Federation 2.14, unless it defines the directive
# itself. If it does, the supergraph has the input type without `@oneOf`, and no hint says so. @wundergraph/composition 0.55.0 takes
# both and keeps the directive.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @apollo/composition@2.14.4 @wundergraph/composition@0.55.0 graphql@16.15.0
cat > run.mjs <<'EOF'
import { composeServices } from '@apollo/composition';
import { federateSubgraphs } from '@wundergraph/composition';
import { parse } from 'graphql';

// It is written for Node 22, which has this.
Set.prototype.isDisjointFrom ??= function (other) {
  return [...this].every((value) => !other.has(value));
};

const subgraph = (definition) => {
  const sdl = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.14", import: ["@key"])
    ${definition}
    input StreamFilter @oneOf { id: ID name: String }
    type Query { stream(filter: StreamFilter): Int }`;
  return { name: 'streams', url: 'http://streams.example', typeDefs: parse(sdl), definitions: parse(sdl) };
};
const byApollo = (definition) => {
  const { errors, hints, supergraphSdl } = composeServices([subgraph(definition)]);
  if (errors) return errors[0].message.split('\n')[0];
  const [filter] = /input StreamFilter[^{]*\{/.exec(supergraphSdl);
  return `${filter.includes('@oneOf') ? 'with' : 'without'} @oneOf, ${hints.length} hints`;
};
const byCosmo = (definition) => {
  const { success, federatedGraphClientSchema } = federateSubgraphs({ subgraphs: [subgraph(definition)], version: '1' });
  return success && federatedGraphClientSchema.getType('StreamFilter').isOneOf ? 'with @oneOf' : 'without @oneOf';
};
const definition = 'directive @oneOf on INPUT_OBJECT';
const seen = [byApollo(''), byApollo(definition), byCosmo(''), byCosmo(definition)];
console.log({ 'Apollo': seen[0], 'Apollo, directive defined': seen[1], 'Cosmo': seen[2], 'Cosmo, directive defined': seen[3] });
if (seen.join('; ') !== '[streams] Unknown directive "@oneOf".; without @oneOf, 0 hints; with @oneOf; with @oneOf') {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
