import { useState } from 'react';
import { graphql } from '../graphql.ts';
import { More, Skeleton, useLength } from '../more.tsx';
import { Notice } from '../notice.tsx';
import { usePolled } from '../polled.ts';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { JoinsChart } from './joins-chart.tsx';
import { PeopleTable, type Person, PersonFields } from './people-table.tsx';

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
              ...PersonFields
            }
            pageInfo {
              hasNextPage
            }
          }
        }
      }
    }
  `,
  [PersonFields],
);

export function SessionPage({ arn }: { arn: string }) {
  const [length, lengthen] = useLength();
  const [withGone, setWithGone] = useState(false);
  const filter = withGone ? null : ({ state: 'CONNECTED' } as const);
  const { data, failure, isStale } = usePolled(Session, { arn, first: length, filter }, POLL_MS);
  const stage = data?.stage;
  const session = stage?.activeSession;
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
      {!data && !failure && <Skeleton rows={8} what="participants" />}
      {data && !stage && !failure && <p className="empty">There is no such stage any more.</p>}
      {stage && !session && <p className="empty">Nobody is on this stage: no session is live.</p>}
      {session && (
        <div className={isStale ? 'stale' : ''}>
          <People
            arn={arn}
            people={session.participants?.nodes ?? []}
            hasMore={session.participants?.pageInfo.hasNextPage}
            startTime={session.startTime}
            onMore={lengthen}
          />
        </div>
      )}
    </>
  );
}

interface PeopleProps {
  arn: string;
  people: readonly Person[];
  hasMore: boolean | undefined;
  startTime: string | null;
  onMore: () => void;
}

function People({ arn, people, hasMore, startTime, onMore }: PeopleProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [leaving, setLeaving] = useState<readonly Person[]>();
  const connected = people.filter(({ state }) => state === 'CONNECTED');
  // Who has left meanwhile is chosen no longer.
  const selected = connected.filter(({ id }) => chosen.has(id));
  return (
    <>
      <JoinsChart people={people} startTime={startTime} isWhole={!hasMore} />
      <div className="toolbar">
        <span aria-live="polite">
          {people.length}
          {hasMore && '+'} shown, {selected.length} chosen
        </span>
        <button
          type="button"
          className="danger"
          disabled={selected.length === 0}
          onClick={() => setLeaving(selected)}
        >
          Disconnect {selected.length || ''}
        </button>
      </div>
      <PeopleTable people={people} chosen={chosen} onChoose={setChosen} />
      <More has={hasMore} what="participants" onMore={onMore} />
      {leaving && (
        <DisconnectDialog
          stageArn={arn}
          people={leaving}
          onClose={() => {
            setLeaving(undefined);
            setChosen(new Set());
          }}
        />
      )}
    </>
  );
}
