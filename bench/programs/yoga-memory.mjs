// GraphQL Yoga and Pothos as their documentation shows them, with resolvers that return from memory: nothing is checked,
// counted, paced or read from AWS.
import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import { createYoga } from 'graphql-yoga';
import { listen } from './listen.mjs';

const stage = JSON.parse(process.env.BENCH_STAGE ?? '{}');

const builder = new SchemaBuilder({
  plugins: [RelayPlugin],
  relay: { nodesOnConnection: true, edgesFieldOptions: { nullable: false } },
});
/** @param {string} name @param {string[]} texts @param {(t: any) => object} [more] */
const define = (name, texts, more = () => ({})) =>
  builder.objectRef(name).implement({
    fields: (t) => ({
      ...Object.fromEntries(texts.map((field) => [field, t.exposeString(field, { nullable: true })])),
      ...more(t),
    }),
  });
const Participant = define(
  'Participant',
  ['participantId', 'userId', 'state', 'sessionId', 'stageArn', 'firstJoinTime'],
  (t) => ({ published: t.exposeBoolean('published', { nullable: true }) }),
);
const StageSession = define('StageSession', ['sessionId', 'stageArn', 'startTime', 'endTime'], (t) => ({
  participants: t.connection({
    type: Participant,
    resolve: ({ participants: { nodes } }) => ({
      edges: nodes.map((node, index) => ({ cursor: String(index), node })),
      pageInfo: {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: '0',
        endCursor: String(nodes.length),
      },
    }),
  }),
}));
const Stage = define('Stage', ['arn', 'name', 'region'], (t) => ({
  activeSession: t.field({ type: StageSession, nullable: true, resolve: (of) => of.activeSession }),
}));
builder.queryType({
  fields: (t) => ({
    stage: t.field({
      type: Stage,
      nullable: true,
      args: { arn: t.arg.id({ required: true }) },
      resolve: () => stage,
    }),
  }),
});

listen(createYoga({ schema: builder.toSchema(), logging: false, landingPage: false, graphiql: false }));
