// What one participant does on one stage. Its copies on other stages follow: see presence.ts, which is the way in.
import type {
  EventErrorCode,
  EventName,
  Participant as ParticipantDetail,
  ParticipantTokenCapability,
} from '@aws-sdk/client-ivs-realtime';
import { Refused } from '../errors.ts';
import { newParticipantId } from '../model/identifiers.ts';
import type { Participant, Stage, StageSession, World } from '../world/world.ts';
import { notePublishers } from './compositing.ts';
import { note, settle } from './participant-event.ts';
import { startRecording, stopRecording } from './participant-recording.ts';
import { checkAttributes, expiryOf } from './participant-token.ts';
import { activeSession, beginSession, connectedTo, endSession, hasPublishers } from './stage-session.ts';
import {
  addSubscription,
  beginPublication,
  endPublication,
  isPublishing,
  removeSubscription,
} from './subscription.ts';

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
  session.participants.change(participant, { ...marks, state: 'CONNECTED' });
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
    events: [],
    order: world.nextOrder(),
  };
  session.participants.set(participantId, participant);
  invited.set(participantId, true);
  return participant;
}

export function publish(world: World, stage: Stage, participantId: string): void {
  const { session, participant } = requireConnected(stage, participantId);
  if (isPublishing(participant)) return;
  const error = publishError(session, participant);
  if (error) {
    note(world, participant, 'PUBLISH_ERROR', { errorCode: error });
    return;
  }
  session.publishers.add(participantId);
  session.participants.change(participant, { published: true });
  beginPublication(world, session, participant);
  note(world, participant, 'PUBLISH_STARTED');
  startRecording(world, stage, participant);
  notePublishers(world, stage, true);
}

function publishError(
  { publishers }: StageSession,
  { capabilities }: Participant,
): EventErrorCode | undefined {
  if (!capabilities.includes('PUBLISH')) return 'INSUFFICIENT_CAPABILITIES';
  return publishers.size < PUBLISHERS_PER_STAGE ? undefined : 'QUOTA_EXCEEDED';
}

export function unpublish(world: World, stage: Stage, participantId: string): void {
  const { session, participant } = requireConnected(stage, participantId);
  if (!isPublishing(participant)) return;
  session.publishers.delete(participantId);
  stopRecording(world, stage, participant);
  note(world, participant, 'PUBLISH_STOPPED');
  endPublication(world, session, participant);
  notePublishers(world, stage, hasPublishers(stage));
}

export function subscribe(
  world: World,
  stage: Stage,
  participantId: string,
  remoteParticipantId: string,
): void {
  const { session, participant } = requireConnected(stage, participantId);
  const publisher = session.participants.get(remoteParticipantId);
  const error = subscribeError(participant, publisher);
  if (error || !publisher) {
    note(world, participant, 'SUBSCRIBE_ERROR', { errorCode: error, remoteParticipantId });
    return;
  }
  settle(session, participant);
  if (participant.subscriptions?.has(remoteParticipantId)) return;
  addSubscription(session, participant, publisher);
  note(world, participant, 'SUBSCRIBE_STARTED', remote(session, remoteParticipantId));
}

function subscribeError(
  { capabilities }: Participant,
  publisher: Participant | undefined,
): EventErrorCode | undefined {
  if (!capabilities.includes('SUBSCRIBE')) return 'INSUFFICIENT_CAPABILITIES';
  return publisher && isPublishing(publisher) ? undefined : 'PUBLISHER_NOT_FOUND';
}

export function unsubscribe(
  world: World,
  stage: Stage,
  participantId: string,
  remoteParticipantId: string,
): void {
  const { session, participant } = requireConnected(stage, participantId);
  settle(session, participant);
  stopSubscription(world, session, participant, remoteParticipantId);
}

/** All of its subscriptions end. */
export function unsubscribeAll(world: World, stage: Stage, participantId: string): void {
  const { session, participant } = requireConnected(stage, participantId);
  settle(session, participant);
  for (const publisher of participant.subscriptions?.keys() ?? [])
    stopSubscription(world, session, participant, publisher);
}

function stopSubscription(
  world: World,
  session: StageSession,
  participant: Participant,
  remoteParticipantId: string,
): void {
  if (!removeSubscription(session, participant, remoteParticipantId)) return;
  note(world, participant, 'SUBSCRIBE_STOPPED', remote(session, remoteParticipantId));
}

/** In subscribe events `replica` speaks of the other one. */
function remote({ participants }: StageSession, remoteParticipantId: string) {
  const { replicationType } = participants.get(remoteParticipantId) ?? {};
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
  note(world, requireConnected(stage, participantId).participant, name, { errorCode, ...remote });
}

export function leave(world: World, stage: Stage, participantId: string): void {
  const { session, participant } = requireConnected(stage, participantId);
  unpublish(world, stage, participantId);
  unsubscribeAll(world, stage, participantId);
  session.participants.change(participant, { state: 'DISCONNECTED' });
  note(world, participant, 'LEFT');
  if (connectedTo(session) === 0) endSession(world, stage);
}

export function requireConnected(
  stage: Stage,
  participantId: string,
): { session: StageSession; participant: Participant } {
  const session = activeSession(stage);
  const participant = session?.participants.get(participantId);
  if (participant?.state !== 'CONNECTED')
    throw new Refused(`${participantId} is not connected to ${stage.arn}`);
  return { session: session as StageSession, participant };
}
