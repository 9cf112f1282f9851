import { checkArn, problemOfArn, targetOf } from '../../upstream/arn.js';
import { ivsRealtime } from '../../upstream/aws-sdk.js';
import { scoped } from '../language/authorization.js';
import { builder } from '../language/builder.js';
import { costs } from '../language/costs.js';
import { selects } from '../loading/selection.js';
import { defineMutation, write } from '../patterns/mutation.js';
import { subject } from '../patterns/relations.js';
import { checkParticipantId, Participant, participants, problemOfParticipantId } from './participant.js';
import { sessionIdBefore, stages } from './stage.js';
const { DisconnectParticipantCommand } = ivsRealtime;
/** What is wrong with one, if anything. */
export const problemOfDisconnection = ({ stageArn, participantId }) => problemOfArn('stage', stageArn) ?? problemOfParticipantId(participantId);
export async function disconnect({ stageArn, participantId, reason }, context) {
    const command = new DisconnectParticipantCommand({ stageArn, participantId, reason });
    await write(context, targetOf(stageArn), command);
}
export const disconnectionFields = (t) => ({
    stageArn: t.id({ required: true, description: 'ARN of the stage.' }),
    participantId: t.id({ required: true, description: 'Id of the participant to disconnect.' }),
    reason: t.string({
        description: 'Reason for the disconnection, up to 128 characters. The participant receives it.',
    }),
});
const DisconnectParticipantPayload = builder
    .objectRef('DisconnectParticipantPayload')
    .implement({
    description: 'Payload of disconnectParticipant.',
    fields: (t) => ({
        stage: subject(t, stages, 'The stage.', ({ stageArn }) => stageArn),
        participant: t.field({
            type: Participant,
            ...scoped('ivs:read', {
                description: 'The disconnected participant. Null when the session had no participant of that id. Call: GetStage, because AWS does not name the session.',
                ...costs({ requires: stages.name, checksExistence: true }),
            }),
            resolve: ({ stageArn, participantId, sessionId }, _args, context, info) => sessionId ? participants.load({ stageArn, participantId, sessionId }, context, info) : null,
        }),
    }),
});
defineMutation('disconnectParticipant', {
    scope: 'ivs:moderate',
    description: 'Disconnects a participant from a stage, also one that has a token and has not joined yet. If the participant publishes through an ingest configuration, AWS detaches the configuration from the stage: its `stageArn` becomes null, and its encoder can publish again only after updateIngestConfiguration. Whether a token can be used again is not documented since 2024; before, it could not.',
    payload: DisconnectParticipantPayload,
    errors: ['ResourceNotFoundError', 'PendingVerificationError'],
    input: disconnectionFields,
    resolve: async ({ stageArn, participantId, reason }, context, info) => {
        checkArn('stage', stageArn);
        checkParticipantId(participantId);
        // Asked before, since the session is over when the last participant is gone.
        const sessionId = selects(info, 'DisconnectParticipantPayload', 'participant', context.caller)
            ? await sessionIdBefore(stageArn, context)
            : undefined;
        await disconnect({ stageArn, participantId, reason }, context);
        return { stageArn, participantId, sessionId };
    },
});
