import { graphql } from './graphql.ts';

export const People = graphql(`
  query People($stageArn: ID!, $sessionId: ID!, $after: String, $filter: ParticipantFilter) {
    participants(stageArn: $stageArn, sessionId: $sessionId, first: 10, after: $after, filter: $filter) {
      edges {
        node {
          id
          userId
          state
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
