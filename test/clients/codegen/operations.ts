import { graphql } from './generated/gql.ts';

export const WhoIsLive = graphql(`
  query WhoIsLive {
    stages(first: 20) {
      nodes {
        id
        name
        activeSession {
          id
          participants(first: 100, filter: { state: CONNECTED }) {
            nodes { id userId published }
          }
        }
      }
    }
  }
`);

export const Disconnect = graphql(`
  mutation Disconnect($input: DisconnectParticipantInput!) {
    disconnectParticipant(input: $input) {
      __typename
      ... on DisconnectParticipantPayload {
        participant { id state }
      }
      ... on MutationError {
        code
        message
      }
    }
  }
`);

export const RevokeViewers = graphql(`
  mutation RevokeViewers($input: RevokeViewerSessionsInput!) {
    revokeViewerSessions(input: $input) {
      requestedCount
      revokedCount
      errors { index viewerId code message retryable }
    }
  }
`);

export const Joins = graphql(`
  subscription Joins($stageArn: ID!) {
    participants(stageArn: $stageArn) {
      __typename
      ... on ParticipantsState { nodes { id userId } }
      ... on ParticipantJoined { participant { id userId } }
    }
  }
`);
