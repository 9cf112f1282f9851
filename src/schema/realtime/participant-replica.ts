// Copies of a participant on other stages. A replica has no id of its own: it is reached through its original.

import type {
  ParticipantReplica as AwsParticipantReplica,
  ListParticipantReplicasRequest,
} from '@aws-sdk/client-ivs-realtime';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { awsObject } from '../language/aws-types.ts';
import { definePagedList } from '../loading/list.ts';
import { defineChildren, reference } from '../patterns/relations.ts';
import { Participant, participants } from './participant.ts';
import { ParticipantReplicationState } from './participant-states.ts';
import { stages } from './stage.ts';
import { stageSessions } from './stage-session.ts';

const { ListParticipantReplicasCommand } = ivsRealtime;

// What it is

/** The keys of both participants, and of their sessions. */
const sourceOf = ({ participantId, ...replica }: AwsParticipantReplica) => ({
  stageArn: replica.sourceStageArn,
  sessionId: replica.sourceSessionId,
  participantId,
});
const destinationOf = ({ participantId, ...replica }: AwsParticipantReplica) => ({
  stageArn: replica.destinationStageArn,
  sessionId: replica.destinationSessionId,
  participantId,
});

const ParticipantReplica = awsObject<AwsParticipantReplica>(
  'ParticipantReplica',
  'A copy of a participant on another stage.',
  {
    participantId: ['ID', 'Id of the original and of the copy alike.'],
    replicationState: [ParticipantReplicationState, 'Whether it goes on.'],
    sourceStageArn: ['ID', 'ARN of the stage of the original.'],
    sourceSessionId: ['ID', 'Id of the session of the original.'],
    destinationStageArn: ['ID', 'ARN of the stage of the copy.'],
    destinationSessionId: ['ID', 'Id of the session of the copy.'],
  },
  (t) => ({
    sourceStage: reference(t, stages, 'The stage of the original.', ({ sourceStageArn: arn }) => ({ arn })),
    sourceSession: reference(t, stageSessions, 'The session of the original.', sourceOf),
    sourceParticipant: reference(t, participants, 'The original, as a participant of its stage.', sourceOf),
    destinationStage: reference(t, stages, 'The stage of the copy.', ({ destinationStageArn: arn }) => ({
      arn,
    })),
    destinationSession: reference(t, stageSessions, 'The session of the copy.', destinationOf),
    participant: reference(t, participants, 'The copy, as a participant of the other stage.', destinationOf),
  }),
);

// Fields of its participant

const list = definePagedList({
  type: ParticipantReplica,
  description: 'A list of copies of a participant.',
  pageMax: 50,
  commandOf: (request: ListParticipantReplicasRequest) => new ListParticipantReplicasCommand(request),
  itemsOf: (output) => output.replicas,
  nodesOf: () => ({
    keyOf: (replica) => `${replica.destinationStageArn} ${replica.destinationSessionId}`,
    toNode: (replica) => replica,
  }),
});

defineChildren(Participant, 'replicas', list, {
  description: 'Its copies on other stages.',
  selectorOf: ({ stageArn: sourceStageArn, participantId }) => ({ sourceStageArn, participantId }),
});
