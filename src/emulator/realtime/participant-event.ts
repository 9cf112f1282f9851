import type { EventName } from '@aws-sdk/client-ivs-realtime';
import type { Operations } from '../operation.ts';
import { paginate } from '../paging.ts';
import type { Participant, ParticipantEvent, World } from '../world.ts';
import { emitStageUpdate } from './stage-update.ts';

// A world that moves by itself must not grow for ever.
const EVENTS_REMEMBERED = 1000;

/** Writes down what happened to a participant. */
export function note(
  world: World,
  participant: Participant,
  name: EventName,
  more: Partial<ParticipantEvent> = {},
): void {
  const { participantId, replicationType } = participant;
  const event: ParticipantEvent = {
    name,
    participantId,
    eventTime: world.now(),
    ...(replicationType === 'REPLICA' && { replica: true }),
    ...more,
    order: world.nextOrder(),
  };
  participant.events.push(Object.freeze(event));
  if (participant.events.length > EVENTS_REMEMBERED) participant.events.shift();
  emitStageUpdate(world, participant, event);
}

export const participantEventOperations = {
  // Declares no ResourceNotFoundException: an unknown participant has no events.
  ListParticipantEvents(input, world) {
    const session = world.stages.get(input.stageArn)?.sessions.get(input.sessionId);
    const events = session?.participants.get(input.participantId)?.events ?? [];
    const page = paginate(events, input, {
      operation: 'ListParticipantEvents',
      world,
      size: 50,
      newestFirst: true,
    });
    return { events: page.items, nextToken: page.nextToken };
  },
} satisfies Partial<Operations>;
