import { requireConnected } from './attendance.js';
import { note } from './participant-event.js';
import { checkAttributes, expiryOf } from './participant-token.js';
import { unpublish, unsubscribe } from './presence.js';
/** What the new token does not say stays as it was. */
export function exchangeToken(world, stage, participantId, token) {
    checkAttributes(token.attributes);
    const participant = requireConnected(stage, participantId);
    const previousToken = tokenOf(participant);
    Object.assign(participant, token, { expirationTime: expiryOf(world.now()) });
    note(world, participant, 'TOKEN_EXCHANGED', { previousToken, newToken: tokenOf(participant) });
    // What it may do no longer ends at once
    if (!participant.capabilities.includes('PUBLISH'))
        unpublish(world, stage, participantId);
    if (participant.capabilities.includes('SUBSCRIBE'))
        return;
    for (const publisher of participant.subscriptions)
        unsubscribe(world, stage, participantId, publisher);
}
const tokenOf = ({ capabilities, attributes, userId, expirationTime }) => ({
    capabilities: [...capabilities],
    attributes,
    userId,
    expirationTime,
});
