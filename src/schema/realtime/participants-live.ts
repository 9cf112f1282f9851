// Who is on a stage, now and from now on. AWS sends no event of joins and leaves: they are polled.
import type { Participant as AwsParticipant, ParticipantSummary } from '@aws-sdk/client-ivs-realtime';
import type { Activity } from '../../events/activity.ts';
import type { Watched } from '../../live/feeds.ts';
import type { PollReader } from '../../live/poller.ts';
import type { Change } from '../../live/view.ts';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { given } from '../language/input.ts';
import { defineLiveCursor, defineSubscription, readWhole } from '../patterns/live.ts';
import { filterArg } from '../patterns/queries.ts';
import { reference } from '../patterns/relations.ts';
import { viewMessages } from '../patterns/view-messages.ts';
import { type ParticipantKey, participantList, participants } from './participant.ts';
import { ParticipantFilter } from './participant-filter.ts';
import { getStage, Stage, stageArnArg } from './stage.ts';
import { stageSessions } from './stage-session.ts';

// How it is watched

type Item = ParticipantSummary & { stageArn: string; sessionId: string; participantId: string };

const watched = (stageArn: string): Watched<Item> => ({
  name: `participants ${stageArn}`,
  // Pages are no snapshot: one may fall between two of them.
  absences: 2,
  idOf: ({ sessionId, participantId }) => `${sessionId} ${participantId}`,
  revive: (item) => ({ ...item, ...(item.firstJoinTime && { firstJoinTime: new Date(item.firstJoinTime) }) }),
  concerns: ({ topics }) => topics.includes(stageArn),
  changesBy,
  sweep: async (reader, known) => {
    const [some] = known.values();
    const items = some ? await connectedIn({ stageArn, sessionId: some.sessionId }, reader) : [];
    if (items.length > 0) return items;
    const { stage } = await reader.sendBrief(targetOf(stageArn), getStage(stageArn));
    const sessionId = stage?.activeSessionId;
    if (!sessionId || sessionId === some?.sessionId) return [];
    return connectedIn({ stageArn, sessionId }, reader);
  },
});

async function connectedIn(
  session: Pick<Item, 'stageArn' | 'sessionId'>,
  reader: PollReader,
): Promise<Item[]> {
  const selector = { filterByState: 'CONNECTED', ...session } as const;
  const listed = await readWhole(participantList, selector, targetOf(session.stageArn), reader);
  return listed.map((summary) => ({ ...session, ...summary }) as Item);
}

function changesBy(
  { eventName, detail, source }: Activity,
  items: ReadonlyMap<string, Item>,
): readonly Change<Item>[] {
  if (source !== 'EVENTBRIDGE') return eventName === 'DisconnectParticipant' ? removedBy(detail, items) : [];
  const known = items.get(`${detail.session_id} ${detail.participant_id}`);
  if (!known) return [];
  const item = eventName === 'Participant Published' ? { ...known, published: true } : known;
  return [{ kind: 'changed', item }];
}

const removedBy = (
  { participantId }: Activity['detail'],
  items: ReadonlyMap<string, Item>,
): readonly Change<Item>[] =>
  [...items.values()]
    .filter((item) => item.participantId === participantId)
    .map((item) => ({ kind: 'removed', item }));

// What it is

const messages = viewMessages<ParticipantKey, ParticipantSummary, AwsParticipant, Item>(
  participants,
  participantList,
  {
    member: 'participant',
    // Nullable as in the state: else no selection could have both.
    fields: (t) => ({ session: reference(t, stageSessions, 'The session.', ({ item }) => item) }),
    state: {
      name: 'ParticipantsState',
      description: 'Who is on the stage now. What follows are changes to this.',
      nodes: 'The participants that are connected and match the filter.',
      estimatedItems: 1000,
      fields: (t) => ({
        session: reference(
          t,
          stageSessions,
          'The active session. Null where no participant is sent.',
          ({ items: [first] }) => ({ stageArn: first?.stageArn, sessionId: first?.sessionId }),
        ),
      }),
    },
    added: {
      name: 'ParticipantJoined',
      description: 'A participant has joined the stage.',
      of: 'The participant.',
    },
    changed: {
      name: 'ParticipantChanged',
      description: 'A participant has changed: it publishes, is recorded, is replicated, or has a new token.',
      of: 'The participant as it is now.',
    },
    removed: {
      name: 'ParticipantLeft',
      description: 'A participant has left the stage.',
      of: 'The participant, as it was last seen.',
      known: { state: 'DISCONNECTED' },
    },
  },
);

// Fields of its stage

defineLiveCursor(Stage, ['participants', 'stageEvents']);

// Subscriptions

type Filter = typeof ParticipantFilter.$inferInput;

function matches({ userId, published, recordingState, state }: Filter): (item: Item) => boolean {
  if (state && state !== 'CONNECTED')
    throw new ValidationError(`Expected the state CONNECTED: others are not on the stage, got: ${state}`);
  if (typeof userId === 'string') return (item) => item.userId === userId;
  if (typeof published === 'boolean') return (item) => (item.published ?? false) === published;
  if (recordingState) return (item) => item.recordingState === recordingState;
  return () => true;
}

defineSubscription('participants', {
  description:
    'Who is on a stage: first the participants that are connected, then each that joins, leaves or changes. Joins and leaves are read at most every 2 seconds, since AWS sends no event of them.',
  payload: 'ParticipantsEvent',
  types: messages,
  args: {
    ...stageArnArg,
    ...filterArg(
      ParticipantFilter,
      'Which participants are sent. A change is sent that leads into the filter or out of it.',
    ),
  },
  subscribe: ({ stageArn, filter }, { bounds, feeds }) => {
    checkArn('stage', stageArn);
    bounds.check(stageArn);
    return feeds.watch(watched(stageArn), matches(given(filter ?? {}) as Filter));
  },
});
