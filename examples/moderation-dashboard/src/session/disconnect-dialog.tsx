import { useApolloClient } from '@apollo/client/react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useUnloadQuestion } from '../unload.ts';
import { disconnect, type Outcome } from './disconnect.ts';
import type { Person } from './people-table.tsx';
import { nameOf } from './view.ts';

export interface Disconnection {
  stageArn: string;
  people: readonly Person[];
  onClose: (hasBegun: boolean) => void;
}

export function DisconnectDialog({ stageArn, people, onClose }: Disconnection) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const { outcomes, state, start, stop } = useRun(stageArn, reason);
  const isRunning = state !== 'still';
  const hasBegun = isRunning || outcomes.length > 0;
  useUnloadQuestion(isRunning);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  // A question about a page that is gone. A run, and what became of it, stay.
  useEffect(() => {
    if (hasBegun) return;
    const leave = () => dialog.current?.close();
    addEventListener('hashchange', leave);
    return () => removeEventListener('hashchange', leave);
  }, [hasBegun]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void start(people);
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby="disconnect"
      // While it runs it stays. A browser lets a page refuse only once, so what is closed all the same is opened again.
      onCancel={(event) => isRunning && event.preventDefault()}
      onClose={() => (isRunning ? dialog.current?.showModal() : onClose(hasBegun))}
    >
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
            <button type="button" onClick={close}>
              Cancel
            </button>
            <button type="submit" className="danger">
              Disconnect
            </button>
          </div>
        </form>
      )}
      {hasBegun && (
        <Progress
          people={people}
          outcomes={outcomes}
          state={state}
          onStop={stop}
          onStart={start}
          onClose={close}
        />
      )}
    </dialog>
  );
}

type State = 'still' | 'running' | 'stopping';

/** Ends with the dialog, which stays open until the run has ended: nothing is disconnected out of sight. */
function useRun(stageArn: string, reason: string) {
  const client = useApolloClient();
  const control = useRef<AbortController>(undefined);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [state, setState] = useState<State>('still');
  useEffect(() => () => control.current?.abort(), []);

  const start = async (some: readonly Person[]) => {
    const controller = new AbortController();
    control.current = controller;
    setState('running');
    setOutcomes((before) => before.filter(({ person }) => !some.includes(person)));
    await disconnect(client, { stageArn, people: some, reason, signal: controller.signal }, (outcome) =>
      setOutcomes((before) => [...before, outcome]),
    );
    setState('still');
  };
  const stop = () => {
    control.current?.abort();
    setState('stopping');
  };
  return { outcomes, state, start, stop };
}

interface ProgressProps {
  people: readonly Person[];
  outcomes: readonly Outcome[];
  state: State;
  onStop: () => void;
  onStart: (people: readonly Person[]) => void;
  onClose: () => void;
}

function Progress({ people, outcomes, state, onStop, onStart, onClose }: ProgressProps) {
  const outcomeOf = new Map(outcomes.map((outcome) => [outcome.person, outcome]));
  const failed = outcomes.filter(({ problem }) => problem).map(({ person }) => person);
  const unsent = people.filter((person) => !outcomeOf.has(person));
  const left = [...failed, ...unsent];
  return (
    <>
      <p role="status">
        {outcomes.length - failed.length} of {people.length} disconnected
        {failed.length > 0 && `, ${failed.length} failed`}
        {state === 'still' && unsent.length > 0 && `, ${unsent.length} not sent`}
      </p>
      <progress max={people.length} value={outcomes.length} aria-label="Tried" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard, too */}
      <ul className="outcomes" tabIndex={0} aria-label="What became of each">
        {people.map((person) => (
          <OutcomeLine
            key={person.id}
            person={person}
            outcome={outcomeOf.get(person)}
            isOver={state === 'still'}
          />
        ))}
      </ul>
      {/* Each takes the focus as it comes: the button before it, which had it, is gone. */}
      <div className="row end">
        {state === 'still' && left.length > 0 && (
          <button type="button" onClick={() => onStart(left)}>
            {unsent.length > 0 ? `Go on with the ${left.length} left` : `Try the ${left.length} again`}
          </button>
        )}
        {state === 'still' ? (
          <button key="close" type="button" ref={focus} onClick={onClose}>
            Close
          </button>
        ) : (
          <button key="stop" type="button" ref={focus} onClick={onStop} aria-disabled={state === 'stopping'}>
            {state === 'stopping' ? 'Stopping' : 'Stop'}
          </button>
        )}
      </div>
    </>
  );
}

/** The attribute is for the dialog: it looks for one when it is opened again. */
const focus = (button: HTMLButtonElement | null): void => {
  if (!button) return;
  button.autofocus = true;
  button.focus();
};

interface LineProps {
  person: Person;
  outcome: Outcome | undefined;
  isOver: boolean;
}

function OutcomeLine({ person, outcome, isOver }: LineProps) {
  return (
    <li>
      <span className="name">{nameOf(person)}</span>
      {!outcome && <span className="badge">{isOver ? 'Not sent' : 'Waiting'}</span>}
      {outcome && !outcome.problem && <span className="badge live">Disconnected</span>}
      {outcome?.problem && <span className="problem">{outcome.problem}</span>}
    </li>
  );
}
