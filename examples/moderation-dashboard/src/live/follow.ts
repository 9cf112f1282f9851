// One subscription that continues: after a lost connection it begins behind the last cursor.
import type { TypedDocumentNode } from '@apollo/client';
import { print } from 'graphql';
import { type Failure, refusalOf } from '../failure.ts';
import { connection, whenOpen } from './connection.ts';

/** The subscriptions of this application name their only field `message`. */
interface Envelope<Message> {
  message: Message;
}
export interface LiveMessage {
  __typename: string;
  cursor: string;
}

export type Following =
  | { state: 'connecting' | 'live' | 'reconnecting' }
  /** The gateway does not serve it to this user. */
  | { state: 'refused'; failure: Failure };

export interface FollowOptions<Message, Variables> {
  query: TypedDocumentNode<Envelope<Message>, Variables & { after?: string | null }>;
  variables: Variables;
  /** Its first message is the state. Else it is live as soon as it is connected. */
  hasState: boolean;
  onMessage: (message: Message) => void;
  onChange: (following: Following) => void;
}

const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 30_000;

export interface Follow {
  end(): void;
  /** A query has read the state: continues behind its `liveCursor`. Returns whether changes before that are missed. */
  continueAfter(cursor: string): boolean;
}

export function follow<Message extends LiveMessage, Variables extends object>({
  query,
  variables,
  hasState,
  onMessage,
  onChange,
}: FollowOptions<Message, Variables>): Follow {
  const text = print(query);
  let after: string | undefined;
  let hasReceived = false;
  let attempts = 0;
  let stop = () => {};

  const begin = () => {
    stop = attempt({
      payload: { query: text, variables: { ...variables, after } },
      isLiveWhenOpen: !hasState || after !== undefined,
      onLive: () => onChange({ state: 'live' }),
      onMessage: (message: Message) => {
        attempts = 0;
        after = message.cursor;
        hasReceived = true;
        onMessage(message);
        onChange({ state: 'live' });
      },
      onEnd: (error, isLost) => {
        if (isLost) after = undefined;
        const failure = refusalOf(error);
        onChange(failure ? { state: 'refused', failure } : { state: 'reconnecting' });
        if (failure) return;
        stop = wait(FIRST_WAIT_MS * 2 ** attempts, begin);
        attempts += 1;
      },
    });
  };
  begin();
  return {
    end: () => stop(),
    continueAfter: (cursor) => {
      const isMissed = hasReceived;
      after = cursor;
      hasReceived = false;
      return isMissed;
    },
  };
}

interface Attempt<Message> {
  payload: { query: string; variables: Record<string, unknown> };
  isLiveWhenOpen: boolean;
  onLive: () => void;
  onMessage: (message: Message) => void;
  /** `isLost`: a message could not be read, so that the cursor before it is of no use. */
  onEnd: (error: unknown, isLost: boolean) => void;
}

function attempt<Message>({ payload, isLiveWhenOpen, onLive, onMessage, onEnd }: Attempt<Message>) {
  let isOver = false;
  let unsubscribe = () => {};
  const stopWaiting = isLiveWhenOpen ? whenOpen(() => isOver || onLive()) : () => {};
  const leave = () => {
    isOver = true;
    stopWaiting();
    unsubscribe();
  };
  const end = (error?: unknown, isLost = false) => {
    if (isOver) return;
    leave();
    onEnd(error, isLost);
  };
  unsubscribe = connection.subscribe<Envelope<Message>>(payload, {
    next: ({ data, errors }) => {
      if (isOver) return;
      if (data?.message) onMessage(data.message);
      else end(errors, true);
    },
    error: (error) => end(error),
    complete: () => end(),
  });
  return leave;
}

/** A random part, so that the pages of all users do not come back at the same moment. */
function wait(ms: number, act: () => void): () => void {
  const most = Math.min(ms, MAX_WAIT_MS);
  const timer = setTimeout(() => now(), most / 2 + (Math.random() * most) / 2);
  const stop = () => {
    clearTimeout(timer);
    removeEventListener('online', now);
  };
  const now = () => {
    stop();
    act();
  };
  addEventListener('online', now);
  return stop;
}
