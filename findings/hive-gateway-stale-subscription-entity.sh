#!/usr/bin/env bash
# @graphql-hive/gateway 2.15.1: a subscription whose own field returns an entity resolves the fields of other subgraphs once for
# each key. Later events repeat the first value, although it has changed since. An entity below that field is resolved anew
# with each event.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @graphql-hive/gateway@2.15.1 @apollo/composition@2.14.4 @apollo/subgraph@2.14.4 \
  graphql-yoga@5.24.1 graphql@16.15.0
cat > run.mjs <<'EOF'
import { createServer } from 'node:http';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createGatewayRuntime } from '@graphql-hive/gateway';
import { parse } from 'graphql';
import { createYoga } from 'graphql-yoga';

const EVENTS = 3;
const FEDERATION = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key"])';
const rooms = `${FEDERATION}
  type Query { rooms: Int }
  type Subscription { room: Room! changed: Change! }
  type Change { room: Room! }
  type Room @key(fields: "id") { id: ID! }`;
const people = `${FEDERATION}
  type Query { nothing: Int }
  type Room @key(fields: "id") { id: ID! people: Int! }`;
const room = { id: 'a' };
async function* each(event) {
  for (let number = 0; number < EVENTS; number += 1) yield event;
}
let calls = 0;
const resolvers = {
  rooms: {
    Subscription: {
      room: { subscribe: () => each({ room }) },
      changed: { subscribe: () => each({ changed: { room } }) },
    },
  },
  // One more with each call.
  people: { Room: { __resolveReference: (reference) => reference, people: () => ++calls } },
};
const servers = [];
const serve = (handler) =>
  new Promise((resolve) => {
    const server = createServer(handler).listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}/graphql`));
    servers.push(server);
  });
const subgraphs = await Promise.all(
  Object.entries({ rooms, people }).map(async ([name, sdl]) => {
    const typeDefs = parse(sdl);
    const schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers[name] });
    return { name, typeDefs, url: await serve(createYoga({ schema, logging: false })) };
  }),
);
const { supergraphSdl, errors } = composeServices(subgraphs);
if (errors) throw new Error(errors.join('\n'));
const gateway = createGatewayRuntime({ supergraph: supergraphSdl, logging: 'error' });
const url = await serve(gateway);

async function peopleOf(query, read) {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const events = [...(await response.text()).matchAll(/^data: (\{.*)$/gm)];
  return events.map(([, json]) => read(JSON.parse(json).data).people);
}
const seen = {
  'field of the subscription': await peopleOf('subscription { room { id people } }', ({ room }) => room),
  'entity below it': await peopleOf('subscription { changed { room { id people } } }', ({ changed }) => changed.room),
};
console.log(seen);
if (JSON.stringify(Object.values(seen)) !== '[[1,1,1],[2,3,4]]') {
  console.error('it has changed');
  process.exitCode = 1;
}
await gateway[Symbol.asyncDispose]?.();
for (const server of servers) server.close().closeAllConnections();
EOF
node run.mjs
