import { nameOfTarget, targetOf } from '../../upstream/arn.js';
import { UpstreamError } from '../../upstream/errors.js';
import { scoped } from '../language/authorization.js';
import { builder } from '../language/builder.js';
import { groupBy } from '../language/collections.js';
import { costs } from '../language/costs.js';
import { itemErrors } from '../language/located-errors.js';
import { inSlices } from '../language/slices.js';
import { selects } from '../loading/selection.js';
import { defineBulkMutation } from '../patterns/bulk-mutation.js';
import { disconnect, disconnectionFields, problemOfDisconnection, } from './disconnect-participant.js';
import { Participant, participants } from './participant.js';
import { sessionIdBefore } from './stage.js';
const ParticipantDisconnectionInput = builder.inputType('ParticipantDisconnectionInput', {
    description: 'One participant to disconnect.',
    fields: disconnectionFields,
});
const soundItems = ({ input }) => input.participants.filter((item) => !problemOfDisconnection(item));
/** Stages of one region that are read together may be looked up in their list: then a tenth of its pages may be in vain. */
const readStages = (args) => {
    const arns = new Set(soundItems(args).map(({ stageArn }) => stageArn));
    return [...groupBy(arns, (arn) => nameOfTarget(targetOf(arn))).values()].flatMap((some) => {
        const target = targetOf(some[0]);
        const pages = some.length > 1 ? Math.ceil(some.length / 10) : 0;
        return [
            { operation: 'GetStage', target, calls: some.length, asTimeAllows: true },
            { operation: 'ListStages', target, calls: pages, asTimeAllows: true },
        ];
    });
};
/** Stands in for the id of the session now going on, which only AWS knows. */
const SOME_SESSION = `st-${'0'.repeat(13)}`;
const participantsOf = (args) => soundItems(args).map(({ stageArn, participantId }) => ({
    typeName: participants.name,
    key: { stageArn, sessionId: SOME_SESSION, participantId },
}));
defineBulkMutation('disconnectParticipants', {
    operation: 'DisconnectParticipant',
    scope: 'ivs:moderate',
    description: 'Disconnects many participants from their stages (DisconnectParticipant, one call per participant). The ingest configuration of a disconnected encoder is detached from its stage.',
    input: (t) => ({
        participants: t.field({
            type: [ParticipantDisconnectionInput],
            required: true,
            description: 'Participants to disconnect, of one stage or of several. Equal items are sent once. AWS takes 5 calls a second and region.',
        }),
    }),
    itemsOf: ({ participants: some }) => some,
    problemOf: problemOfDisconnection,
    arnOf: ({ stageArn }) => stageArn,
    nameOf: ({ stageArn, participantId, reason = '' }) => `${stageArn} ${participantId} ${reason}`,
    participle: 'disconnected',
    key: {
        stageArn: ['ID', { nullable: false, description: 'As in the input.' }],
        participantId: ['ID', { nullable: false, description: 'As in the input.' }],
    },
    sender: (context, info) => {
        const needsSession = selects(info, 'DisconnectParticipantsPayload', 'participants', context.caller);
        return async (item) => {
            // Read first: the session ends when its last participant leaves.
            const sessionId = needsSession
                ? await sessionIdBefore(item.stageArn, context).catch(asValue)
                : undefined;
            await disconnect(item, context);
            return { ...item, sessionId };
        };
    },
    payload: (t) => ({
        participants: t.field({
            type: [Participant],
            nullable: { list: false, items: true },
            ...scoped('ivs:read', {
                description: 'The participants, in the order of the input. Null where the item failed, or when no participant of that id was in the session. Call: GetStage, one per stage.',
                ...costs({ calls: readStages, references: participantsOf, checksExistence: true, perItem: true }),
            }),
            resolve: async ({ done }, _args, context, info) => {
                const errorOf = itemErrors(info);
                const load = (item) => loadDisconnected(item, context, info);
                const loaded = done.map((item, index) => load(item).catch((error) => errorOf(error, index)));
                return inSlices(await Promise.all(loaded));
            },
        }),
    }),
});
async function loadDisconnected(item, context, info) {
    if (!item?.sessionId)
        return null;
    const { stageArn, sessionId, participantId } = item;
    if (sessionId instanceof UpstreamError)
        throw sessionId;
    return participants.load({ stageArn, sessionId, participantId }, context, info);
}
function asValue(error) {
    if (error instanceof UpstreamError)
        return error;
    throw error;
}
