// @apollo/gateway in Apollo Server, as their documentation has it; what the client says of himself goes on to the subgraphs.
import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { propagated } from './propagated.mjs';

const silent = { debug() {}, info() {}, warn() {}, error: console.error };

class Subgraph extends RemoteGraphQLDataSource {
  willSendRequest({ request, context }) {
    for (const [name, value] of Object.entries(context.headers ?? {})) request.http.headers.set(name, value);
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(process.argv[2], 'utf8'),
  buildService: ({ url }) => new Subgraph({ url }),
  logger: silent,
});
const server = new ApolloServer({ gateway, logger: silent });
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: 0 },
  context: async ({ req }) => ({ headers: propagated((name) => req.headers[name]) }),
});
console.log(url);
