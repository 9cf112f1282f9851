// What participants do by themselves, for which AWS has no operation: they join, publish, subscribe, fail, leave.
// A session begins with the first to join and ends with the last to leave.
import type {
  EventErrorCode,
  EventName,
  Participant as ParticipantDetail,
  ParticipantTokenCapability,
} from '@aws-sdk/client-ivs-realtime';
import { Refused } from '../errors.ts';
import { newParticipantId, newStageSessionId, parseArn } from '../identifiers.ts';
import type { Participant, ParticipantEvent, Stage, StageSession, World } from '../world.ts';

const PUBLISHERS_PER_STAGE = 12; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html
// A world that moves by itself must not grow for ever.
const EVENTS_REMEMBERED = 1000;

/** Who joins. What a client tells of itself is only ever seen in GetParticipant. */
export interface Joining
  extends Pick<
    ParticipantDetail,
    'ispName' | 'osName' | 'osVersion' | 'browserName' | 'browserVersion' | 'sdkVersion' | 'protocol'
  > {
  participantId?: string | undefined;
  userId?: string | undefined;
  attributes?: Record<string, string> | undefined;
  capabilities?: readonly ParticipantTokenCapability[] | undefined;
  /** The session's id when this participant begins one. */
  sessionId?: string | undefined;
}

export function activeSession(stage: Stage): StageSession | undefined {
  return stage.activeSessionId === undefined ? undefined : stage.sessions.get(stage.activeSessionId);
}

export function join(world: World, stage: Stage, { sessionId, ...joining }: Joining) {
  const session = activeSession(stage) ?? beginSession(world, stage, sessionId);
  const participant =
    session.participants.get(joining.participantId ?? '') ?? addParticipant(world, session, joining);
  if (participant.state === 'CONNECTED') throw new Refused(`${participant.participantId} has joined already`);
  participant.state = 'CONNECTED';
  note(world, participant, 'JOINED');
  return { sessionId: session.sessionId, participantId: participant.participantId };
}

function beginSession(world: World, stage: Stage, sessionId = newStageSessionId()): StageSession {
  const session: StageSession = {
    sessionId,
    startTime: world.now(),
    order: world.nextOrder(),
    participants: new Map(),
  };
  stage.sessions.set(sessionId, session);
  stage.activeSessionId = sessionId;
  return session;
}

function addParticipant(
  world: World,
  session: StageSession,
  joining: Omit<Joining, 'sessionId'>,
): Participant {
  const {
    participantId = newParticipantId(),
    userId = '',
    attributes = {},
    capabilities,
    ...client
  } = joining;
  const participant: Participant = {
    participantId,
    userId,
    attributes,
    firstJoinTime: world.now(),
    published: false,
    recordingState: 'DISABLED',
    recordingS3BucketName: '',
    recordingS3Prefix: '',
    protocol: 'UNKNOWN',
    replicationType: 'NONE',
    redundantIngest: false,
    ...client,
    capabilities: capabilities ?? ['PUBLISH', 'SUBSCRIBE'],
    publishing: false,
    subscriptions: new Set(),
    events: [],
    order: world.nextOrder(),
  };
  session.participants.set(participantId, participant);
  return participant;
}

export function publish(world: World, stage: Stage, participantId: string): void {
  const participant = requireConnected(stage, participantId);
  if (participant.publishing) return;
  const error = publishError(stage, participant);
  if (error) {
    note(world, participant, 'PUBLISH_ERROR', { errorCode: error });
    return;
  }
  participant.publishing = true;
  participant.published = true;
  note(world, participant, 'PUBLISH_STARTED');
  startRecording(world, stage, participant);
}

function publishError(stage: Stage, { capabilities }: Participant): EventErrorCode | undefined {
  if (!capabilities.includes('PUBLISH')) return 'INSUFFICIENT_CAPABILITIES';
  const publishers = connected(stage).filter(({ publishing }) => publishing);
  return publishers.length < PUBLISHERS_PER_STAGE ? undefined : 'QUOTA_EXCEEDED';
}

export function unpublish(world: World, stage: Stage, participantId: string): void {
  const participant = requireConnected(stage, participantId);
  if (!participant.publishing) return;
  participant.publishing = false;
  if (participant.recordingState === 'ACTIVE') participant.recordingState = 'STOPPED';
  note(world, participant, 'PUBLISH_STOPPED');
  for (const subscriber of connected(stage)) stopSubscription(world, subscriber, participantId);
}

export function subscribe(
  world: World,
  stage: Stage,
  participantId: string,
  remoteParticipantId: string,
): void {
  const participant = requireConnected(stage, participantId);
  const error = subscribeError(stage, participant, remoteParticipantId);
  if (error) {
    note(world, participant, 'SUBSCRIBE_ERROR', { errorCode: error, remoteParticipantId });
    return;
  }
  if (participant.subscriptions.has(remoteParticipantId)) return;
  participant.subscriptions.add(remoteParticipantId);
  note(world, participant, 'SUBSCRIBE_STARTED', { remoteParticipantId });
}

function subscribeError(
  stage: Stage,
  { capabilities }: Participant,
  remote: string,
): EventErrorCode | undefined {
  if (!capabilities.includes('SUBSCRIBE')) return 'INSUFFICIENT_CAPABILITIES';
  return activeSession(stage)?.participants.get(remote)?.publishing ? undefined : 'PUBLISHER_NOT_FOUND';
}

export function unsubscribe(
  world: World,
  stage: Stage,
  participantId: string,
  remoteParticipantId: string,
): void {
  stopSubscription(world, requireConnected(stage, participantId), remoteParticipantId);
}

function stopSubscription(world: World, participant: Participant, remoteParticipantId: string): void {
  if (!participant.subscriptions.delete(remoteParticipantId)) return;
  note(world, participant, 'SUBSCRIBE_STOPPED', { remoteParticipantId });
}

export type FailureName = Extract<EventName, `${string}_ERROR`>;

export function fail(
  world: World,
  stage: Stage,
  participantId: string,
  errorCode: EventErrorCode,
  name: FailureName,
) {
  note(world, requireConnected(stage, participantId), name, { errorCode });
}

export function leave(world: World, stage: Stage, participantId: string): void {
  const participant = requireConnected(stage, participantId);
  unpublish(world, stage, participantId);
  for (const remote of participant.subscriptions) stopSubscription(world, participant, remote);
  participant.state = 'DISCONNECTED';
  note(world, participant, 'LEFT');
  if (connected(stage).length === 0) endSession(world, stage);
}

function endSession(world: World, stage: Stage): void {
  const session = activeSession(stage);
  if (session) session.endTime = world.now();
  delete stage.activeSessionId;
}

function startRecording(world: World, stage: Stage, participant: Participant): void {
  const recording = stage.autoParticipantRecordingConfiguration;
  const storage = world.storageConfigurations.get(recording?.storageConfigurationArn ?? '');
  if (!storage || recording?.mediaTypes?.includes('NONE')) return;
  const path = [
    parseArn(stage.arn)?.id,
    stage.activeSessionId,
    participant.participantId,
    world.now().toISOString(),
  ];
  participant.recordingState = 'ACTIVE';
  participant.recordingS3BucketName = storage.s3?.bucketName ?? '';
  participant.recordingS3Prefix = path.join('/');
}

const connected = (stage: Stage): Participant[] =>
  [...(activeSession(stage)?.participants.values() ?? [])].filter(({ state }) => state === 'CONNECTED');

function requireConnected(stage: Stage, participantId: string): Participant {
  const participant = activeSession(stage)?.participants.get(participantId);
  if (participant?.state !== 'CONNECTED')
    throw new Refused(`${participantId} is not connected to ${stage.arn}`);
  return participant;
}

function note(
  world: World,
  participant: Participant,
  name: EventName,
  more: Partial<ParticipantEvent> = {},
): void {
  const { participantId } = participant;
  participant.events.push({ name, participantId, eventTime: world.now(), ...more, order: world.nextOrder() });
  if (participant.events.length > EVENTS_REMEMBERED) participant.events.shift();
}
