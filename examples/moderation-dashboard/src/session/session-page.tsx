import { useEffect, useState } from 'react';
import { graphql } from '../graphql.ts';
import { Skeleton } from '../more.tsx';
import { Notice } from '../notice.tsx';
import { callsFor, LIMIT, usePolled } from '../polled.ts';
import type { Disconnection } from './disconnect-dialog.tsx';
import { Participants } from './participants.tsx';
import { ParticipantFields } from './participants-table.tsx';

/** For each call that the list takes: a stage of hundreds does not use up the rate that all stages share. */
const POLL_MS = 2_000;

const Session = graphql(
  `
    query Session($arn: ID!, $first: Int!, $filter: ParticipantFilter) {
      stage(arn: $arn) {
        id
        name
        activeSession {
          id
          sessionId
          startTime
          participants(first: $first, filter: $filter) {
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

interface Props {
  arn: string;
  onDisconnect: (disconnection: Disconnection) => void;
}

export function SessionPage({ arn, onDisconnect }: Props) {
  const [withGone, setWithGone] = useState(false);
  const [everyMs, setEveryMs] = useState(POLL_MS);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const filter = withGone ? null : ({ state: 'CONNECTED' } as const);
  const { data, failure, isStale } = usePolled(Session, { arn, first: LIMIT, filter }, everyMs);
  const stage = data?.stage;
  const session = stage?.activeSession;
  const participants = session?.participants?.nodes ?? [];
  const calls = callsFor(participants.length);
  useEffect(() => setEveryMs(POLL_MS * calls), [calls]);
  const onClose = (hasBegun: boolean) => {
    if (!hasBegun) return;
    setChosen(new Set());
    // The button that has opened it can do no more, and gives the focus away.
    (document.getElementById('search') ?? document.getElementById('main'))?.focus();
  };
  return (
    <>
      <p>
        <a href="#/">← Stages</a>
      </p>
      <div className="title">
        <h1>{stage?.name ?? 'Stage'}</h1>
        <label className="check">
          <input type="checkbox" checked={withGone} onChange={() => setWithGone(!withGone)} />
          Also those who have left
        </label>
      </div>
      <code className="arn">{arn}</code>
      <Notice failure={failure} isStale={isStale} />
      {!data && !failure && <SessionSkeleton />}
      {data && !stage && !failure && <p className="empty">There is no such stage any more.</p>}
      {stage && !session && <p className="empty">No participants on this stage: no session is live.</p>}
      {session && (
        <div className={isStale ? 'stale' : ''}>
          <Participants
            participants={participants}
            hasMore={session.participants?.pageInfo.hasNextPage ?? false}
            withGone={withGone}
            startTime={session.startTime}
            chosen={chosen}
            onChoose={setChosen}
            onDisconnect={(participants) => onDisconnect({ stageArn: arn, participants, onClose })}
          />
        </div>
      )}
    </>
  );
}

/** As high as what takes its place, so that nothing jumps away from under a finger. */
function SessionSkeleton() {
  return (
    <>
      <div className="skeleton chart-place" />
      <Skeleton rows={8} what="participants" />
    </>
  );
}
