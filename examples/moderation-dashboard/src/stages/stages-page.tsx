import { useEffect, useState } from 'react';
import { graphql, type ResultOf } from '../graphql.ts';
import { More, useLength } from '../more.tsx';
import { Notice } from '../notice.tsx';
import { callsFor, usePolled } from '../polled.ts';
import { stageUrl } from '../route.ts';

/** A live stage costs one call per 100 participants, at five per second: ten in five seconds leave room for other clients. */
const PAGE = 10;
const POLL_MS = 5_000;

const Stages = graphql(`
  query Stages($first: Int!) {
    stages(first: $first) {
      nodes {
        id
        arn
        name
        activeSession {
          id
          sessionId
          participants(first: 1000, filter: { state: CONNECTED }) {
            nodes {
              id
              published
            }
            pageInfo {
              hasNextPage
            }
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);
type Stage = NonNullable<ResultOf<typeof Stages>['stages']>['nodes'][number];

export function StagesPage() {
  const [length, lengthen] = useLength(PAGE);
  const [onlyLive, setOnlyLive] = useState(false);
  const [everyMs, setEveryMs] = useState(POLL_MS);
  const { data, failure, isStale } = usePolled(Stages, { first: length }, everyMs);
  const shown = data?.stages?.nodes.filter(({ activeSession }) => activeSession || !onlyLive);
  const calls = sum(data?.stages?.nodes.map(callsOf) ?? []);
  useEffect(() => setEveryMs(POLL_MS * Math.max(1, Math.ceil(calls / PAGE))), [calls]);
  return (
    <>
      <div className="title">
        <h1>Stages</h1>
        <label className="check">
          <input type="checkbox" checked={onlyLive} onChange={() => setOnlyLive(!onlyLive)} />
          Only live ones
        </label>
      </div>
      <Notice failure={failure} isStale={isStale} />
      {!data && !failure && <CardSkeletons />}
      {shown && (
        <ul className={`cards ${isStale ? 'stale' : ''}`}>
          {shown.map((stage) => (
            <StageCard key={stage.id} stage={stage} />
          ))}
        </ul>
      )}
      {shown?.length === 0 && (
        <p className="empty">{onlyLive ? 'No stage is live.' : 'There are no stages.'}</p>
      )}
      <More has={data?.stages?.pageInfo.hasNextPage} what="stages" onMore={lengthen} />
    </>
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const callsOf = ({ activeSession }: Stage): number =>
  activeSession ? callsFor(activeSession.participants?.nodes.length ?? 0) : 0;

/** Where the cards will be, so that none jumps when they come. */
function CardSkeletons() {
  return (
    <div className="cards" role="status" aria-label="Loading stages">
      {Array.from({ length: PAGE }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={index} className="card skeleton" />
      ))}
    </div>
  );
}

function StageCard({ stage: { arn, name, activeSession } }: { stage: Stage }) {
  const participants = activeSession?.participants;
  const publishers = participants?.nodes.filter(({ published }) => published) ?? [];
  const more = participants?.pageInfo.hasNextPage ? 'over ' : '';
  return (
    <li>
      <a className="card" href={stageUrl(arn)}>
        <span className="name">{name ?? arn}</span>
        {activeSession ? <span className="badge live">Live</span> : <span className="badge">Idle</span>}
        <span className="detail">
          {participants
            ? `${more}${participants.nodes.length} connected, ${more}${publishers.length} have published`
            : 'No participants'}
        </span>
      </a>
    </li>
  );
}
