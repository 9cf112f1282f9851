import { useFragment } from '@apollo/client/react';
import { graphql, type ResultOf } from '../graphql.ts';
import { DetailFields } from './details.ts';
import { nameOf, type View } from './view.ts';

export const ParticipantFields = graphql(`
  fragment ParticipantFields on Participant @_unmask {
    id
    participantId
    userId
    state
    published
    firstJoinTime
  }
`);
export type Participant = ResultOf<typeof ParticipantFields>;

interface Props {
  participants: readonly Participant[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  view: View;
  onView: (view: View) => void;
}

export function ParticipantsTable({ participants, chosen, onChoose, view, onView }: Props) {
  const connected = participants.filter(({ state }) => state === 'CONNECTED').map(({ id }) => id);
  const isAll = connected.length > 0 && connected.every((id) => chosen.has(id));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  const chooseAll = () => {
    const next = new Set(chosen);
    for (const id of connected) isAll ? next.delete(id) : next.add(id);
    onChoose(next);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard, too
    <section className="scroll" tabIndex={0} aria-label="Participants">
      <table className="participants">
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label="Choose all who are shown"
                checked={isAll}
                onChange={chooseAll}
              />
            </th>
            <SortedHeader name="User" by="name" view={view} onView={onView} />
            <th scope="col">State</th>
            <SortedHeader name="Joined" by="joined" view={view} onView={onView} />
            {['Browser', 'System', 'Provider'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {participants.map((participant) => (
            <Row
              key={participant.id}
              participant={participant}
              isChosen={chosen.has(participant.id)}
              onToggle={toggle}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface HeaderProps extends Pick<Props, 'view' | 'onView'> {
  name: string;
  by: View['by'];
}

function SortedHeader({ name, by, view, onView }: HeaderProps) {
  const isSorted = view.by === by;
  const order = view.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={isSorted ? order : 'none'}>
      <button
        type="button"
        className="sort"
        onClick={() => onView({ ...view, by, isDescending: isSorted && !view.isDescending })}
      >
        {name} <span aria-hidden="true">{isSorted ? (view.isDescending ? '↓' : '↑') : '↕'}</span>
      </button>
    </th>
  );
}

interface RowProps {
  participant: Participant;
  isChosen: boolean;
  onToggle: (id: string) => void;
}

function Row({ participant, isChosen, onToggle }: RowProps) {
  const { id, state, published, firstJoinTime } = participant;
  const { data: details } = useFragment({ fragment: DetailFields, from: { __typename: 'Participant', id } });
  const name = nameOf(participant);
  return (
    <tr aria-selected={isChosen}>
      <td>
        <input
          type="checkbox"
          aria-label={`Choose ${name}`}
          checked={isChosen && state === 'CONNECTED'}
          disabled={state !== 'CONNECTED'}
          onChange={() => onToggle(id)}
        />
      </td>
      <th scope="row">{name}</th>
      <td>
        <span className={`badge ${state === 'CONNECTED' ? 'live' : ''}`}>
          {state === 'CONNECTED' ? 'Connected' : 'Left'}
        </span>{' '}
        {published && <span className="badge">Published</span>}
      </td>
      <td data-label="Joined">
        {firstJoinTime && <time dateTime={firstJoinTime}>{timeOf(firstJoinTime)}</time>}
      </td>
      <Detail
        label="Browser"
        value={details.browserName && `${details.browserName} ${details.browserVersion ?? ''}`}
      />
      <Detail label="System" value={details.osName} />
      <Detail label="Provider" value={details.ispName} />
    </tr>
  );
}

/** Undefined: not loaded yet. Null: AWS does not know. */
function Detail({ label, value }: { label: string; value: string | null | undefined }) {
  return (
    <td className="detail-cell" data-label={label}>
      {value === undefined ? (
        <span className="skeleton inline" role="img" aria-label="Loading" />
      ) : (
        (value ?? <span className="unknown">unknown</span>)
      )}
    </td>
  );
}

const timeOf = (iso: string): string =>
  new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
