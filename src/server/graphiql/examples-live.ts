// Subscriptions. They run until their user stops them.
import { type Example, stageArn } from './example.ts';

export const liveExamples: readonly Example[] = [
  {
    query: `# Who joins, leaves and publishes? First all who
# are connected, then each change.
# Up to 0 AWS calls per message. The gateway reads
# the list for all subscribers together.
# Scope: ivs:read
subscription Joins($stageArn: ID!) {
  participants(stageArn: $stageArn) {
    __typename
    ... on ParticipantsState {
      nodes {
        userId
      }
    }
    ... on ParticipantJoined {
      participant {
        userId
      }
    }
    ... on ParticipantLeft {
      participant {
        userId
      }
    }
    ... on ParticipantChanged {
      eventName
      participant {
        userId
        published
      }
    }
    ... on LiveGap {
      reason
    }
  }
}
`,
    variables: { stageArn },
  },
  {
    query: `# What happens on a stage? Events of AWS and
# writes, from now on.
# Up to 0 AWS calls per message.
# Scope: ivs:read
subscription Events($stageArns: [ID!]!) {
  stageEvents(stageArns: $stageArns) {
    __typename
    ... on StageActivity {
      time
      source
      eventName
      userId
      errorCode
    }
    ... on LiveGap {
      reason
    }
  }
}
`,
    variables: { stageArns: [stageArn] },
  },
  {
    query: `# Who watches? First all live streams, then each
# that starts, ends or changes.
# Up to 22 AWS calls per message: the names, where
# 1000 streams are new to the gateway.
# Scope: ivs:read
subscription Streams {
  streams {
    __typename
    ... on StreamsState {
      nodes {
        channel {
          name
        }
        viewerCount
      }
    }
    ... on StreamStarted {
      channel {
        name
      }
    }
    ... on StreamChanged {
      eventName
      stream {
        channelArn
        health
        viewerCount
      }
    }
    ... on StreamEnded {
      channel {
        name
      }
    }
    ... on LiveGap {
      reason
    }
  }
}
`,
  },
];
