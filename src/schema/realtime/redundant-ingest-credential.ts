import type { RedundantIngestCredential as AwsRedundantIngestCredential } from '@aws-sdk/client-ivs-realtime';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import { scoped } from '../language/authorization.ts';
import { awsObject } from '../language/aws-types.ts';
import { costs } from '../language/costs.ts';
import { Participant, participants } from './participant.ts';
import { activeSessionId, stages } from './stage.ts';

/** The participant of an encoder in the active session; null when it is or was not there. */
export async function findIngestParticipant(
  { stageArn, participantId }: { stageArn?: string | undefined; participantId?: string | undefined },
  context: Context,
  info: GraphQLResolveInfo,
) {
  if (!stageArn || !participantId) return null;
  const sessionId = await activeSessionId(stageArn, context);
  return sessionId ? participants.load({ stageArn, sessionId, participantId }, context, info) : null;
}

interface CredentialSource extends AwsRedundantIngestCredential {
  stageArn: string | undefined;
}

export const RedundantIngestCredential = awsObject<CredentialSource>(
  'RedundantIngestCredential',
  'Credentials of a second encoder, which publishes the same video as a fallback.',
  {
    participantId: ['ID', 'Participant id of the second encoder.'],
    streamKey: ['String', scoped('ivs:secret', { description: 'Secret stream key of the second encoder.' })],
  },
  (t) => ({
    participant: t.field({
      type: Participant,
      description:
        'The second encoder as a participant of the active session. Null when it has not joined. Call: GetStage and GetParticipant.',
      ...costs({ requires: stages.name, checksExistence: true }),
      resolve: (credential, _args, context, info) => findIngestParticipant(credential, context, info),
    }),
  }),
);
