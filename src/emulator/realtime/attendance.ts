// What one participant does on one stage. Its copies on other stages follow: see presence.ts, which is the way in.
import type {
  EventErrorCode,
  EventName,
  Participant as ParticipantDetail,
  ParticipantTokenCapability,
} from '@aws-sdk/client-ivs-realtime';
import { Refused } from '../errors.ts';
import { newParticipantId } from '../identifiers.ts';
import type { Participant, Stage, StageSession, World } from '../world.ts';
import { notePublishers } from './compositing.ts';
import { note } from './participant-event.ts';
import { change } from './participant-lists.ts';
import { startRecording, stopRecording } from './participant-recording.ts';
import { checkAttributes, expiryOf } from './participant-token.ts';
import { activeSession, beginSession, endSession, hasPublishers } from './stage-session.ts';

const PUBLISHERS_PER_STAGE = 12; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html

/** A joining participant. The client's own data is visible only in GetParticipant. */
export interface Joining
  extends Pick<
    ParticipantDetail,
    'ispName' | 'osName' | 'osVersion' | 'browserName' | 'browserVersion' | 'sdkVersion' | 'protocol'
  > {
  participantId?: string | undefined;
  userId?: string | undefined;
  attributes?: Record<string, string> | undefined;
  capabilities?: readonly ParticipantTokenCapability[] | undefined;
  /** When the token expires. */
  expirationTime?: Date | undefined;
  /** The session's id when this participant begins one. */
  sessionId?: string | undefined;
}

const PARTICIPANT_ID = /^[a-zA-Z0-9_-]{1,64}$/;

/** How the participant came here if it did not join: as a replica, or through an ingest configuration. */
export type Marks = Partial<ParticipantDetail>;

export function join(world: World, stage: Stage, { sessionId, ...joining }: Joining, marks: Marks = {}) {
  const { participantId, attributes } = joining;
  checkAttributes(attributes);
  if (participantId !== undefined && !PARTICIPANT_ID.test(participantId)) {
    throw new Refused('participantId: must be 1 to 64 of letters, digits, - and _');
  }
  const session = activeSession(stage) ?? beginSession(world, stage, sessionId);
  const known = participantId === undefined ? undefined : session.participants.get(participantId);
  const participant = known ?? addParticipant(world, stage, session, joining);
  if (participant.state === 'CONNECTED') throw new Refused(`${participant.participantId} has joined already`);
  change(world, participant, { ...marks, state: 'CONNECTED' });
  session.connected.add(participant.participantId);
  note(world, participant, 'JOINED');
  return { sessionId: session.sessionId, participantId: participant.participantId };
}

function addParticipant(
  world: World,
  { arn: stageArn, invited }: Stage,
  session: StageSession,
  joining: Omit<Joining, 'sessionId'>,
): Participant {
  const {
    participantId = newParticipantId(world),
    userId = '',
    attributes = {},
    capabilities,
    expirationTime,
    ...client
  } = joining;
  const participant: Participant = {
    participantId,
    stageArn,
    sessionId: session.sessionId,
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
    expirationTime: expirationTime ?? expiryOf(world.now()),
    publishing: false,
    subscriptions: new Set(),
    events: [],
    order: world.nextOrder(),
  };
  session.participants.set(participantId, participant);
  invited.add(participantId);
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
  activeSession(stage)?.publishers.add(participantId);
  change(world, participant, { published: true });
  note(world, participant, 'PUBLISH_STARTED');
  startRecording(world, stage, participant);
  notePublishers(world, stage, true);
}

function publishError(stage: Stage, { capabilities }: Participant): EventErrorCode | undefined {
  if (!capabilities.includes('PUBLISH')) return 'INSUFFICIENT_CAPABILITIES';
  const count = activeSession(stage)?.publishers.size ?? 0;
  return count < PUBLISHERS_PER_STAGE ? undefined : 'QUOTA_EXCEEDED';
}

export function unpublish(world: World, stage: Stage, participantId: string): void {
  const participant = requireConnected(stage, participantId);
  if (!participant.publishing) return;
  participant.publishing = false;
  activeSession(stage)?.publishers.delete(participantId);
  stopRecording(world, stage, participant);
  note(world, participant, 'PUBLISH_STOPPED');
  for (const subscriber of participant.subscribers ?? [])
    stopSubscription(world, stage, requireConnected(stage, subscriber), participantId);
  notePublishers(world, stage, hasPublishers(stage));
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
  const publisher = activeSession(stage)?.participants.get(remoteParticipantId);
  if (publisher) publisher.subscribers = (publisher.subscribers ?? new Set()).add(participantId);
  note(world, participant, 'SUBSCRIBE_STARTED', remote(stage, remoteParticipantId));
}

function subscribeError(
  stage: Stage,
  { capabilities }: Participant,
  remoteParticipantId: string,
): EventErrorCode | undefined {
  if (!capabilities.includes('SUBSCRIBE')) return 'INSUFFICIENT_CAPABILITIES';
  const publisher = activeSession(stage)?.participants.get(remoteParticipantId);
  return publisher?.publishing ? undefined : 'PUBLISHER_NOT_FOUND';
}

export function unsubscribe(
  world: World,
  stage: Stage,
  participantId: string,
  remoteParticipantId: string,
): void {
  stopSubscription(world, stage, requireConnected(stage, participantId), remoteParticipantId);
}

function stopSubscription(
  world: World,
  stage: Stage,
  participant: Participant,
  remoteParticipantId: string,
): void {
  if (!participant.subscriptions.delete(remoteParticipantId)) return;
  const publisher = activeSession(stage)?.participants.get(remoteParticipantId);
  publisher?.subscribers?.delete(participant.participantId);
  note(world, participant, 'SUBSCRIBE_STOPPED', remote(stage, remoteParticipantId));
}

/** In subscribe events `replica` speaks of the other one. */
function remote(stage: Stage, remoteParticipantId: string) {
  const { replicationType } = activeSession(stage)?.participants.get(remoteParticipantId) ?? {};
  return { remoteParticipantId, ...(replicationType === 'REPLICA' && { replica: true }) };
}

export type FailureName = Extract<EventName, `${string}_ERROR`>;

export function fail(
  world: World,
  stage: Stage,
  participantId: string,
  errorCode: EventErrorCode,
  name: FailureName,
  remoteParticipantId?: string,
) {
  const remote = remoteParticipantId !== undefined && { remoteParticipantId };
  note(world, requireConnected(stage, participantId), name, { errorCode, ...remote });
}

export function leave(world: World, stage: Stage, participantId: string): void {
  const participant = requireConnected(stage, participantId);
  unpublish(world, stage, participantId);
  for (const publisher of participant.subscriptions) stopSubscription(world, stage, participant, publisher);
  change(world, participant, { state: 'DISCONNECTED' });
  const session = activeSession(stage);
  session?.connected.delete(participantId);
  note(world, participant, 'LEFT');
  if (session?.connected.size === 0) endSession(world, stage);
}

export function requireConnected(stage: Stage, participantId: string): Participant {
  const participant = activeSession(stage)?.participants.get(participantId);
  if (participant?.state !== 'CONNECTED')
    throw new Refused(`${participantId} is not connected to ${stage.arn}`);
  return participant;
}
