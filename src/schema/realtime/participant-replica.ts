// Copies of a participant on other stages. A replica has no id of its own: it is reached through its original.
import {
  type ParticipantReplica as AwsParticipantReplica,
  ListParticipantReplicasCommand,
} from '@aws-sdk/client-ivs-realtime';
import { targetOf } from '../../upstream/arn.ts';
import { builder } from '../language/builder.ts';
import { type List, listed } from '../language/costs.ts';
import { connectionArgs, connectionOf, listConnection } from '../loading/connection.ts';
import { Participant, participants } from './participant.ts';
import { ReplicationState } from './participant-states.ts';
import { Stage, stages } from './stage.ts';
import { StageSession, stageSessions } from './stage-session.ts';

// What it is

const ParticipantReplica = builder.objectRef<AwsParticipantReplica>('ParticipantReplica').implement({
  description: 'A copy of a participant on another stage.',
  fields: (t) => ({
    participantId: t.exposeID('participantId', { description: 'Id of the original and of the copy alike.' }),
    replicationState: t.expose('replicationState', {
      type: ReplicationState,
      description: 'Whether it goes on.',
    }),
    sourceStageArn: t.exposeID('sourceStageArn', { description: 'ARN of the stage of the original.' }),
    sourceStage: t.field({
      type: Stage,
      description: 'The stage of the original.',
      resolve: ({ sourceStageArn: arn }, _args, context, info) =>
        arn ? stages.resolveRef({ arn }, context, info) : null,
    }),
    sourceSessionId: t.exposeID('sourceSessionId', { description: 'Id of the session of the original.' }),
    sourceSession: t.field({
      type: StageSession,
      description: 'The session of the original.',
      resolve: ({ sourceStageArn: stageArn, sourceSessionId: sessionId }, _args, context, info) =>
        stageSessions.resolveRef({ stageArn, sessionId }, context, info),
    }),
    sourceParticipant: t.field({
      type: Participant,
      description: 'The original, as a participant of its stage.',
      resolve: (
        { participantId, sourceStageArn: stageArn, sourceSessionId: sessionId },
        _args,
        context,
        info,
      ) => participants.resolveRef({ stageArn, sessionId, participantId }, context, info),
    }),
    destinationStageArn: t.exposeID('destinationStageArn', { description: 'ARN of the stage of the copy.' }),
    destinationStage: t.field({
      type: Stage,
      description: 'The stage of the copy.',
      resolve: ({ destinationStageArn: arn }, _args, context, info) =>
        stages.resolveRef({ arn }, context, info),
    }),
    destinationSessionId: t.exposeID('destinationSessionId', {
      description: 'Id of the session of the copy.',
    }),
    destinationSession: t.field({
      type: StageSession,
      description: 'The session of the copy.',
      resolve: ({ destinationStageArn: stageArn, destinationSessionId: sessionId }, _args, context, info) =>
        stageSessions.resolveRef({ stageArn, sessionId }, context, info),
    }),
    participant: t.field({
      type: Participant,
      description: 'The copy, as a participant of the other stage.',
      resolve: (
        { participantId, destinationStageArn: stageArn, destinationSessionId: sessionId },
        _args,
        context,
        info,
      ) => participants.resolveRef({ stageArn, sessionId, participantId }, context, info),
    }),
  }),
});

// Where it hangs on its participant

const ParticipantReplicaConnection = connectionOf(
  ParticipantReplica,
  'ParticipantReplica',
  'A list of copies of a participant.',
);

const list: List = { operation: 'ListParticipantReplicas', pageMax: 50 };

builder.objectField(Participant, 'replicas', (t) =>
  t.field({
    type: ParticipantReplicaConnection,
    ...listed(list, 'Its copies on other stages.'),
    args: connectionArgs,
    resolve: ({ stageArn: sourceStageArn, participantId }, args, context) =>
      listConnection({
        args,
        context,
        list,
        scope: [sourceStageArn, participantId],
        fetchPage: async (page) => {
          const command = new ListParticipantReplicasCommand({ sourceStageArn, participantId, ...page });
          const answer = await context.send(targetOf(sourceStageArn), command);
          return { items: answer.replicas, nextToken: answer.nextToken };
        },
        keyOf: (replica) => `${replica.destinationStageArn} ${replica.destinationSessionId}`,
        toNode: (replica) => replica,
      }),
  }),
);
