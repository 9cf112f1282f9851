// The gateway with all that it does, on a schema of one subscription.
import { createRequire } from 'node:module';
import { createMetrics } from '../../dist/server/answer/metrics.js';
import { createGateway } from '../../dist/server/gateway.js';
import { listen } from '../../dist/server/http/listener.js';
import { ResponseCache } from '../../dist/server/response-cache/responses.js';
import { createUpstream } from '../../dist/upstream/upstream.js';
import { eventOf, obey, SDL } from './sources.mjs';

// The product's own: the bench has other copies, and a schema of one copy of graphql is none to another.
const own = createRequire(new URL('../../dist/main.js', import.meta.url));
const { createSchema } = own('graphql-yoga');
const { pino } = own('pino');

const listeners = new Set();
const source = () => ({
  ready: async () => {},
  join: (_after, listener) => {
    listeners.add(listener);
    return { first: [], leave: () => listeners.delete(listener) };
  },
  resume: () => [],
  close() {},
  async *[Symbol.asyncIterator]() {},
});
const schema = createSchema({
  typeDefs: SDL,
  resolvers: { Subscription: { participantChanged: { subscribe: source, resolve: ({ event }) => event } } },
});
const upstream = createUpstream({ regions: ['us-west-2'] });
const gateway = createGateway({
  schema,
  upstream,
  responses: new ResponseCache(upstream),
  log: pino({ level: 'warn' }),
  defaultRegion: 'us-west-2',
  requestTimeoutMs: 30_000,
  maxSubscriptions: 100_000,
  limits: { subscriptionsPerCaller: 100_000 },
  metrics: createMetrics({ version: 'bench' }).requests({ upstream }),
});
const { address } = await listen(gateway.listener, { host: '127.0.0.1', port: 0 }, {}, gateway);
obey((sequence) => {
  const message = { cursor: String(sequence), event: eventOf(sequence) };
  for (const listener of listeners) listener(message);
}, `http://127.0.0.1:${address.port}/graphql`);
