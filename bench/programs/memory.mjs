// What the peers that read nothing have in memory: the data of ivs-graphql's responses, and the schema that it takes.

/** @type {{ stage: object, participants: object }} */
export const data = JSON.parse(process.env.BENCH_DATA ?? '{}');

export const typeDefs = `
  type Query {
    stage(arn: ID!): Stage
    participants(stageArn: ID!, sessionId: ID!, first: Int): ParticipantConnection
  }
  type Stage { arn: ID! name: String region: String }
  type ParticipantConnection { nodes: [Participant!]! }
  type Participant {
    participantId: ID! userId: String state: String published: Boolean firstJoinTime: String
  }
`;

export const resolvers = {
  Query: { stage: () => data.stage, participants: () => data.participants },
};
