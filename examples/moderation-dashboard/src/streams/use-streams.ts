// The live streams, with their health and viewers.
import { useState } from 'react';
import type { Failure } from '../failure.ts';
import { graphql, type ResultOf } from '../graphql.ts';
import { useFallback } from '../live/fallback.ts';
import { type Live, useLive } from '../live/use-live.ts';
import { callsFor, LIMIT } from '../polled.ts';

const StreamFields = graphql(`
  fragment StreamFields on Stream @_unmask {
    id
    channelArn
    health
    viewerCount
    startTime
  }
`);

const NamedStreamFields = graphql(
  `
    fragment NamedStreamFields on Stream @_unmask {
      ...StreamFields
      channel {
        id
        name
      }
    }
  `,
  [StreamFields],
);

const Streams = graphql(
  `
    query Streams($first: Int!) {
      streams(first: $first) {
        nodes {
          ...NamedStreamFields
          channel {
            id
            liveCursor
          }
        }
      }
    }
  `,
  [NamedStreamFields],
);

// A change of viewers has no name: that would be read again for each.
const Changes = graphql(
  `
    subscription LiveStreams($after: String) {
      message: streams(after: $after) {
        __typename
        ... on LiveEvent {
          cursor
        }
        ... on StreamsState {
          nodes {
            ...NamedStreamFields
          }
        }
        ... on StreamStarted {
          stream {
            ...NamedStreamFields
          }
        }
        ... on StreamChanged {
          stream {
            ...StreamFields
          }
        }
        ... on StreamEnded {
          stream {
            ...StreamFields
          }
        }
      }
    }
  `,
  [NamedStreamFields, StreamFields],
);
type Message = ResultOf<typeof Changes>['message'];
type Stream = ResultOf<typeof StreamFields>;
export type NamedStream = Stream & Partial<ResultOf<typeof NamedStreamFields>>;

/** By channel. */
type All = ReadonlyMap<string, NamedStream>;

const POLL_MS = 5_000;
const NO_VARIABLES = [{}];

interface LiveStreams {
  live: Live;
  polledAt: Date | undefined;
  everyMs: number;
  failure: Failure | undefined;
  /** Undefined: not known yet. */
  streams: readonly NamedStream[] | undefined;
}

export function useStreams(): LiveStreams {
  const [all, setAll] = useState<All>();
  const live = useLive({
    query: Changes,
    each: NO_VARIABLES,
    onMessage: (message) => setAll((before) => apply(before, message)),
  });
  const everyMs = POLL_MS * callsFor(all?.size ?? 0);
  const { failure, at } = useFallback(live.state, {
    ...{ query: Streams, variables: { first: LIMIT }, everyMs },
    onData: ({ streams }) => {
      const nodes = streams?.nodes;
      if (nodes) live.takePolled({}, nodes[0]?.channel?.liveCursor, () => setAll(byChannel(nodes)));
    },
  });
  return { live, everyMs, failure, polledAt: at, streams: all && [...all.values()].toSorted(byViewers) };
}

const byChannel = (streams: readonly NamedStream[]): All =>
  new Map(streams.map((stream) => [stream.channelArn, stream]));

function apply(before: All | undefined, message: Message): All | undefined {
  // The state follows.
  if (message.__typename === 'LiveGap') return before;
  if (message.__typename === 'StreamsState') return byChannel(message.nodes);
  const all = new Map(before);
  const { stream } = message;
  if (message.__typename === 'StreamEnded') all.delete(stream.channelArn);
  else all.set(stream.channelArn, { ...all.get(stream.channelArn), ...stream });
  return all;
}

const byViewers = (one: NamedStream, other: NamedStream): number =>
  (other.viewerCount ?? 0) - (one.viewerCount ?? 0) || one.channelArn.localeCompare(other.channelArn);
