// Which events of participants go to EventBridge, and as what. It carries neither joins, leaves nor subscriptions.
// https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/eventbridge.html
import type { EventName, ExchangedParticipantToken } from '@aws-sdk/client-ivs-realtime';
import { detailTypes, toSeconds } from '../events/event.ts';
import type { Participant, ParticipantEvent, World } from '../world/world.ts';

const names: Partial<Record<EventName, string>> = {
  PUBLISH_STARTED: 'Participant Published',
  PUBLISH_STOPPED: 'Participant Unpublished',
  PUBLISH_ERROR: 'Participant Publish Error',
  REPLICATION_STARTED: 'Participant Replication Start',
  REPLICATION_STOPPED: 'Participant Replication End',
  TOKEN_EXCHANGED: 'Token Exchanged',
};

export function emitStageUpdate(world: World, participant: Participant, event: ParticipantEvent): void {
  const name = event.name && names[event.name];
  if (!name) return;
  const { stageArn, sessionId, userId = '', participantId } = participant;
  const detail = {
    session_id: sessionId,
    event_name: name,
    ...timesOf(world, event),
    user_id: userId,
    participant_id: participantId,
    ...detailOf(participant, event),
  };
  world.emit({ type: detailTypes.stage, resources: [stageArn], detail });
}

/** Each as AWS's examples have it. */
function timesOf(world: World, { name, eventTime = world.now() }: ParticipantEvent) {
  if (name === 'PUBLISH_ERROR') return { event_time: world.fineTime.format(eventTime, 9) };
  const isPrecise = name === 'PUBLISH_STARTED' || name === 'PUBLISH_STOPPED';
  return {
    event_time: toSeconds(eventTime),
    ...(isPrecise && { event_time_precise: world.fineTime.format(eventTime) }),
  };
}

function detailOf(participant: Participant, event: ParticipantEvent): Record<string, unknown> {
  const { errorCode, previousToken, newToken, destinationStageArn, destinationSessionId } = event;
  if (destinationStageArn)
    return { destination_stage_arn: destinationStageArn, destination_session_id: destinationSessionId };
  if (previousToken && newToken)
    return { previous_token: tokenOf(previousToken), new_token: tokenOf(newToken) };
  return { ...(errorCode && { error_code: errorCode }), ...replicaOf(participant) };
}

const replicaOf = ({ replicationType, sourceStageArn, sourceSessionId }: Participant) =>
  replicationType === 'REPLICA' && {
    replica: true,
    source_stage_arn: sourceStageArn,
    source_session_id: sourceSessionId,
  };

const tokenOf = ({ capabilities, attributes, userId, expirationTime }: ExchangedParticipantToken) => ({
  capabilities,
  attributes,
  user_id: userId,
  ...(expirationTime && { expiration_time: toSeconds(expirationTime) }),
});
