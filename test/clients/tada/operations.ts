import { graphql } from './graphql.ts';

export const People = graphql(`
  query People($stageArn: ID!, $sessionId: ID!, $after: String, $filter: ParticipantFilter) {
    participants(stageArn: $stageArn, sessionId: $sessionId, first: 10, after: $after, filter: $filter) {
      edges {
        node {
          id
          userId
          state
          published
          firstJoinTime
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PeopleInParts = graphql(`
  query PeopleInParts($stageArn: ID!, $sessionId: ID!) {
    participants(stageArn: $stageArn, sessionId: $sessionId, first: 100) {
      edges {
        node {
          id
          userId
          ... @defer {
            browserName
          }
        }
      }
    }
  }
`);

export const PeopleOneByOne = graphql(`
  query PeopleOneByOne($stageArn: ID!, $sessionId: ID!) {
    participants(stageArn: $stageArn, sessionId: $sessionId, first: 100) {
      edges @stream(initialCount: 2) {
        cursor
        node {
          id
          userId
          browserName
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const Stage = graphql(`
  query Stage($arn: ID!) {
    stage(arn: $arn) {
      id
      name
      activeSession {
        id
        startTime
      }
    }
  }
`);

export const Rename = graphql(`
  mutation Rename($arn: ID!, $name: String!) {
    updateStage(input: { arn: $arn, name: $name }) {
      __typename
      ... on UpdateStagePayload {
        stage {
          id
          name
        }
      }
      ... on MutationError {
        code
        message
      }
    }
  }
`);

/** Who is on a stage. Each message has its `cursor`, to continue behind it. */
export const Room = graphql(`
  subscription Room($stageArn: ID!, $after: String) {
    participants(stageArn: $stageArn, after: $after) {
      __typename
      ... on LiveEvent {
        cursor
      }
      ... on ParticipantsState {
        nodes {
          id
          userId
          state
          published
        }
      }
      ... on ParticipantJoined {
        participant {
          id
          userId
          state
          published
        }
      }
      ... on ParticipantChanged {
        participant {
          id
          userId
          state
          published
        }
      }
      ... on ParticipantLeft {
        participant {
          id
          state
          published
        }
      }
      ... on LiveGap {
        reason
      }
    }
  }
`);
