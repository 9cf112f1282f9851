import fastify from 'fastify';
import { createIvsGateway } from 'ivs-graphql';

const gateway = await createIvsGateway({ backend: 'emulator', path: '/api/graphql' });
const app = fastify();
app.register(async (scope) => {
  scope.removeAllContentTypeParsers(); // the gateway reads the body
  scope.addContentTypeParser('*', (_request, _body, done) => done(null));
  scope.all(gateway.path, (request, reply) => {
    reply.hijack();
    gateway.handler(request.raw, reply.raw);
  });
});
app.addHook('onClose', () => gateway.close());
app.server.on('upgrade', gateway.upgrade);
await app.listen({ port: Number(process.env.PORT ?? 3000) });
