// The operations that GraphiQL opens with. They run as they stand on the emulator's demo world.

interface Example {
  query: string;
  variables?: Record<string, unknown>;
}

const stageArn = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
const channelArn = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';

export const examples: readonly Example[] = [
  {
    query: `# Who is live? One ListStages call, and
# one ListParticipants call per live stage.
query WhoIsLive {
  stages(first: 5) {
    nodes {
      name
      activeSession {
        sessionId
        participants(first: 10, filter: { state: CONNECTED }) {
          nodes {
            userId
            published
          }
        }
      }
    }
  }
}
`,
  },
  {
    query: `# Everything about one participant. Browser
# and provider come from GetParticipant.
query OneParticipant($stageArn: ID!) {
  stage(arn: $stageArn) {
    name
    activeSession {
      startTime
      participant(participantId: "alice0000001") {
        userId
        state
        firstJoinTime
        browserName
        ispName
        events(first: 10) {
          nodes {
            name
            eventTime
          }
        }
      }
    }
  }
}
`,
    variables: { stageArn },
  },
  {
    query: `# Let one more person in.
# The token is shown only this once.
mutation Invite($stageArn: ID!) {
  createParticipantToken(
    input: { stageArn: $stageArn, userId: "zoe", capabilities: [SUBSCRIBE] }
  ) {
    ... on CreateParticipantTokenPayload {
      participantToken {
        participantId
        token
        expirationTime
      }
    }
    ... on Error {
      code
      message
    }
  }
}
`,
    variables: { stageArn },
  },
  {
    query: `# Revoke many viewers at once:
# each pair succeeds or fails alone.
mutation RevokeViewers(
  $viewerSessions: [ViewerSessionInput!]!
) {
  revokeViewerSessions(input: { viewerSessions: $viewerSessions }) {
    requestedCount
    revokedCount
    errors {
      index
      viewerId
      code
      message
      retryable
    }
  }
}
`,
    variables: {
      viewerSessions: [
        { channelArn, viewerId: 'viewer-1' },
        { channelArn, viewerId: 'viewer-2', viewerSessionVersionsLessThanOrEqualTo: 3 },
        { channelArn: 'not an ARN', viewerId: 'viewer-3' },
      ],
    },
  },
  {
    query: `# Channels with a field that only BatchGetChannel
# tells: one call for all of them.
query Channels {
  channels(first: 10) {
    nodes {
      name
      type
      authorized
      playbackUrl
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
  },
];
