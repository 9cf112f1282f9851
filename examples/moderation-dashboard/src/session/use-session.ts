// A stage, its session and its participants, as they are now.
import { useState } from 'react';
import type { Failure } from '../failure.ts';
import { graphql, type ResultOf } from '../graphql.ts';
import { useFallback, useRequests } from '../live/fallback.ts';
import { type Live, useLive } from '../live/use-live.ts';
import { callsFor, LIMIT, usePolled } from '../polled.ts';
import { type Participant, ParticipantFields } from './participants-table.tsx';
import { apply, type Change, connectedIn, type Roster } from './roster.ts';

const Stage = graphql(`
  query Stage($arn: ID!) {
    stage(arn: $arn) {
      id
      name
      activeSession {
        id
        sessionId
        startTime
      }
    }
  }
`);

const Connected = graphql(
  `
    query Connected($arn: ID!, $first: Int!) {
      stage(arn: $arn) {
        id
        name
        liveCursor
        activeSession {
          id
          sessionId
          startTime
          participants(first: $first, filter: { state: CONNECTED }) {
            nodes {
              ...ParticipantFields
            }
            pageInfo {
              hasNextPage
            }
          }
        }
      }
    }
  `,
  [ParticipantFields],
);

const History = graphql(
  `
    query History($arn: ID!, $sessionId: ID!, $first: Int!) {
      stage(arn: $arn) {
        id
        session(sessionId: $sessionId) {
          id
          participants(first: $first) {
            nodes {
              ...ParticipantFields
            }
            pageInfo {
              hasNextPage
            }
          }
        }
      }
    }
  `,
  [ParticipantFields],
);

const Changes = graphql(
  `
    subscription Participants($stageArn: ID!, $after: String) {
      message: participants(stageArn: $stageArn, after: $after) {
        __typename
        ... on LiveEvent {
          cursor
        }
        ... on ParticipantsState {
          session {
            id
            sessionId
          }
          nodes {
            ...ParticipantFields
          }
        }
        ... on ParticipantJoined {
          session {
            id
            sessionId
          }
          participant {
            ...ParticipantFields
          }
        }
        ... on ParticipantChanged {
          session {
            id
            sessionId
          }
          participant {
            ...ParticipantFields
          }
        }
        ... on ParticipantLeft {
          session {
            id
            sessionId
          }
          participant {
            ...ParticipantFields
          }
        }
      }
    }
  `,
  [ParticipantFields],
);
type Message = ResultOf<typeof Changes>['message'];

/** For each call that the list takes: a stage of hundreds does not use up the rate that all stages share. */
const POLL_MS = 2_000;

export interface Session {
  live: Live;
  polledAt: Date | undefined;
  everyMs: number;
  failure: Failure | undefined;
  isStale: boolean;
  /** Undefined: not known yet. Null: AWS knows no such stage. */
  stage: { name: string | null } | null | undefined;
  startTime: string | null;
  /** Who is or was there. Undefined: no session is active. */
  participants: readonly Participant[] | undefined;
  isLoading: boolean;
  /** How many of all who came are known; undefined before that is. */
  history: { isWhole: boolean } | undefined;
}

export function useSession(arn: string): Session {
  const [roster, setRoster] = useState<Roster<Participant>>();
  const take = (change: Change<Participant>) => setRoster((before) => apply(before, change));
  const live = useLive({
    query: Changes,
    each: [{ stageArn: arn }],
    onMessage: (message) => {
      const change = changeOf(message);
      if (change) take(change);
    },
  });
  const connected = connectedIn(roster);
  const everyMs = POLL_MS * callsFor(connected.length);
  const fallback = useFallback(live.state, {
    ...{ query: Connected, variables: { arn, first: LIMIT }, everyMs },
    onData: ({ stage }) => {
      const session = stage?.activeSession;
      if (!stage || (session && !session.participants)) return;
      live.takePolled({ stageArn: arn }, stage.liveCursor, () => take(stateOf(session)));
    },
  });
  const stage = useStage(arn, live, roster);
  const history = useHistory(arn, live, roster?.sessionId, take);
  const isActive = connected.length > 0 || Boolean(stage.data?.stage?.activeSession);
  const failure = fallback.failure ?? stage.failure;
  return {
    ...{ live, everyMs, failure, history },
    polledAt: fallback.at,
    isStale: failure !== undefined && (roster !== undefined || stage.isStale),
    stage: stage.data?.stage,
    startTime: stage.data?.stage?.activeSession?.startTime ?? null,
    participants: roster && isActive ? [...roster.people.values()] : undefined,
    isLoading: !failure && (!stage.data || (!roster && stage.data.stage !== null)),
  };
}

function changeOf(message: Message): Change<Participant> | undefined {
  switch (message.__typename) {
    case 'ParticipantsState':
      return { kind: 'state', sessionId: message.session?.sessionId, people: message.nodes };
    case 'ParticipantJoined':
    case 'ParticipantChanged':
    case 'ParticipantLeft':
      return { kind: 'one', sessionId: message.session?.sessionId, person: message.participant };
    // The state follows.
    case 'LiveGap':
      return undefined;
  }
}

type Polled = NonNullable<ResultOf<typeof Connected>['stage']>['activeSession'];

const stateOf = (session: Polled | undefined): Change<Participant> => ({
  kind: 'state',
  sessionId: session?.sessionId,
  people: session?.participants?.nodes ?? [],
});

/** Read once. Again only until it names the session of the participants, and while that session has no participants. */
function useStage(arn: string, { state }: Live, roster: Roster<Participant> | undefined) {
  const [named, setNamed] = useState<string>();
  const present = connectedIn(roster).length > 0 ? roster?.sessionId : undefined;
  const isBehind = state === 'live' && roster !== undefined && named !== present;
  const polled = usePolled(Stage, { arn }, isBehind ? POLL_MS : 0);
  const now = polled.data?.stage?.activeSession?.sessionId;
  if (now !== named) setNamed(now);
  return polled;
}

/** For the chart: all who came before this page was open, and again what a gap has swallowed. */
function useHistory(
  arn: string,
  { gapAt }: Live,
  sessionId: string | undefined,
  take: (change: Change<Participant>) => void,
): Session['history'] {
  const [read, setRead] = useState<{ sessionId: string; gapAt: Date | undefined; isWhole: boolean }>();
  const isRead = read?.sessionId === sessionId && read?.gapAt === gapAt;
  useRequests({
    query: History,
    variables: { arn, sessionId: sessionId ?? '', first: LIMIT },
    isActive: sessionId !== undefined && !isRead,
    onData: ({ stage }) => {
      const list = stage?.session?.participants;
      if (!list || !sessionId) return;
      take({ kind: 'history', sessionId, people: list.nodes });
      setRead({ sessionId, gapAt, isWhole: !list.pageInfo.hasNextPage });
    },
  });
  return read?.sessionId === sessionId ? read : undefined;
}
