// Copies of a participant on other stages. A replica has no id of its own: it is reached through its original.
import { ivsRealtime } from '../../upstream/aws-sdk.js';
import { awsObject } from '../language/aws-types.js';
import { definePagedList } from '../loading/list.js';
import { defineChildren, reference } from '../patterns/relations.js';
import { Participant, participants } from './participant.js';
import { ParticipantReplicationState } from './participant-states.js';
import { stages } from './stage.js';
import { stageSessions } from './stage-session.js';
const { ListParticipantReplicasCommand } = ivsRealtime;
// What it is
/** The keys of both participants, and of their sessions. */
const sourceOf = ({ participantId, ...replica }) => ({
    stageArn: replica.sourceStageArn,
    sessionId: replica.sourceSessionId,
    participantId,
});
const destinationOf = ({ participantId, ...replica }) => ({
    stageArn: replica.destinationStageArn,
    sessionId: replica.destinationSessionId,
    participantId,
});
const ParticipantReplica = awsObject('ParticipantReplica', 'A replica of a participant on another stage.', {
    participantId: ['ID', 'Participant id, the same for source and replica.'],
    replicationState: [ParticipantReplicationState, 'State of the replication.'],
    sourceStageArn: ['ID', 'ARN of the source’s stage.'],
    sourceSessionId: ['ID', 'Id of the source’s session.'],
    destinationStageArn: ['ID', 'ARN of the replica’s stage.'],
    destinationSessionId: ['ID', 'Id of the replica’s session.'],
}, (t) => ({
    sourceStage: reference(t, stages, 'Stage of the source.', ({ sourceStageArn: arn }) => ({ arn })),
    sourceSession: reference(t, stageSessions, 'Session of the source.', sourceOf),
    sourceParticipant: reference(t, participants, 'The source, as a participant of its stage.', sourceOf),
    destinationStage: reference(t, stages, 'Stage of the replica.', ({ destinationStageArn: arn }) => ({
        arn,
    })),
    destinationSession: reference(t, stageSessions, 'Session of the replica.', destinationOf),
    participant: reference(t, participants, 'The replica, as a participant of the other stage.', destinationOf),
}));
// Fields of its participant
const list = definePagedList({
    type: ParticipantReplica,
    description: 'A list of replicas of a participant.',
    pageMax: 50,
    commandOf: (request) => new ListParticipantReplicasCommand(request),
    itemsOf: (output) => output.replicas,
    nodesOf: () => ({
        keyOf: (replica) => `${replica.destinationStageArn} ${replica.destinationSessionId}`,
        toNode: (replica) => replica,
    }),
});
defineChildren(Participant, 'replicas', list, {
    description: 'Replicas on other stages.',
    selectorOf: ({ stageArn: sourceStageArn, participantId }) => ({ sourceStageArn, participantId }),
});
