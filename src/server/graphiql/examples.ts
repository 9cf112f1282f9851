// The operations that GraphiQL opens with, a tab for each job that users come with. They run as they stand, in any order and
// more than once, on the emulator's demo world.
import { arnOf, channelArn, type Example, stageArn } from './example.ts';
import { liveExamples } from './examples-live.ts';
import { lowLatencyExamples } from './examples-low-latency.ts';
import { realtimeExamples } from './examples-realtime.ts';

/** As `id` gives them out. */
const globalId = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64');

export const examples: readonly Example[] = [
  ...realtimeExamples,
  ...lowLatencyExamples,
  ...liveExamples,
  {
    query: `# What happened lately, on a stage and on a
# channel?
# Up to 12 AWS calls.
# Scope: ivs:read
query History($stageArn: ID!, $channelArn: ID!) {
  stage(arn: $stageArn) {
    sessions(first: 2) {
      nodes {
        startTime
        endTime
        participants(first: 2) {
          nodes {
            userId
            events(first: 5) {
              nodes {
                name
                eventTime
              }
            }
          }
        }
      }
    }
  }
  channel(arn: $channelArn) {
    streamSessions(first: 2) {
      nodes {
        startTime
        endTime
        hasErrorEvent
        events {
          name
          eventTime
        }
      }
    }
  }
}
`,
    variables: { stageArn: arnOf('stage/PodcastStud1'), channelArn },
  },
  {
    query: `# Find anything by the \`id\` that it had in an
# earlier answer.
# Up to 2 AWS calls.
# Scope: ivs:read
query ById($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Stage {
      name
      activeSessionId
    }
    ... on Channel {
      name
      playbackUrl
    }
    ... on Taggable {
      tags {
        key
        value
      }
    }
  }
}
`,
    variables: { ids: [globalId('Stage', stageArn), globalId('Channel', channelArn)] },
  },
  {
    query: `# What would it cost? The header x-ivs-cost says
# dryRun here: nothing is called or changed.
# Up to 521 AWS calls, if you ran it.
# Scope: ivs:read
query DryRun {
  stages(first: 20) {
    nodes {
      name
      activeSession {
        participants(first: 25) {
          nodes {
            userId
            browserName
          }
        }
      }
    }
  }
}
`,
    headers: { 'x-ivs-cost': 'dryRun' },
  },
];
