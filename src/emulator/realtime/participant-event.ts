import type { EventName } from '@aws-sdk/client-ivs-realtime';
import type { Operations } from '../model/operation.ts';
import { paginate, sorted } from '../persistent/paging.ts';
import type { Participant, ParticipantEvent, StageSession, World } from '../world/world.ts';
import { emitStageUpdate } from './stage-update.ts';
import { takeEnded } from './subscription.ts';

// A world that moves by itself must not grow for ever.
const EVENTS_REMEMBERED = 1000;

/** Writes down what happened to a participant. */
export function note(
  world: World,
  participant: Participant,
  name: EventName,
  more: Partial<ParticipantEvent> = {},
): void {
  const { participantId, replicationType, stageArn, sessionId } = participant;
  const event: ParticipantEvent = {
    name,
    participantId,
    eventTime: world.now(),
    ...(replicationType === 'REPLICA' && { replica: true }),
    ...more,
    order: world.nextOrder(),
  };
  const session = world.stages.get(stageArn)?.sessions.get(sessionId);
  if (session) settle(session, participant);
  remember(participant, event);
  emitStageUpdate(world, participant, event);
}

/** Its events, also those of others' doing that it has not noted yet. */
export function eventsOf(session: StageSession, participant: Participant): readonly ParticipantEvent[] {
  settle(session, participant);
  return participant.events;
}

/** Notes the end of its subscriptions to publishers that have stopped. */
export function settle(session: StageSession, participant: Participant): void {
  if (participant.subscriptions?.size)
    for (const event of takeEnded(session, participant)) remember(participant, event);
}

function remember({ events }: Participant, event: ParticipantEvent): void {
  events.push(Object.freeze(event));
  if (events.length > EVENTS_REMEMBERED) events.shift();
}

export const participantEventOperations = {
  // Declares no ResourceNotFoundException: an unknown participant has no events.
  ListParticipantEvents(input, world) {
    const session = world.stages.get(input.stageArn)?.sessions.get(input.sessionId);
    const participant = session?.participants.get(input.participantId);
    const events = session && participant ? eventsOf(session, participant) : [];
    const page = paginate(sorted(events), input, {
      operation: 'ListParticipantEvents',
      world,
      size: 50,
      newestFirst: true,
    });
    return { events: page.items, nextToken: page.nextToken };
  },
} satisfies Partial<Operations>;
