import { useApolloClient } from '@apollo/client/react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useUnloadQuestion } from '../unload.ts';
import { disconnect, type Outcome } from './disconnect.ts';
import type { Participant } from './participants-table.tsx';
import { nameOf } from './view.ts';

export interface Disconnection {
  stageArn: string;
  participants: readonly Participant[];
  onClose: (hasBegun: boolean) => void;
}

export function DisconnectDialog({ stageArn, participants, onClose }: Disconnection) {
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
    void start(participants);
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
        Disconnect{' '}
        {participants.length === 1
          ? nameOf(participants[0] as Participant)
          : `${participants.length} participants`}
        ?
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
          participants={participants}
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

  const start = async (some: readonly Participant[]) => {
    const controller = new AbortController();
    control.current = controller;
    setState('running');
    setOutcomes((before) => before.filter(({ participant }) => !some.includes(participant)));
    await disconnect(client, { stageArn, participants: some, reason, signal: controller.signal }, (outcome) =>
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
  participants: readonly Participant[];
  outcomes: readonly Outcome[];
  state: State;
  onStop: () => void;
  onStart: (participants: readonly Participant[]) => void;
  onClose: () => void;
}

function Progress({ participants, outcomes, state, onStop, onStart, onClose }: ProgressProps) {
  const outcomeOf = new Map(outcomes.map((outcome) => [outcome.participant, outcome]));
  const failed = outcomes.filter(({ problem }) => problem).map(({ participant }) => participant);
  const unsent = participants.filter((participant) => !outcomeOf.has(participant));
  const left = [...failed, ...unsent];
  return (
    <>
      <p role="status">
        {outcomes.length - failed.length} of {participants.length} disconnected
        {failed.length > 0 && `, ${failed.length} failed`}
        {state === 'still' && unsent.length > 0 && `, ${unsent.length} not sent`}
      </p>
      <progress max={participants.length} value={outcomes.length} aria-label="Tried" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard, too */}
      <ul className="outcomes" tabIndex={0} aria-label="What became of each">
        {participants.map((participant) => (
          <OutcomeLine
            key={participant.id}
            participant={participant}
            outcome={outcomeOf.get(participant)}
            isOver={state === 'still'}
          />
        ))}
      </ul>
      {/* Each takes the focus as it comes: the button before it, which had it, is gone. */}
      <div className="row end">
        {state === 'still' && left.length > 0 && (
          <button type="button" onClick={() => onStart(left)}>
            {unsent.length > 0 ? `Continue with the ${left.length} left` : `Try the ${left.length} again`}
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
  participant: Participant;
  outcome: Outcome | undefined;
  isOver: boolean;
}

function OutcomeLine({ participant, outcome, isOver }: LineProps) {
  return (
    <li>
      <span className="name">{nameOf(participant)}</span>
      {!outcome && <span className="badge">{isOver ? 'Not sent' : 'Waiting'}</span>}
      {outcome && !outcome.problem && <span className="badge live">Disconnected</span>}
      {outcome?.problem && <span className="problem">{outcome.problem}</span>}
    </li>
  );
}
