import { Refused } from '../errors.js';
import { newParticipantId } from '../identifiers.js';
import { notePublishers } from './compositing.js';
import { note } from './participant-event.js';
import { startRecording, stopRecording } from './participant-recording.js';
import { checkAttributes, expiryOf } from './participant-token.js';
import { activeSession, beginSession, connected, endSession, hasPublishers } from './stage-session.js';
const PUBLISHERS_PER_STAGE = 12; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html
const PARTICIPANT_ID = /^[a-zA-Z0-9_-]{1,64}$/;
export function join(world, stage, { sessionId, ...joining }, marks = {}) {
    const { participantId, attributes } = joining;
    checkAttributes(attributes);
    if (participantId !== undefined && !PARTICIPANT_ID.test(participantId)) {
        throw new Refused('participantId: must be 1 to 64 of letters, digits, - and _');
    }
    const session = activeSession(stage) ?? beginSession(world, stage, sessionId);
    const known = participantId === undefined ? undefined : session.participants.get(participantId);
    const participant = known ?? addParticipant(world, session, joining);
    if (participant.state === 'CONNECTED')
        throw new Refused(`${participant.participantId} has joined already`);
    Object.assign(participant, marks, { state: 'CONNECTED' });
    note(world, participant, 'JOINED');
    return { sessionId: session.sessionId, participantId: participant.participantId };
}
function addParticipant(world, session, joining) {
    const { participantId = newParticipantId(), userId = '', attributes = {}, capabilities, expirationTime, ...client } = joining;
    const participant = {
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
        expirationTime: expirationTime ?? expiryOf(world.now()),
        publishing: false,
        subscriptions: new Set(),
        events: [],
        order: world.nextOrder(),
    };
    session.participants.set(participantId, participant);
    return participant;
}
export function publish(world, stage, participantId) {
    const participant = requireConnected(stage, participantId);
    if (participant.publishing)
        return;
    const error = publishError(stage, participant);
    if (error) {
        note(world, participant, 'PUBLISH_ERROR', { errorCode: error });
        return;
    }
    participant.publishing = true;
    participant.published = true;
    note(world, participant, 'PUBLISH_STARTED');
    startRecording(world, stage, participant);
    notePublishers(world, stage, true);
}
function publishError(stage, { capabilities }) {
    if (!capabilities.includes('PUBLISH'))
        return 'INSUFFICIENT_CAPABILITIES';
    const publishers = connected(stage).filter(({ publishing }) => publishing);
    return publishers.length < PUBLISHERS_PER_STAGE ? undefined : 'QUOTA_EXCEEDED';
}
export function unpublish(world, stage, participantId) {
    const participant = requireConnected(stage, participantId);
    if (!participant.publishing)
        return;
    participant.publishing = false;
    stopRecording(world, stage, participant);
    note(world, participant, 'PUBLISH_STOPPED');
    for (const subscriber of connected(stage))
        stopSubscription(world, stage, subscriber, participantId);
    notePublishers(world, stage, hasPublishers(stage));
}
export function subscribe(world, stage, participantId, remoteParticipantId) {
    const participant = requireConnected(stage, participantId);
    const error = subscribeError(stage, participant, remoteParticipantId);
    if (error) {
        note(world, participant, 'SUBSCRIBE_ERROR', { errorCode: error, remoteParticipantId });
        return;
    }
    if (participant.subscriptions.has(remoteParticipantId))
        return;
    participant.subscriptions.add(remoteParticipantId);
    note(world, participant, 'SUBSCRIBE_STARTED', remote(stage, remoteParticipantId));
}
function subscribeError(stage, { capabilities }, remoteParticipantId) {
    if (!capabilities.includes('SUBSCRIBE'))
        return 'INSUFFICIENT_CAPABILITIES';
    const publisher = activeSession(stage)?.participants.get(remoteParticipantId);
    return publisher?.publishing ? undefined : 'PUBLISHER_NOT_FOUND';
}
export function unsubscribe(world, stage, participantId, remoteParticipantId) {
    stopSubscription(world, stage, requireConnected(stage, participantId), remoteParticipantId);
}
function stopSubscription(world, stage, participant, remoteParticipantId) {
    if (!participant.subscriptions.delete(remoteParticipantId))
        return;
    note(world, participant, 'SUBSCRIBE_STOPPED', remote(stage, remoteParticipantId));
}
/** In subscribe events `replica` speaks of the other one. */
function remote(stage, remoteParticipantId) {
    const { replicationType } = activeSession(stage)?.participants.get(remoteParticipantId) ?? {};
    return { remoteParticipantId, ...(replicationType === 'REPLICA' && { replica: true }) };
}
export function fail(world, stage, participantId, errorCode, name) {
    note(world, requireConnected(stage, participantId), name, { errorCode });
}
export function leave(world, stage, participantId) {
    const participant = requireConnected(stage, participantId);
    unpublish(world, stage, participantId);
    for (const publisher of participant.subscriptions)
        stopSubscription(world, stage, participant, publisher);
    participant.state = 'DISCONNECTED';
    note(world, participant, 'LEFT');
    if (connected(stage).length === 0)
        endSession(world, stage);
}
export function requireConnected(stage, participantId) {
    const participant = activeSession(stage)?.participants.get(participantId);
    if (participant?.state !== 'CONNECTED')
        throw new Refused(`${participantId} is not connected to ${stage.arn}`);
    return participant;
}
