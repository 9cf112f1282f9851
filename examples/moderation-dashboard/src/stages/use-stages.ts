// The stages, and how many are on each of them now.
import { useState } from 'react';
import type { Failure } from '../failure.ts';
import { graphql, type ResultOf } from '../graphql.ts';
import { useFallback } from '../live/fallback.ts';
import { type Live, useLive } from '../live/use-live.ts';
import { callsFor, usePolled } from '../polled.ts';
import { apply, type Change, connectedIn, type Roster } from '../session/roster.ts';

/** AWS sends no event of new stages. One call for all of them. */
const List = graphql(`
  query Stages($first: Int!) {
    stages(first: $first) {
      nodes {
        id
        arn
        name
        activeSession {
          id
          sessionId
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

const PersonFields = graphql(`
  fragment PersonFields on Participant @_unmask {
    id
    state
    published
  }
`);
type Person = ResultOf<typeof PersonFields>;

const Counts = graphql(
  `
    query StageCounts($first: Int!) {
      stages(first: $first) {
        nodes {
          id
          arn
          liveCursor
          activeSession {
            id
            sessionId
            participants(first: 1000, filter: { state: CONNECTED }) {
              nodes {
                ...PersonFields
              }
            }
          }
        }
      }
    }
  `,
  [PersonFields],
);

const Changes = graphql(
  `
    subscription StagePeople($stageArn: ID!, $after: String) {
      message: participants(stageArn: $stageArn, after: $after) {
        __typename
        ... on LiveEvent {
          cursor
        }
        ... on ParticipantsState {
          nodes {
            ...PersonFields
          }
        }
        ... on ParticipantJoined {
          participant {
            ...PersonFields
          }
        }
        ... on ParticipantChanged {
          participant {
            ...PersonFields
          }
        }
        ... on ParticipantLeft {
          participant {
            ...PersonFields
          }
        }
      }
    }
  `,
  [PersonFields],
);
type Message = ResultOf<typeof Changes>['message'];

const POLL_MS = 5_000;
/** A live stage costs one call per 100 participants, at five per second: ten in five seconds leave room for other clients. */
const CALLS_PER_POLL = 10;
/** The gateway allows 100 subscriptions per caller by default. */
const MAX_LIVE = 60;

export interface StageSummary {
  id: string;
  arn: string;
  name: string | null;
  isLive: boolean;
  /** Undefined: not known yet. */
  people: readonly Person[] | undefined;
}

interface Stages {
  live: Live;
  polledAt: Date | undefined;
  everyMs: number;
  failure: Failure | undefined;
  isStale: boolean;
  stages: readonly StageSummary[] | undefined;
  hasMore: boolean | undefined;
}

export function useStages(length: number): Stages {
  const { data, ...list } = usePolled(List, { first: length }, POLL_MS);
  const nodes = data?.stages?.nodes;
  const { rosters, ...counts } = useCounts(length, nodes?.map(({ arn }) => arn) ?? []);
  const failure = list.failure ?? counts.failure;
  return {
    ...counts,
    failure,
    isStale: list.isStale || (counts.failure !== undefined && rosters.size > 0),
    stages: nodes?.map(({ id, arn, name, activeSession }) => {
      const roster = rosters.get(arn);
      const people = roster && connectedIn(roster);
      return { id, arn, name, isLive: Boolean(activeSession || people?.length), people };
    }),
    hasMore: data?.stages?.pageInfo.hasNextPage,
  };
}

type Rosters = ReadonlyMap<string, Roster<Person>>;

function useCounts(length: number, arns: readonly string[]) {
  const [rosters, setRosters] = useState<Rosters>(new Map());
  const take = (arn: string, change: Change<Person>) =>
    setRosters((before) => new Map(before).set(arn, apply(before.get(arn), change)));
  const following = useLive({
    query: Changes,
    each: arns.slice(0, MAX_LIVE).map((stageArn) => ({ stageArn })),
    onMessage: (message, { stageArn }) => {
      const change = changeOf(message);
      if (change) take(stageArn, change);
    },
  });
  const live = arns.length > MAX_LIVE && following.state === 'live' ? tooMany(following) : following;
  const calls = [...rosters.values()].reduce((sum, roster) => sum + callsFor(connectedIn(roster).length), 0);
  const everyMs = POLL_MS * Math.max(1, Math.ceil(calls / CALLS_PER_POLL));
  const { failure, at } = useFallback(live.state, {
    ...{ query: Counts, variables: { first: length }, everyMs },
    onData: ({ stages }) => {
      for (const { arn, liveCursor, activeSession } of stages?.nodes ?? []) {
        const people = activeSession ? activeSession.participants?.nodes : [];
        if (!people) continue;
        following.takePolled({ stageArn: arn }, liveCursor, () =>
          take(arn, { kind: 'state', sessionId: activeSession?.sessionId, people }),
        );
      }
    },
  });
  return { rosters, live, everyMs, failure, polledAt: at };
}

const tooMany = (live: Live): Live => ({
  ...live,
  state: 'refused',
  failure: { kind: 'refused', message: `More than ${MAX_LIVE} stages are shown.` },
});

function changeOf(message: Message): Change<Person> | undefined {
  const sessionId = undefined;
  if (message.__typename === 'ParticipantsState') return { kind: 'state', sessionId, people: message.nodes };
  // The state follows.
  if (message.__typename === 'LiveGap') return undefined;
  return { kind: 'one', sessionId, person: message.participant };
}
