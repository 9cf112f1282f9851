import { useState } from 'react';
import { LiveStatus } from '../live/live-status.tsx';
import { Skeleton } from '../more.tsx';
import { Notice } from '../notice.tsx';
import type { Disconnection } from './disconnect-dialog.tsx';
import { Participants } from './participants.tsx';
import { StageEvents } from './stage-events.tsx';
import { useSession } from './use-session.ts';

interface Props {
  arn: string;
  onDisconnect: (disconnection: Disconnection) => void;
}

export function SessionPage({ arn, onDisconnect }: Props) {
  const [withGone, setWithGone] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const session = useSession(arn);
  const { live, failure, isStale, stage, participants, isLoading } = session;
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
      {stage && <LiveStatus live={live} polledAt={session.polledAt} everyMs={session.everyMs} />}
      <Notice failure={failure} isStale={isStale} />
      {stage && <StageEvents arn={arn} />}
      {isLoading && <SessionSkeleton />}
      {stage === null && !failure && <p className="empty">There is no such stage any more.</p>}
      {stage && !participants && !isLoading && !failure && (
        <p className="empty">No participants on this stage: no session is live.</p>
      )}
      {participants && (
        <div className={isStale ? 'stale' : ''}>
          <Participants
            participants={participants}
            history={session.history}
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
