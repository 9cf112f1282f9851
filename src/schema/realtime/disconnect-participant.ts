import type { Context } from '../../context.ts';
import { problemOfArn, targetOf } from '../../upstream/arn.ts';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { scoped } from '../language/authorization.ts';
import { builder } from '../language/builder.ts';
import { costs } from '../language/costs.ts';
import type { InputFieldBuilder } from '../language/input.ts';
import { selects } from '../loading/selection.ts';
import { arnRule } from '../patterns/input-rules.ts';
import { defineMutation, write } from '../patterns/mutation.ts';
import { subject } from '../patterns/relations.ts';
import { checkParticipantId, Participant, participants, problemOfParticipantId } from './participant.ts';
import { sessionIdBefore, stages } from './stage.ts';

const { DisconnectParticipantCommand } = ivsRealtime;

/** One participant to disconnect. */
export interface Disconnection {
  stageArn: string;
  participantId: string;
  reason?: string | undefined;
}

/** What is wrong with one, if anything. */
export const problemOfDisconnection = ({ stageArn, participantId }: Disconnection): string | undefined =>
  problemOfArn('stage', stageArn) ?? problemOfParticipantId(participantId);

export async function disconnect(
  { stageArn, participantId, reason }: Disconnection,
  context: Context,
): Promise<void> {
  const command = new DisconnectParticipantCommand({ stageArn, participantId, reason });
  await write(context, targetOf(stageArn), command);
}

export const disconnectionFields = (t: InputFieldBuilder) => ({
  stageArn: t.id({ required: true, description: 'ARN of the stage.' }),
  participantId: t.id({ required: true, description: 'Id of the participant to disconnect.' }),
  reason: t.string({
    description: 'Reason for the disconnection, up to 128 characters. The participant receives it.',
  }),
});

interface Disconnected {
  stageArn: string;
  participantId: string;
  sessionId: string | undefined;
}

const DisconnectParticipantPayload = builder
  .objectRef<Disconnected>('DisconnectParticipantPayload')
  .implement({
    description: 'Payload of disconnectParticipant.',
    fields: (t) => ({
      stage: subject(t, stages, 'The stage.', ({ stageArn }) => stageArn),
      participant: t.field({
        type: Participant,
        ...scoped('ivs:read', {
          description:
            'The disconnected participant. Null when the session had no participant of that id. Call: GetStage, because AWS does not name the session.',
          ...costs({ requires: stages.name, checksExistence: true }),
        }),
        resolve: ({ stageArn, participantId, sessionId }, _args, context, info) =>
          sessionId ? participants.load({ stageArn, participantId, sessionId }, context, info) : null,
      }),
    }),
  });

defineMutation('disconnectParticipant', {
  scope: 'ivs:moderate',
  description:
    'Disconnects a participant from a stage, also one that has a token and has not joined yet. If the participant publishes through an ingest configuration, AWS detaches the configuration from the stage. Its `stageArn` becomes null, and its encoder can publish again only after updateIngestConfiguration. Whether a token can be used again is not documented since 2024; before, it could not.',
  payload: DisconnectParticipantPayload,
  errors: ['ResourceNotFoundError', 'PendingVerificationError'],
  input: disconnectionFields,
  rules: [arnRule('stage', 'stageArn'), ({ participantId }) => checkParticipantId(participantId)],
  resolve: async ({ stageArn, participantId, reason }, context, info) => {
    // Read before, since the session ends with its last participant.
    const sessionId = selects(info, 'DisconnectParticipantPayload', 'participant', context.caller)
      ? await sessionIdBefore(stageArn, context)
      : undefined;
    await disconnect({ stageArn, participantId, reason }, context);
    return { stageArn, participantId, sessionId };
  },
});
