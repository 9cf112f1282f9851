import { useState } from 'react';
import { LiveStatus } from '../live/live-status.tsx';
import { More, useLength } from '../more.tsx';
import { Notice } from '../notice.tsx';
import { stageUrl } from '../route.ts';
import { type StageSummary, useStages } from './use-stages.ts';

const PAGE = 10;

export function StagesPage() {
  const [length, lengthen] = useLength(PAGE);
  const [onlyLive, setOnlyLive] = useState(false);
  const { stages, live, polledAt, everyMs, failure, isStale, hasMore } = useStages(length);
  const shown = stages?.filter(({ isLive }) => isLive || !onlyLive);
  return (
    <>
      <div className="title">
        <h1>Stages</h1>
        <label className="check">
          <input type="checkbox" checked={onlyLive} onChange={() => setOnlyLive(!onlyLive)} />
          Only live ones
        </label>
      </div>
      <LiveStatus live={live} polledAt={polledAt} everyMs={everyMs} />
      <Notice failure={failure} isStale={isStale} />
      {!stages && !failure && <CardSkeletons />}
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
      <More has={hasMore} what="stages" onMore={lengthen} />
    </>
  );
}

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

function StageCard({ stage: { arn, name, isLive, people } }: { stage: StageSummary }) {
  return (
    <li>
      <a className="card" href={stageUrl(arn)}>
        <span className="name">{name ?? arn}</span>
        {isLive ? <span className="badge live">Live</span> : <span className="badge">Idle</span>}
        <span className="detail">{isLive ? countsOf(people) : 'No participants'}</span>
      </a>
    </li>
  );
}

function countsOf(people: StageSummary['people']): string {
  if (!people) return 'Participants are being counted';
  const publishers = people.filter(({ published }) => published);
  return `${people.length} connected, ${publishers.length} have published`;
}
