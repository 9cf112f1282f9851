import { paginate } from '../paging.js';
// A world that moves by itself must not grow for ever.
const EVENTS_REMEMBERED = 1000;
/** Writes down what happened to a participant. */
export function note(world, participant, name, more = {}) {
    const { participantId, replicationType } = participant;
    participant.events.push({
        name,
        participantId,
        eventTime: world.now(),
        ...(replicationType === 'REPLICA' && { replica: true }),
        ...more,
        order: world.nextOrder(),
    });
    if (participant.events.length > EVENTS_REMEMBERED)
        participant.events.shift();
}
export const participantEventOperations = {
    // Declares no ResourceNotFoundException: whoever is not there has no events.
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
};
