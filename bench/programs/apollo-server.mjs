// Apollo Server with plain resolvers over the AWS SDK, as its documentation shows them; also a Federation 2 subgraph.
import { ApolloServer, HeaderMap } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { getOne, getParticipant, listParticipants, listStages } from './ivs.mjs';
import { listen } from './listen.mjs';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query {
    stages: [Stage]
    participants(stageArn: ID!, sessionId: ID!): [Participant]
    participant(stageArn: ID!, sessionId: ID!, participantId: ID!): Summary
    channel(arn: ID!): Channel
    stage(arn: ID!): Named
  }
  type Stage { arn: ID!, name: String, activeSessionId: ID, participants: [Participant] }
  type Participant @key(fields: "stageArn sessionId participantId") {
    stageArn: ID!
    sessionId: ID!
    participantId: ID!
    userId: String
    detail: ParticipantDetail
  }
  type Summary { userId: String, state: String, published: Boolean }
  type Channel { name: String, playbackUrl: String }
  type Named { name: String }
  type ParticipantDetail { browserName: String, osName: String }
`);

const peopleOf = async ({ stageArn, sessionId }) =>
  (await listParticipants({ stageArn, sessionId })).map((one) => ({ ...one, stageArn, sessionId }));

const resolvers = {
  Query: {
    stages: listStages,
    participants: (_root, session) => peopleOf(session),
    participant: (_root, key) => getOne.participant(key),
    channel: (_root, key) => getOne.channel(key),
    stage: (_root, key) => getOne.stage(key),
  },
  Stage: {
    participants: ({ arn, activeSessionId }) => peopleOf({ stageArn: arn, sessionId: activeSessionId }),
  },
  Participant: {
    detail: getParticipantOf,
    __resolveReference: async (key) => ({ ...key, ...(await getParticipantOf(key)) }),
  },
};

function getParticipantOf({ stageArn, sessionId, participantId }) {
  return getParticipant({ stageArn, sessionId, participantId });
}

const server = new ApolloServer({ schema: buildSubgraphSchema({ typeDefs, resolvers }) });
await server.start();

async function answer(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const headers = new HeaderMap(Object.entries(request.headers));
  const httpGraphQLRequest = {
    method: request.method,
    headers,
    search: '',
    body: JSON.parse(body || 'null'),
  };
  const {
    status = 200,
    headers: sent,
    body: answered,
  } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest,
    context: async () => ({}),
  });
  response.writeHead(status, Object.fromEntries(sent)).end(answered.string);
}

listen((request, response) => void answer(request, response).catch(() => response.destroy()));
