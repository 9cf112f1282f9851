import { LiveStatus } from '../live/live-status.tsx';
import { Skeleton } from '../more.tsx';
import { Notice } from '../notice.tsx';
import { type NamedStream, useStreams } from './use-streams.ts';

export function StreamsPage() {
  const { live, polledAt, everyMs, failure, streams } = useStreams();
  const isStale = failure !== undefined && streams !== undefined;
  return (
    <>
      <div className="title">
        <h1>Streams</h1>
      </div>
      <LiveStatus live={live} polledAt={polledAt} everyMs={everyMs} />
      <Notice failure={failure} isStale={isStale} />
      {!streams && !failure && <Skeleton rows={4} what="streams" />}
      {streams && streams.length > 0 && (
        <ul className={`cards ${isStale ? 'stale' : ''}`}>
          {streams.map((stream) => (
            <StreamCard key={stream.channelArn} stream={stream} />
          ))}
        </ul>
      )}
      {streams?.length === 0 && <p className="empty">No channel is live.</p>}
    </>
  );
}

function StreamCard({ stream }: { stream: NamedStream }) {
  const { channelArn, channel, health, viewerCount, startTime } = stream;
  return (
    <li className="card">
      <span className="name">{channel?.name || channelArn}</span>
      <Health health={health} />
      <span className="detail">
        {viewersOf(viewerCount)}
        {startTime && (
          <>
            , since{' '}
            <time dateTime={startTime}>
              {new Date(startTime).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })}
            </time>
          </>
        )}
      </span>
    </li>
  );
}

function Health({ health }: Pick<NamedStream, 'health'>) {
  if (health === 'STARVING') return <span className="badge starving">Starving</span>;
  return <span className="badge live">{health === 'HEALTHY' ? 'Healthy' : 'Live'}</span>;
}

function viewersOf(count: number | null): string {
  if (count === null) return 'Viewers not counted yet';
  return count === 1 ? '1 viewer' : `${count.toLocaleString()} viewers`;
}
