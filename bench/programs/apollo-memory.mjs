// Apollo Server with its response cache, whose entries hold for a minute, and resolvers that return from memory.
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControl } from '@apollo/server/plugin/cacheControl';
import { startStandaloneServer } from '@apollo/server/standalone';
import responseCache from '@apollo/server-plugin-response-cache';
import { resolvers, typeDefs } from './memory.mjs';

const plugins = [
  ApolloServerPluginCacheControl({ defaultMaxAge: 60 }),
  /** @type {any} */ (responseCache.default ?? responseCache)(),
];
const server = new ApolloServer({ typeDefs, resolvers, plugins });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
console.log(url);
