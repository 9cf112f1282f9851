// Mercurius with its compiler of queries, and resolvers that return from memory.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { resolvers, typeDefs } from './memory.mjs';

const app = Fastify();
app.register(mercurius, { schema: typeDefs, resolvers, jit: 1 });
console.log(await app.listen({ port: 0, host: '127.0.0.1' }));
