import { scoped } from '../language/authorization.js';
import { awsObject } from '../language/aws-types.js';
import { costs } from '../language/costs.js';
import { Participant, participants } from './participant.js';
import { activeSessionId, stages } from './stage.js';
/** The participant that an encoder is in the session now going on; null when it is or was not there. */
export async function findIngestParticipant({ stageArn, participantId }, context, info) {
    if (!stageArn || !participantId)
        return null;
    const sessionId = await activeSessionId(stageArn, context);
    return sessionId ? participants.load({ stageArn, sessionId, participantId }, context, info) : null;
}
export const RedundantIngestCredential = awsObject('RedundantIngestCredential', 'Credentials of a second encoder, which publishes the same video as a fallback.', {
    participantId: ['ID', 'Participant id of the second encoder.'],
    streamKey: ['String', scoped('ivs:secret', { description: 'Secret stream key of the second encoder.' })],
}, (t) => ({
    participant: t.field({
        type: Participant,
        description: 'The second encoder as a participant of the active session. Null when it has not joined. Call: GetStage and GetParticipant.',
        ...costs({ requires: stages.name, checksExistence: true }),
        resolve: (credential, _args, context, info) => findIngestParticipant(credential, context, info),
    }),
}));
