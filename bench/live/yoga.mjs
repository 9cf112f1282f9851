// GraphQL Yoga with its own pub/sub, as its documentation shows.
import { createServer } from 'node:http';
import { createPubSub, createSchema, createYoga } from 'graphql-yoga';
import { eventOf, obey, SDL } from './sources.mjs';

process.removeAllListeners('warning');
const pubSub = createPubSub();
const yoga = createYoga({
  logging: false,
  schema: createSchema({
    typeDefs: SDL,
    resolvers: {
      Subscription: {
        participantChanged: { subscribe: () => pubSub.subscribe('changed'), resolve: (event) => event },
      },
    },
  }),
});
const server = createServer(yoga);
server.listen(0, '127.0.0.1', () =>
  obey(
    (sequence) => pubSub.publish('changed', eventOf(sequence)),
    `http://127.0.0.1:${server.address().port}/graphql`,
  ),
);
