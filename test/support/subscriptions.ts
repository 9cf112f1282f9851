// Subscriptions to anything: a copy of the served schema with each field of Query as one.
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { schema } from '../../src/schema/index.ts';
import type { TestGateway } from './gateway.ts';

type Source = () => AsyncIterable<unknown> | Promise<AsyncIterable<unknown>>;

/** `Subscription.stage` and so on: each event of `source` resolves the field anew. `fault` throws what the event is. */
export function withSubscriptions(source: Source): GraphQLSchema {
  const query = schema.getQueryType() as GraphQLObjectType;
  const fields = Object.entries(query.toConfig().fields).map(([name, field]) => [
    name,
    { ...field, subscribe: source },
  ]);
  const fault = {
    type: GraphQLString,
    subscribe: source,
    resolve: (event: unknown) => {
      throw event;
    },
  };
  const subscription = new GraphQLObjectType({
    name: 'Subscription',
    fields: { ...Object.fromEntries(fields), fault },
  });
  const { types, ...config } = schema.toConfig();
  return new GraphQLSchema({
    ...config,
    types: types.filter(({ name }) => name !== 'Subscription'),
    subscription,
  });
}

interface Event {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is that of the subscription, which each test knows
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  extensions?: { ivs?: { calls: number; operations: object[]; dryRun?: boolean } };
}

interface SubscribeOptions {
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Subscribes as a browser does (Server-Sent Events). */
export async function subscribe(gateway: TestGateway, query: string, options: SubscribeOptions = {}) {
  const response = await gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'cache-control': 'no-cache',
      ...options.headers,
    },
    body: JSON.stringify({ query }),
    ...(options.signal && { signal: options.signal }),
  });
  return { response, events: () => eventsOf(response) };
}

async function eventsOf(response: Response): Promise<Event[]> {
  const text = await response.text();
  return [...text.matchAll(/^event: next\ndata: (.*)$/gm)].map(([, json]) => JSON.parse(json as string));
}
