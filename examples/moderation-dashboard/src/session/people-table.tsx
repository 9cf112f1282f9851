import { graphql, type ResultOf } from '../graphql.ts';

/** AWS tells the deferred ones a participant at a time, five a second: nobody waits for them. */
export const PersonFields = graphql(`
  fragment PersonFields on Participant @_unmask {
    id
    participantId
    userId
    state
    published
    firstJoinTime
    ... on Participant @defer {
      browserName
      browserVersion
      osName
      ispName
    }
  }
`);
export type Person = ResultOf<typeof PersonFields>;

type Details = Partial<Extract<Person, { browserName: unknown }>>;

interface Props {
  people: readonly Person[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

export function PeopleTable({ people, chosen, onChoose }: Props) {
  if (people.length === 0) return <p className="empty">Nobody is connected.</p>;
  const connected = people.filter(({ state }) => state === 'CONNECTED').map(({ id }) => id);
  const isAll = connected.length > 0 && connected.every((id) => chosen.has(id));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard, too
    <section className="scroll" tabIndex={0} aria-label="Participants">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label="Choose all who are shown"
                checked={isAll}
                onChange={() => onChoose(new Set(isAll ? [] : connected))}
              />
            </th>
            {['User', 'State', 'Joined', 'Browser', 'System', 'Provider'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Row key={person.id} person={person} isChosen={chosen.has(person.id)} onToggle={toggle} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({
  person,
  isChosen,
  onToggle,
}: {
  person: Person;
  isChosen: boolean;
  onToggle: (id: string) => void;
}) {
  const { id, participantId, userId, state, published, firstJoinTime } = person;
  const details: Details = 'browserName' in person ? person : {};
  const name = userId ?? participantId;
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
      <td>{firstJoinTime && <time dateTime={firstJoinTime}>{timeOf(firstJoinTime)}</time>}</td>
      <Detail value={details.browserName && `${details.browserName} ${details.browserVersion ?? ''}`} />
      <Detail value={details.osName} />
      <Detail value={details.ispName} />
    </tr>
  );
}

/** Undefined: not told yet. Null: AWS does not know. */
function Detail({ value }: { value: string | null | undefined }) {
  if (value === undefined)
    return (
      <td>
        <span className="skeleton inline" role="img" aria-label="Loading" />
      </td>
    );
  return <td>{value ?? <span className="unknown">unknown</span>}</td>;
}

const timeOf = (iso: string): string =>
  new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
