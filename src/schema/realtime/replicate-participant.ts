import { targetOf } from '../../upstream/arn.ts';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { scoped } from '../language/authorization.ts';
import { builder } from '../language/builder.ts';
import { costs } from '../language/costs.ts';
import { type InputFieldBuilder, KeyValueInput, toMap } from '../language/input.ts';
import { selects } from '../loading/selection.ts';
import { arnRule } from '../patterns/input-rules.ts';
import { defineMutation, write } from '../patterns/mutation.ts';
import { subject } from '../patterns/relations.ts';
import { checkParticipantId, Participant, participants } from './participant.ts';
import { activeSessionId, sessionIdBefore, stages } from './stage.ts';

const { StartParticipantReplicationCommand, StopParticipantReplicationCommand } = ivsRealtime;

interface Replication {
  sourceStageArn: string;
  destinationStageArn: string;
  participantId: string;
}
interface Replicated extends Replication {
  /** The session of the copy, where it may be over by now. */
  destinationSessionId?: string | undefined;
}

/** AWS returns an empty body; the objects of the replication are loaded when they are selected. */
const replicationPayload = (name: 'Start' | 'Stop', replica: string) =>
  builder.objectRef<Replicated>(`${name}ParticipantReplicationPayload`).implement({
    description: `Payload of ${name.toLowerCase()}ParticipantReplication.`,
    fields: (t) => ({
      sourceStage: subject(t, stages, 'Stage of the source.', ({ sourceStageArn }) => sourceStageArn),
      destinationStage: subject(
        t,
        stages,
        'Stage of the replica.',
        ({ destinationStageArn }) => destinationStageArn,
      ),
      participant: t.field({
        type: Participant,
        ...scoped('ivs:read', {
          description:
            'The source. Null when its stage has no session. Call: GetStage, because AWS does not name the session.',
          ...costs({ requires: stages.name }),
        }),
        resolve: async ({ sourceStageArn: stageArn, participantId }, _args, context, info) =>
          participants.resolveRef(
            { stageArn, participantId, sessionId: await activeSessionId(stageArn, context) },
            context,
            info,
          ),
      }),
      replica: t.field({
        type: Participant,
        ...scoped('ivs:read', {
          description: `${replica} Call: GetStage, because AWS does not name the session.`,
          ...costs({ requires: stages.name }),
        }),
        resolve: async ({ destinationStageArn: stageArn, participantId, ...copy }, _args, context, info) => {
          const sessionId = copy.destinationSessionId ?? (await activeSessionId(stageArn, context));
          return participants.resolveRef({ stageArn, participantId, sessionId }, context, info);
        },
      }),
    }),
  });

const replicationFields = (t: InputFieldBuilder) => ({
  sourceStageArn: t.id({ required: true, description: 'ARN of the source’s stage.' }),
  destinationStageArn: t.id({ required: true, description: 'ARN of the replica’s stage.' }),
  participantId: t.id({ required: true, description: 'Participant id, the same for source and replica.' }),
});

defineMutation('startParticipantReplication', {
  scope: 'ivs:write',
  description:
    'Replicates a publisher to another stage, until it is stopped or the publisher leaves. Limit: five replicas of one publisher.',
  payload: replicationPayload('Start', 'The copy, a participant of the other stage.'),
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    ...replicationFields(t),
    reconnectWindowSeconds: t.int({
      description:
        'Time that the replica stays when the source loses its connection. Unit: seconds, 0 to 300. AWS’s default: 0.',
    }),
    attributes: t.field({
      type: [KeyValueInput],
      description:
        'Application data about the replica, up to 1 KB, merged over that of the source. Visible to other participants.',
    }),
  }),
  rules: [
    arnRule('stage', 'sourceStageArn'),
    arnRule('stage', 'destinationStageArn'),
    ({ participantId }) => checkParticipantId(participantId),
  ],
  resolve: async ({ attributes, ...input }, context) => {
    const command = new StartParticipantReplicationCommand({ ...input, attributes: toMap(attributes) });
    await write(context, targetOf(input.sourceStageArn), command);
    return input;
  },
});

defineMutation('stopParticipantReplication', {
  scope: 'ivs:write',
  description: 'Stops the replication of a publisher to another stage. The publisher stays on its own stage.',
  payload: replicationPayload('Stop', 'The copy that has left; null when the other stage had no session.'),
  errors: ['ResourceNotFoundError'],
  input: replicationFields,
  rules: [
    arnRule('stage', 'sourceStageArn'),
    arnRule('stage', 'destinationStageArn'),
    ({ participantId }) => checkParticipantId(participantId),
  ],
  resolve: async (input, context, info) => {
    // Read before, since the session ends with its last participant.
    const destinationSessionId = selects(info, 'StopParticipantReplicationPayload', 'replica', context.caller)
      ? await sessionIdBefore(input.destinationStageArn, context)
      : undefined;
    await write(context, targetOf(input.sourceStageArn), new StopParticipantReplicationCommand(input));
    return { ...input, destinationSessionId };
  },
});
