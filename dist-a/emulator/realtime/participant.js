import { resourceNotFound } from '../errors.js';
import { paginate } from '../paging.js';
import { credentialsOf, detach } from './ingest-configuration.js';
import { leave } from './presence.js';
import { requireStage } from './stage.js';
import { activeSession } from './stage-session.js';
// The lists declare no ResourceNotFoundException: a session that is not there has no participants.
const participantsOf = (world, { stageArn, sessionId }) => world.stages.get(stageArn)?.sessions.get(sessionId)?.participants;
/** At most one filter is set: validation refuses more. */
function passes(participant, input) {
    if (input.filterByUserId !== undefined)
        return participant.userId === input.filterByUserId;
    if (input.filterByPublished !== undefined)
        return participant.published === input.filterByPublished;
    if (input.filterByState !== undefined)
        return participant.state === input.filterByState;
    if (input.filterByRecordingState !== undefined)
        return participant.recordingState === input.filterByRecordingState;
    return true;
}
/** Whether the stage has seen a participant, or a token was made for it. */
const wasInvited = ({ invited, sessions }, participantId) => invited.has(participantId) ||
    [...sessions.values()].some(({ participants }) => participants.has(participantId));
const isEncoderOf = (stage, participantId) => (configuration) => configuration.stageArn === stage.arn &&
    credentialsOf(configuration).some((credential) => credential.participantId === participantId);
export const participantOperations = {
    GetParticipant({ participantId, ...session }, world) {
        const participant = participantsOf(world, session)?.get(participantId);
        if (!participant) {
            throw resourceNotFound(`${session.stageArn} session ${session.sessionId} participant ${participantId}`);
        }
        return { participant };
    },
    ListParticipants(input, world) {
        const participants = [...(participantsOf(world, input)?.values() ?? [])].filter((one) => passes(one, input));
        const page = paginate(participants, input, { operation: 'ListParticipants', world, size: 50 });
        return { participants: page.items, nextToken: page.nextToken };
    },
    DisconnectParticipant({ stageArn, participantId }, world) {
        const stage = requireStage(world, stageArn);
        const isEncoder = isEncoderOf(stage, participantId);
        const configurations = [...world.ingestConfigurations.values()].filter(isEncoder);
        if (configurations.length === 0 && !wasInvited(stage, participantId))
            throw resourceNotFound(`${stageArn} participant ${participantId}`);
        if (activeSession(stage)?.participants.get(participantId)?.state === 'CONNECTED')
            leave(world, stage, participantId);
        // An encoder comes back only when its configuration is given a stage again; a token is of no use any more, as the
        // reference said up to 2024: "revokes the participant permanently from a specified stage".
        if (configurations.length > 0)
            detach(world, isEncoder);
        else
            stage.banned.add(participantId);
        return {};
    },
};
