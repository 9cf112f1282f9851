#!/usr/bin/env bash
# @graphql-tools/executor-http 3.4.1: `retry` sends a whole operation again when its result has any error, mutations too. A mutation
# whose first field has created something, while its second one failed, creates it once for each attempt. `retry: 3` means three
# attempts in all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @graphql-tools/executor-http@3.4.1 graphql-yoga@5.24.1 graphql@16.15.0
cat > run.mjs <<'EOF'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import { parse } from 'graphql';
import { createSchema, createYoga } from 'graphql-yoga';

const created = [];
const schema = createSchema({
  typeDefs: 'type Query { a: Int } type Mutation { createStage(name: String): Int deleteStage(name: String): Int }',
  resolvers: {
    Mutation: {
      createStage: (_root, { name }) => created.push(name),
      deleteStage: () => {
        throw new Error('It is live');
      },
    },
  },
});
const server = createServer(createYoga({ schema, logging: false })).listen(0, '127.0.0.1');
await once(server, 'listening');
const execute = buildHTTPExecutor({ endpoint: `http://127.0.0.1:${server.address().port}/graphql`, retry: 3 });
const { data } = await execute({ document: parse('mutation { createStage(name: "new") deleteStage(name: "old") }') });
server.close().closeAllConnections();
console.log({ created, data });
if (JSON.stringify([created, data]) !== '[["new","new","new"],{"createStage":3,"deleteStage":null}]') {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
