// What happened to a participant. Events have no id: they are reached through their participant.

import type {
  Event as AwsEvent,
  ExchangedParticipantToken as AwsExchangedToken,
  EventErrorCode as ErrorCode,
  ListParticipantEventsRequest,
  EventName as Name,
} from '@aws-sdk/client-ivs-realtime';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { awsObject } from '../language/aws-types.ts';
import { enumeration } from '../language/enumeration.ts';
import { KeyValue } from '../language/input.ts';
import { definePagedList } from '../loading/list.ts';
import { defineChildren, reference } from '../patterns/relations.ts';
import { Participant, type ParticipantKey, participants } from './participant.ts';
import { ParticipantTokenCapability } from './participant-token.ts';
import { stages } from './stage.ts';
import { stageSessions } from './stage-session.ts';

const { ListParticipantEventsCommand } = ivsRealtime;

// What it is

const ParticipantEventName = enumeration<Name>('ParticipantEventName', 'Name of the event.', {
  JOINED: 'Joined the stage.',
  LEFT: 'Left the stage.',
  PUBLISH_STARTED: 'Started to publish.',
  PUBLISH_STOPPED: 'Stopped publishing.',
  SUBSCRIBE_STARTED: 'Started to subscribe to another participant.',
  SUBSCRIBE_STOPPED: 'Stopped subscribing to another participant.',
  PUBLISH_ERROR: 'Failed to publish.',
  SUBSCRIBE_ERROR: 'Failed to subscribe.',
  JOIN_ERROR: 'Failed to join the stage.',
  REPLICATION_STARTED: 'Replication to another stage started.',
  REPLICATION_STOPPED: 'Replication to another stage stopped.',
  TOKEN_EXCHANGED: 'Exchanged its token.',
});

const ParticipantEventErrorCode = enumeration<ErrorCode>(
  'ParticipantEventErrorCode',
  'Error code of an event.',
  {
    INSUFFICIENT_CAPABILITIES: 'The token lacks the capability.',
    QUOTA_EXCEEDED: 'A quota of publishers, subscribers or subscriptions is exhausted.',
    PUBLISHER_NOT_FOUND: 'The participant to receive from is not publishing.',
    BITRATE_EXCEEDED: 'The bitrate exceeds the limit.',
    RESOLUTION_EXCEEDED: 'The resolution exceeds the limit.',
    STREAM_DURATION_EXCEEDED: 'The stream exceeds the maximum duration.',
    INVALID_AUDIO_CODEC: 'The audio codec is not supported.',
    INVALID_VIDEO_CODEC: 'The video codec is not supported.',
    INVALID_PROTOCOL: 'The ingest configuration is for another protocol.',
    INVALID_STREAM_KEY: 'The stream key is not valid.',
    REUSE_OF_STREAM_KEY: 'The stream key is already in use.',
    B_FRAME_PRESENT: 'The video has B-frames, which are not supported.',
    INVALID_INPUT: 'The media is not valid.',
    INTERNAL_SERVER_EXCEPTION: 'Internal error of AWS.',
  },
);

export const ExchangedParticipantToken = awsObject<AwsExchangedToken>(
  'ExchangedParticipantToken',
  'Claims of an exchanged token, without the token itself.',
  {
    capabilities: [[ParticipantTokenCapability], 'Permitted actions.'],
    userId: ['String', 'Application id of the participant.'],
    expirationTime: ['DateTime', 'Time of its expiry.'],
    attributes: [[KeyValue], 'Application data about the participant.'],
  },
);

interface ParticipantEventSource extends AwsEvent {
  of: ParticipantKey;
}

const ParticipantEvent = awsObject<ParticipantEventSource>(
  'ParticipantEvent',
  'An event of a participant.',
  {
    name: [ParticipantEventName, 'Name of the event.'],
    participantId: ['ID', 'Participant of the event.'],
    eventTime: ['DateTime', 'Time of the event.'],
    remoteParticipantId: ['ID', 'Participant on the sending side, for subscribe events.'],
    errorCode: [ParticipantEventErrorCode, 'Error code, for error events.'],
    destinationStageArn: ['ID', 'ARN of the other stage, for replication events.'],
    destinationSessionId: ['ID', 'Id of the session on the other stage, for replication events.'],
    replica: ['Boolean', 'Whether the participant is a replica, for JOINED and LEFT.'],
    previousToken: [ExchangedParticipantToken, 'The old token’s claims, for TOKEN_EXCHANGED.'],
    newToken: [ExchangedParticipantToken, 'The new token’s claims, for TOKEN_EXCHANGED.'],
  },
  (t) => ({
    participant: reference(t, participants, 'Participant of the event.', ({ of }) => of, { toParent: true }),
    remoteParticipant: reference(
      t,
      participants,
      'Participant on the sending side, for subscribe events.',
      ({ of, remoteParticipantId }) => ({ ...of, participantId: remoteParticipantId }),
      // Of the same session.
      { isChild: true },
    ),
    destinationStage: reference(
      t,
      stages,
      'The other stage, for replication events.',
      ({ destinationStageArn: arn }) => ({
        arn,
      }),
    ),
    destinationSession: reference(
      t,
      stageSessions,
      'Session on the other stage, for replication events.',
      ({ destinationStageArn: stageArn, destinationSessionId: sessionId }) => ({ stageArn, sessionId }),
    ),
  }),
);

// Fields of its participant

/** `publishIntervals` reads the same pages. */
export const participantEventList = definePagedList({
  type: ParticipantEvent,
  description: 'A list of events of a participant.',
  commandOf: (request: ListParticipantEventsRequest) => new ListParticipantEventsCommand(request),
  itemsOf: (output) => output.events,
  nodesOf: (of) => ({ keyOf: JSON.stringify, toNode: (event) => ({ ...event, of }) }),
});

defineChildren(Participant, 'events', participantEventList, {
  description: 'Events of the participant in AWS’s order, which is not always chronological.',
  selectorOf: ({ stageArn, sessionId, participantId }) => ({ stageArn, sessionId, participantId }),
});
