// What is done with stages and the people on them.
import { arnOf, stageArn } from './example.js';
export const realtimeExamples = [
    {
        query: `# Who is on stage now?
# Up to 6 AWS calls: one for the list of stages
# and one for each stage that is live.
# Scope: ivs:read
query WhoIsLive {
  stages(first: 5) {
    nodes {
      name
      activeSession {
        sessionId
        participants(
          first: 5
          filter: { state: CONNECTED }
        ) {
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
        query: `# The participants of a stage at once, their
# browsers in later parts, with \`@defer\`.
# Up to 7 AWS calls: one per participant.
# Scope: ivs:read
query Defer($stageArn: ID!) {
  stage(arn: $stageArn) {
    name
    activeSession {
      participants(first: 5) {
        nodes {
          userId
          ... @defer {
            browserName
            osName
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
        query: `# All about one person: device, network,
# and what happened to them.
# Up to 3 AWS calls.
# Scope: ivs:read
query Person($stageArn: ID!, $id: ID!) {
  stage(arn: $stageArn) {
    activeSession {
      participant(participantId: $id) {
        userId
        state
        published
        firstJoinTime
        attributes {
          key
          value
        }
        browserName
        browserVersion
        osName
        osVersion
        ispName
        sdkVersion
        recordingState
        events(first: 10) {
          nodes {
            name
            eventTime
            errorCode
          }
        }
      }
    }
  }
}
`,
        variables: { stageArn, id: 'alice0000001' },
    },
    {
        query: `# Let one more person in: a token to join with.
# It is shown only this once.
# Up to 1 AWS call.
# Scope: ivs:token
mutation Invite($stageArn: ID!) {
  createParticipantToken(
    input: {
      stageArn: $stageArn
      userId: "zoe"
      capabilities: [SUBSCRIBE]
      durationMinutes: 60
    }
  ) {
    ... on CreateParticipantTokenPayload {
      participantToken {
        participantId
        token
        expirationTime
      }
    }
    ... on MutationError {
      code
      message
    }
  }
}
`,
        variables: { stageArn },
    },
    {
        query: `# Disconnect participants, any number at once:
# each item succeeds or fails alone.
# Up to 2 AWS calls.
# Scope: ivs:moderate
mutation Disconnect(
  $participants: [ParticipantDisconnectionInput!]!
) {
  disconnectParticipants(
    input: { participants: $participants }
  ) {
    requestedCount
    disconnectedCount
    errors {
      index
      participantId
      code
      message
      retryable
    }
  }
}
`,
        variables: {
            participants: [
                { stageArn, participantId: 'erin00000001', reason: 'The session is full' },
                { stageArn, participantId: 'nobody000001' },
                { stageArn: 'not an ARN', participantId: 'nobody000002' },
            ],
        },
    },
    {
        query: `# Record a stage: all participants in one video,
# as files in a bucket. Then list compositions.
# Up to 2 AWS calls.
# Scopes: ivs:write, ivs:read
mutation Record($input: StartCompositionInput!) {
  startComposition(input: $input) {
    ... on StartCompositionPayload {
      composition {
        state
        stage {
          compositions(first: 5) {
            nodes {
              arn
              state
              startTime
            }
          }
        }
      }
    }
    ... on MutationError {
      code
      message
    }
  }
}
`,
        variables: {
            input: {
                stageArn: arnOf('stage/BookClub0001'),
                // So that this can run again without starting another one.
                idempotencyToken: 'graphiql',
                destinations: [
                    {
                        s3: {
                            storageConfigurationArn: arnOf('storage-configuration/Archive00001'),
                            encoderConfigurationArns: [arnOf('encoder-configuration/Hd0000000001')],
                        },
                    },
                ],
            },
        },
    },
];
