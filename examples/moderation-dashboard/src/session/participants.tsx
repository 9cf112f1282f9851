import { useState } from 'react';
import { More, useLength } from '../more.tsx';
import { LIMIT } from '../polled.ts';
import { useDetails } from './details.ts';
import { JoinsChart } from './joins-chart.tsx';
import { type Participant, ParticipantsTable } from './participants-table.tsx';
import type { Session } from './use-session.ts';
import { firstView, inView, shows, type View } from './view.ts';

interface Props {
  /** Who is there and who has left. */
  participants: readonly Participant[];
  history: Session['history'];
  withGone: boolean;
  startTime: string | null;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onDisconnect: (participants: readonly Participant[]) => void;
}

export function Participants({
  participants: everyone,
  history,
  withGone,
  startTime,
  chosen,
  onChoose,
  onDisconnect,
}: Props) {
  const [view, setView] = useState<View>(firstView);
  const participants = withGone ? everyone : everyone.filter(({ state }) => state === 'CONNECTED');
  const [length, lengthen] = useLength();
  const found = inView(participants, view);
  const rows = found.slice(0, length);
  useDetails(rows);
  // Who has left meanwhile is chosen no longer. Who is chosen and not in view stays so, and counts.
  const selected = participants.filter(({ id, state }) => state === 'CONNECTED' && chosen.has(id));
  return (
    <>
      <JoinsChart participants={everyone} startTime={startTime} of={chartOf(history)} />
      <ViewForm view={view} onView={setView} />
      <div className="toolbar">
        <span aria-live="polite">
          {found.length === participants.length ? '' : `${found.length} of `}
          {participants.length} participants, {selected.length} chosen
        </span>
        <button
          type="button"
          className="danger"
          disabled={selected.length === 0}
          onClick={() => onDisconnect(selected)}
        >
          Disconnect {selected.length || ''}
        </button>
      </div>
      {rows.length > 0 ? (
        <ParticipantsTable
          participants={rows}
          chosen={chosen}
          onChoose={onChoose}
          view={view}
          onView={setView}
        />
      ) : (
        <p className="empty">
          {participants.length > 0 ? 'No participant matches.' : 'No participant is connected.'}
        </p>
      )}
      <More has={found.length > length} what="participants" onMore={lengthen} />
    </>
  );
}

/** AWS has no numbers of joins: the chart counts participants who are listed. */
const chartOf = (history: Session['history']): string => {
  if (!history) return 'of all who are connected';
  return history.isWhole ? 'of all who came' : `of the first ${LIMIT} who came, and of all since`;
};

function ViewForm({ view, onView }: { view: View; onView: (view: View) => void }) {
  return (
    <search className="row view">
      <label>
        Search
        <input
          id="search"
          type="search"
          placeholder="User or participant id"
          value={view.search}
          onChange={(event) => onView({ ...view, search: event.target.value })}
        />
      </label>
      <label>
        Show
        <select
          value={view.show}
          onChange={(event) => onView({ ...view, show: event.target.value as View['show'] })}
        >
          {Object.entries(shows).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}
