import { useApolloClient } from '@apollo/client/react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { disconnect, type Outcome } from './disconnect.ts';
import type { Person } from './people-table.tsx';

interface Props {
  stageArn: string;
  people: readonly Person[];
  onClose: () => void;
}

export function DisconnectDialog({ stageArn, people, onClose }: Props) {
  const client = useApolloClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [isRunning, setIsRunning] = useState(false);
  const [reason, setReason] = useState('');
  useEffect(() => dialog.current?.showModal(), []);

  const run = async (some: readonly Person[]) => {
    setIsRunning(true);
    setOutcomes((before) => before.filter(({ person }) => !some.includes(person)));
    await disconnect(client, { stageArn, people: some, reason }, (outcome) =>
      setOutcomes((before) => [...before, outcome]),
    );
    setIsRunning(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(people);
  };
  const failed = outcomes.filter(({ problem }) => problem).map(({ person }) => person);
  const hasBegun = isRunning || outcomes.length > 0;

  return (
    <dialog ref={dialog} aria-labelledby="disconnect" onClose={onClose}>
      <h2 id="disconnect">
        Disconnect {people.length === 1 ? nameOf(people[0] as Person) : `${people.length} participants`}?
      </h2>
      {!hasBegun && (
        <form onSubmit={submit}>
          <p>They are removed at once, and can come back with a new token.</p>
          <label htmlFor="reason">Reason (optional, up to 128 characters)</label>
          <input
            id="reason"
            maxLength={128}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <div className="row end">
            <button type="button" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
            <button type="submit" className="danger">
              Disconnect
            </button>
          </div>
        </form>
      )}
      {hasBegun && (
        <>
          <p role="status">
            {outcomes.length - failed.length} of {people.length} disconnected
            {failed.length > 0 && `, ${failed.length} failed`}
          </p>
          <ul className="outcomes">
            {people.map((person) => (
              <OutcomeLine
                key={person.id}
                person={person}
                outcome={outcomes.find((one) => one.person === person)}
              />
            ))}
          </ul>
          <div className="row end">
            {failed.length > 0 && !isRunning && (
              <button type="button" onClick={() => void run(failed)}>
                Try the {failed.length} again
              </button>
            )}
            <button type="button" disabled={isRunning} onClick={() => dialog.current?.close()}>
              Close
            </button>
          </div>
        </>
      )}
    </dialog>
  );
}

function OutcomeLine({ person, outcome }: { person: Person; outcome: Outcome | undefined }) {
  return (
    <li>
      <span className="name">{nameOf(person)}</span>
      {!outcome && <span className="badge">Waiting</span>}
      {outcome && !outcome.problem && <span className="badge live">Disconnected</span>}
      {outcome?.problem && <span className="problem">{outcome.problem}</span>}
    </li>
  );
}

const nameOf = ({ userId, participantId }: Person): string => userId ?? participantId;
