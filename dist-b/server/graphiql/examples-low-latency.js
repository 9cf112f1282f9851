// What is done with channels, their streams and viewers.
import { channelArn } from './example.js';
export const lowLatencyExamples = [
    {
        query: `# Is my stream healthy? What does it send, who
# watches, and which other streams starve?
# Up to 4 AWS calls.
# Scope: ivs:read
query Health($channelArn: ID!) {
  channel(arn: $channelArn) {
    name
    stream {
      health
      viewerCount
      startTime
      session {
        ingestConfigurations {
          videoConfigurations {
            codec
            videoWidth
            videoHeight
            targetFramerate
          }
        }
      }
    }
  }
  streams(
    first: 20
    filter: { health: STARVING }
  ) {
    nodes {
      channelArn
      viewerCount
    }
  }
}
`,
        variables: { channelArn },
    },
    {
        query: `# Where does a broadcaster send to, and with
# which key? The key is a secret.
# Up to 3 AWS calls.
# Scopes: ivs:read, ivs:secret
query StreamKey($channelArn: ID!) {
  channel(arn: $channelArn) {
    ingestEndpoint
    playbackUrl
    streamKeys(first: 1) {
      nodes {
        value
      }
    }
  }
}
`,
        variables: { channelArn },
    },
    {
        query: `# Revoke viewers of private channels, thousands
# at once: each pair succeeds or fails alone.
# Up to 1 AWS call, for these few pairs.
# Scope: ivs:moderate
mutation Revoke(
  $viewers: [ViewerSessionInput!]!
) {
  revokeViewerSessions(
    input: { viewerSessions: $viewers }
  ) {
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
            viewers: [
                { channelArn, viewerId: 'viewer-1' },
                { channelArn, viewerId: 'viewer-2', viewerSessionVersionsLessThanOrEqualTo: 3 },
                { channelArn: 'not an ARN', viewerId: 'viewer-3' },
            ],
        },
    },
];
