import { useEffect, useState } from 'react';
import { countJoins, type Step } from './joins.ts';
import type { Participant } from './participants-table.tsx';

interface Props {
  participants: readonly Participant[];
  startTime: string | null;
  /** Whose joins these are. */
  of: string;
}

const WIDTH = 720;
const HEIGHT = 120;
const GAP = 3;
const TICK_MS = 10_000;

/** All joins of the session until now: bars, and a table for screen readers. */
export function JoinsChart({ participants, startTime, of }: Props) {
  useTick();
  const joined = participants.flatMap(({ firstJoinTime }) =>
    firstJoinTime ? [new Date(firstJoinTime)] : [],
  );
  const steps = countJoins(joined, startTime ? new Date(startTime) : undefined, new Date());
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last) return null;
  const most = Math.max(...steps.map(({ count }) => count));
  return (
    <figure className="chart">
      <figcaption>
        <span>
          Joins over time, <span className="whose">{of}</span>
        </span>{' '}
        <span className="detail">
          up to {most} in {lengthOf(first)}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {steps.map((step, index) => (
          <Bar key={step.from.getTime()} step={step} index={index} of={steps.length} most={most} />
        ))}
      </svg>
      <div className="axis" aria-hidden="true">
        <span>{clock(first.from)}</span>
        <span>{clock(last.to)}</span>
      </div>
      {/* A table is as wide as its words, whatever is said of its width. */}
      <div className="unseen">
        <table>
          <caption>Joins over time, {of}</caption>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Joined</th>
            </tr>
          </thead>
          <tbody>
            {steps
              .filter(({ count }) => count > 0)
              .map(({ from, count }) => (
                <tr key={from.getTime()}>
                  <th scope="row">{clock(from)}</th>
                  <td>{count}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** The time axis ends now, also while no participant joins. */
function useTick(): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
}

function Bar({ step, index, of, most }: { step: Step; index: number; of: number; most: number }) {
  const width = WIDTH / of;
  const height = (step.count / most) * (HEIGHT - 8);
  if (step.count === 0) return null;
  return (
    <rect x={index * width + GAP / 2} y={HEIGHT - height} width={width - GAP} height={height} rx="2">
      <title>{`${clock(step.from)}: ${step.count}`}</title>
    </rect>
  );
}

const lengthOf = ({ from, to }: Step): string => {
  const seconds = Math.round((to.getTime() - from.getTime()) / 1000);
  if (seconds < 1) return 'less than a second';
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
};

const clock = (time: Date): string =>
  time.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
