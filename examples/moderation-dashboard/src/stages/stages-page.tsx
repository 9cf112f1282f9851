import { useState } from 'react';
import { graphql, type ResultOf } from '../graphql.ts';
import { More, Skeleton, useLength } from '../more.tsx';
import { Notice } from '../notice.tsx';
import { usePolled } from '../polled.ts';
import { stageUrl } from '../route.ts';

/** Each live stage of the page costs a call for its people, of five a second: ten at a time leave room for others. */
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
          participants(first: 100, filter: { state: CONNECTED }) {
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
  const { data, failure, isStale } = usePolled(Stages, { first: length }, POLL_MS);
  const shown = data?.stages?.nodes.filter(({ activeSession }) => activeSession || !onlyLive);
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
      {!data && !failure && <Skeleton rows={6} what="stages" />}
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

function StageCard({ stage: { arn, name, activeSession } }: { stage: Stage }) {
  const people = activeSession?.participants;
  const publishers = people?.nodes.filter(({ published }) => published) ?? [];
  const more = people?.pageInfo.hasNextPage ? '+' : '';
  return (
    <li>
      <a className="card" href={stageUrl(arn)}>
        <span className="name">{name ?? arn}</span>
        {activeSession ? <span className="badge live">Live</span> : <span className="badge">Idle</span>}
        <span className="detail">
          {people
            ? `${people.nodes.length}${more} connected, ${publishers.length}${more} have published`
            : 'Nobody is there'}
        </span>
      </a>
    </li>
  );
}
