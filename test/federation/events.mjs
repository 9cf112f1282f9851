// A subgraph of somebody else: events that take place on stages, and orders of participants in channels. What it is asked for
// stands in WORLD, as JSON: the keys of stages, participants and channels.
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { listen } from './listen.mjs';

const { stages, participants, channels } = JSON.parse(process.env.WORLD);

export const typeDefs = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key", "@external", "@provides", "@requires", "@shareable"])

  type Query {
    events: [Event!]!
    orders(first: Int = 1000): OrderConnection!
    ordersOf(channelArns: [ID!]!): [Order!]!
    stageOf(arn: ID!): Stage
    participantsOf(keys: [ParticipantKey!]!): [Participant]!
  }
  input ParticipantKey {
    stageArn: ID!
    sessionId: ID!
    participantId: ID!
  }
  type Event @key(fields: "id") {
    id: ID!
    title: String!
    stage: Stage
    "Whoever plans events knows what their stages are called."
    plannedStage: Stage @provides(fields: "name")
  }
  type Stage @key(fields: "arn") {
    arn: ID!
    name: String @external
    "Needs what only IVS knows."
    slug: String @requires(fields: "name")
    events: [Event!]!
    "How many stages were looked up so far."
    lookups: Int!
    "The token of that request."
    token: String
  }
  type Participant @key(fields: "stageArn sessionId participantId") {
    stageArn: ID!
    sessionId: ID!
    participantId: ID!
    orders: [Order!]!
  }
  type Channel @key(fields: "arn", resolvable: false) {
    arn: ID!
  }
  type Order @key(fields: "id") {
    id: ID!
    by: Participant
    channel: Channel
  }
  type OrderConnection {
    nodes: [Order!]!
    pageInfo: PageInfo!
  }
  # The same type as the gateway has.
  type PageInfo @shareable {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }
`;

const events = stages.map(({ arn, name }, index) => ({
  id: `event-${index}`,
  title: `Event ${index}`,
  stage: { arn },
  plannedStage: { arn, name },
}));
const orders = participants.map((by, index) => ({
  id: `order-${index}`,
  by,
  channel: { arn: channels[index % channels.length] },
}));

let lookups = 0;

const resolvers = {
  Query: {
    events: () => events,
    orders: (_root, { first }) => ({
      nodes: orders.slice(0, first),
      pageInfo: { hasNextPage: first < orders.length, hasPreviousPage: false },
    }),
    ordersOf: (_root, { channelArns }) =>
      channelArns.map((arn, index) => ({ id: `of-${index}`, channel: { arn } })),
    stageOf: (_root, { arn }) => ({ arn }),
    participantsOf: (_root, { keys }) => keys,
  },
  Stage: {
    __resolveReference: (stage) => stage,
    lookups: () => ++lookups,
    token: (_stage, _args, { authorization }) => authorization,
    slug: ({ name }) => name?.toUpperCase(),
    events: ({ arn }) => events.filter(({ stage }) => stage.arn === arn),
  },
  Participant: {
    __resolveReference: (participant) => participant,
    orders: ({ participantId }) => orders.filter(({ by }) => by.participantId === participantId),
  },
  Event: { __resolveReference: ({ id }) => events.find((event) => event.id === id) },
  Order: { __resolveReference: ({ id }) => orders.find((order) => order.id === id) },
};

const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers });
listen(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  const { query, variables, operationName } = JSON.parse(body);
  const result = await graphql({
    ...{ schema, source: query, variableValues: variables, operationName },
    contextValue: request.headers,
  });
  response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
});
