import { useState } from 'react';
import { More, useLength } from '../more.tsx';
import { useDetails } from './details.ts';
import { JoinsChart } from './joins-chart.tsx';
import { type Participant, ParticipantsTable } from './participants-table.tsx';
import { firstView, inView, shows, type View } from './view.ts';

interface Props {
  participants: readonly Participant[];
  /** There are more than the gateway gives at once. */
  hasMore: boolean;
  withGone: boolean;
  startTime: string | null;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onDisconnect: (participants: readonly Participant[]) => void;
}

export function Participants({
  participants,
  hasMore,
  withGone,
  startTime,
  chosen,
  onChoose,
  onDisconnect,
}: Props) {
  const [view, setView] = useState<View>(firstView);
  const [length, lengthen] = useLength();
  const found = inView(participants, view);
  const rows = found.slice(0, length);
  useDetails(rows);
  // Who has left meanwhile is chosen no longer. Who is chosen and not in view stays so, and counts.
  const selected = participants.filter(({ id, state }) => state === 'CONNECTED' && chosen.has(id));
  const all = `${hasMore ? 'the first ' : ''}${participants.length}`;
  return (
    <>
      <JoinsChart
        participants={participants}
        startTime={startTime}
        of={chartOf(withGone, hasMore && participants.length)}
      />
      <ViewForm view={view} onView={setView} />
      <div className="toolbar">
        <span aria-live="polite">
          {found.length === participants.length && !hasMore ? all : `${found.length} of ${all}`} participants,{' '}
          {selected.length} chosen
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
const chartOf = (withGone: boolean, first: number | false): string =>
  `of ${first ? `the first ${first}` : 'all'} who ${withGone ? 'came' : 'are connected'}`;

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
