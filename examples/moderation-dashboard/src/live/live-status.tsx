import { lastHeard } from './connection.ts';
import type { Live } from './use-live.ts';

interface Props {
  live: Live;
  /** When the list was last polled, and how often it is. */
  polledAt: Date | undefined;
  everyMs: number;
}

/** Whether changes appear by themselves, and since when they do not. */
export function LiveStatus({ live: { state, failure, gapAt }, polledAt, everyMs }: Props) {
  const last = latest(lastHeard(), polledAt);
  return (
    <p className={`status ${state}`}>
      <span role="status">{labelOf(state, everyMs)}</span>
      {/* Outside: a screen reader does not read it with each poll. */}
      {state !== 'live' && last && (
        <span>
          , last update <time dateTime={last.toISOString()}>{clock(last)}</time>
        </span>
      )}
      {failure && <span className="why">. {failure.message}</span>}
      {gapAt && (
        <span className="why">
          . Some changes were missed; the list was read again at{' '}
          <time dateTime={gapAt.toISOString()}>{clock(gapAt)}</time>
        </span>
      )}
    </p>
  );
}

function labelOf(state: Live['state'], everyMs: number): string {
  if (state === 'live') return 'Live';
  if (state === 'refused') return `Not live: updated every ${Math.round(everyMs / 1000)} s`;
  return state === 'connecting' ? 'Connecting …' : 'Reconnecting …';
}

const latest = (...times: (Date | undefined)[]): Date | undefined =>
  times.flatMap((time) => time ?? []).toSorted((one, other) => other.getTime() - one.getTime())[0];

const clock = (time: Date): string =>
  time.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
