// What the compiler reads. Components hold these beside the hooks that use them.
import { graphql } from 'relay-runtime';

export const session = graphql`
  query documentsSessionQuery($stageArn: ID!, $sessionId: ID!) {
    stageSession(stageArn: $stageArn, sessionId: $sessionId) {
      ...documentsPeople
    }
  }
`;

export const people = graphql`
  fragment documentsPeople on StageSession
  @refetchable(queryName: "documentsPeoplePageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    participants(first: $count, after: $cursor) @connection(key: "documentsPeople_participants") {
      edges {
        node {
          id
          userId
          state
        }
      }
    }
  }
`;

export const details = graphql`
  query documentsDetailsQuery($stageArn: ID!, $sessionId: ID!) {
    stageSession(stageArn: $stageArn, sessionId: $sessionId) {
      participants(first: 100) {
        nodes {
          userId
          ...documentsBrowser @defer
        }
      }
    }
  }
`;

export const browser = graphql`
  fragment documentsBrowser on Participant {
    browserName
    ispName
  }
`;

export const oneByOne = graphql`
  query documentsOneByOneQuery($stageArn: ID!, $sessionId: ID!) {
    stageSession(stageArn: $stageArn, sessionId: $sessionId) {
      ...documentsOneByOne
    }
  }
`;

export const oneByOneFragment = graphql`
  fragment documentsOneByOne on StageSession {
    participants(first: 100) @stream_connection(key: "documentsOneByOne_participants", initial_count: 2) {
      edges {
        node {
          userId
          browserName
        }
      }
    }
  }
`;

export const disconnect = graphql`
  mutation documentsDisconnectMutation($input: DisconnectParticipantInput!) {
    disconnectParticipant(input: $input) {
      __typename
      ... on DisconnectParticipantPayload {
        participant {
          id
          state
        }
      }
      ... on MutationError {
        code
        message
      }
    }
  }
`;

export const room = graphql`
  subscription documentsRoomSubscription($stageArn: ID!) {
    participants(stageArn: $stageArn) {
      __typename
      ... on LiveEvent {
        cursor
      }
      ... on ParticipantsState {
        nodes {
          id
          userId
          state
        }
      }
      ... on ParticipantJoined {
        participant {
          id
          userId
          state
        }
      }
      ... on ParticipantChanged {
        participant {
          id
          published
        }
      }
      ... on ParticipantLeft {
        participant {
          id
          state
        }
      }
    }
  }
`;
