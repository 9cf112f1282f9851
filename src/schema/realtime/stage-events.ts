// What happens on stages, as AWS's events and writes say it.
import type { ExchangedParticipantToken as AwsExchangedToken } from '@aws-sdk/client-ivs-realtime';
import type { Context } from '../../context.ts';
import { membersOf } from '../../events/envelope.ts';
import type { ActivityMessage } from '../../live/messages.ts';
import { builder } from '../language/builder.ts';
import { enumeration } from '../language/enumeration.ts';
import {
  activityType,
  arnOf,
  detailOf,
  detailText,
  nameField,
  recordingFields,
  soundKey,
} from '../patterns/activity.ts';
import { checkArns, defineSubscription } from '../patterns/live.ts';
import { reference } from '../patterns/relations.ts';
import { compositions } from './composition.ts';
import { participants } from './participant.ts';
import { ExchangedParticipantToken } from './participant-event.ts';
import { stages } from './stage.ts';
import { stageSessions } from './stage-session.ts';

const StageEventName = enumeration(
  'StageEventName',
  'Name of an event of a stage. A name that is not listed reads as null.',
  {
    PARTICIPANT_PUBLISHED: 'A participant publishes.',
    PARTICIPANT_UNPUBLISHED: 'A participant has stopped publishing.',
    PARTICIPANT_PUBLISH_ERROR: 'A participant failed to publish.',
    PARTICIPANT_REPLICATION_START: 'The replication of a participant to another stage has begun.',
    PARTICIPANT_REPLICATION_END: 'The replication of a participant to another stage has ended.',
    TOKEN_EXCHANGED: 'A participant has a new token.',
    RECORDING_START: 'The recording of a participant has begun.',
    RECORDING_END: 'The recording of a participant has ended, and all files are in S3.',
    RECORDING_START_FAILURE: 'The recording of a participant could not begin.',
    RECORDING_END_FAILURE: 'The recording of a participant has ended with a failure.',
    SESSION_START: 'A composition has begun.',
    SESSION_END: 'A composition has ended.',
    SESSION_FAILURE: 'A composition has failed.',
    DESTINATION_START: 'A destination of a composition receives it.',
    DESTINATION_END: 'A destination of a composition receives it no more.',
    DESTINATION_FAILURE: 'A destination of a composition has failed.',
    DESTINATION_RECONNECTING: 'A destination of a composition is lost, and connects again.',
  },
);

const stageOf = (message: ActivityMessage, context: Context) =>
  arnOf(message, 'stage', context, 'stage_arn', 'stageArn', 'sourceStageArn', 'arn');

const sessionOf = (message: ActivityMessage, context: Context) => ({
  stageArn: stageOf(message, context),
  sessionId: detailOf(message, 'session_id', 'sessionId'),
});

const participantOf = (message: ActivityMessage, context: Context) => ({
  ...sessionOf(message, context),
  participantId: detailOf(message, 'participant_id', 'participantId'),
});

const visibleArn = ({ bounds }: Context, arn: string | undefined) =>
  arn !== undefined && bounds.covers(arn) ? arn : undefined;

function tokenOf({ activity: { detail } }: ActivityMessage, name: string): AwsExchangedToken | null {
  const token = membersOf(detail[name]);
  if (!token) return null;
  const { capabilities, attributes, user_id, expiration_time } = token;
  return {
    capabilities,
    attributes,
    userId: user_id,
    expirationTime: typeof expiration_time === 'string' ? new Date(expiration_time) : undefined,
  } as AwsExchangedToken;
}

const StageActivity = activityType('StageActivity', 'An event or a write of a stage.', (t) => ({
  name: nameField(t, StageEventName),
  stage: reference(t, stages, 'The stage.', (message, context) => ({ arn: stageOf(message, context) })),
  sessionId: t.id({
    description: 'Id of the session.',
    resolve: (message) => detailOf(message, 'session_id', 'sessionId'),
  }),
  session: reference(t, stageSessions, 'The session.', (message, context) =>
    soundKey(stageSessions, sessionOf(message, context)),
  ),
  participantId: t.id({
    description: 'Id of the participant.',
    resolve: (message) => detailOf(message, 'participant_id', 'participantId'),
  }),
  participant: reference(t, participants, 'The participant.', (message, context) =>
    soundKey(participants, participantOf(message, context)),
  ),
  userId: detailText(t, 'Application id of the participant.', 'user_id'),
  errorCode: detailText(t, 'AWS’s code of the failure.', 'error_code'),
  failureReason: detailText(t, 'AWS’s text about the failure.', 'reason'),
  composition: reference(t, compositions, 'The composition.', (message, context) => ({
    arn: arnOf(message, 'composition', context, 'arn'),
  })),
  destinationId: t.id({
    description: 'Id of the destination of the composition.',
    resolve: (message) =>
      message.activity.detailType === 'IVS Composition State Change' ? detailOf(message, 'id') : null,
  }),
  destinationStage: reference(t, stages, 'The other stage of a replication.', (message, context) => ({
    arn: visibleArn(context, detailOf(message, 'destination_stage_arn', 'destinationStageArn')),
  })),
  sourceStage: reference(t, stages, 'The stage of the source of a replica.', (message, context) => ({
    arn: visibleArn(context, detailOf(message, 'source_stage_arn', 'sourceStageArn')),
  })),
  ...recordingFields(t),
  previousToken: t.field({
    type: ExchangedParticipantToken,
    description: 'Claims of the old token, for TOKEN_EXCHANGED.',
    resolve: (message) => tokenOf(message, 'previous_token'),
  }),
  newToken: t.field({
    type: ExchangedParticipantToken,
    description: 'Claims of the new token, for TOKEN_EXCHANGED.',
    resolve: (message) => tokenOf(message, 'new_token'),
  }),
}));

defineSubscription('stageEvents', {
  description:
    'Events of stages as AWS sends them: publishing, errors, replication, recordings, tokens, compositions; and writes. It needs a rule in EventBridge. It has no state.',
  payload: 'StageEvent',
  types: { activity: StageActivity },
  args: builder.args((t) => ({
    stageArns: t.idList({ required: true, description: 'ARNs of the stages. Limit: 100.' }),
  })),
  subscribe: ({ stageArns }, context) => {
    checkArns('stage', stageArns, context);
    return context.feeds.activities(stageArns);
  },
});
