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

const ParticipantEventName = enumeration<Name>('ParticipantEventName', 'What happened.', {
  JOINED: 'Came onto the stage.',
  LEFT: 'Left the stage.',
  PUBLISH_STARTED: 'Began to send.',
  PUBLISH_STOPPED: 'Stopped sending.',
  SUBSCRIBE_STARTED: 'Began to receive from another participant.',
  SUBSCRIBE_STOPPED: 'Stopped receiving from another participant.',
  PUBLISH_ERROR: 'Could not send.',
  SUBSCRIBE_ERROR: 'Could not receive.',
  JOIN_ERROR: 'Could not come onto the stage.',
  REPLICATION_STARTED: 'Began to be shown on another stage.',
  REPLICATION_STOPPED: 'Stopped being shown on another stage.',
  TOKEN_EXCHANGED: 'Exchanged its token for another.',
});

const ParticipantEventErrorCode = enumeration<ErrorCode>(
  'ParticipantEventErrorCode',
  'Why something failed.',
  {
    INSUFFICIENT_CAPABILITIES: 'The token does not allow it.',
    QUOTA_EXCEEDED: 'As many publishers, subscribers or subscriptions as the quota allows.',
    PUBLISHER_NOT_FOUND: 'The participant to receive from is not publishing.',
    BITRATE_EXCEEDED: 'Sent more bits a second than allowed.',
    RESOLUTION_EXCEEDED: 'Sent a larger picture than allowed.',
    STREAM_DURATION_EXCEEDED: 'Sent for longer than allowed.',
    INVALID_AUDIO_CODEC: 'The audio codec is not supported.',
    INVALID_VIDEO_CODEC: 'The video codec is not supported.',
    INVALID_PROTOCOL: 'The ingest configuration is for another protocol.',
    INVALID_STREAM_KEY: 'The stream key is unknown.',
    REUSE_OF_STREAM_KEY: 'Somebody is already sending with this stream key.',
    B_FRAME_PRESENT: 'The video has B-frames, which are not supported.',
    INVALID_INPUT: 'The media could not be understood.',
    INTERNAL_SERVER_EXCEPTION: 'A fault inside AWS.',
  },
);

const ExchangedParticipantToken = awsObject<AwsExchangedToken>(
  'ExchangedParticipantToken',
  'What a token said that was exchanged; the token itself is not shown.',
  {
    capabilities: [[ParticipantTokenCapability], 'What its holder might do.'],
    userId: ['String', 'Your own name for its holder.'],
    expirationTime: ['DateTime', 'From when on it cannot be used.'],
    attributes: [[KeyValue], 'Your own data about its holder.'],
  },
);

interface ParticipantEventSource extends AwsEvent {
  of: ParticipantKey;
}

const ParticipantEvent = awsObject<ParticipantEventSource>(
  'ParticipantEvent',
  'Something that happened to a participant.',
  {
    name: [ParticipantEventName, 'What happened.'],
    participantId: ['ID', 'To whom it happened.'],
    eventTime: ['DateTime', 'When it happened.'],
    remoteParticipantId: ['ID', 'Of subscribe events: whom it receives, or received, from.'],
    errorCode: [ParticipantEventErrorCode, 'Of error events: why.'],
    destinationStageArn: ['ID', 'Of replication events: ARN of the other stage.'],
    destinationSessionId: ['ID', 'Of replication events: id of the session on the other stage.'],
    replica: ['Boolean', 'Of joins and departures: whether this is a copy from another stage.'],
    previousToken: [ExchangedParticipantToken, 'Of TOKEN_EXCHANGED: what held before.'],
    newToken: [ExchangedParticipantToken, 'Of TOKEN_EXCHANGED: what holds now.'],
  },
  (t) => ({
    participant: reference(t, participants, 'To whom it happened.', ({ of }) => of, { toParent: true }),
    remoteParticipant: reference(
      t,
      participants,
      'Of subscribe events: whom it receives, or received, from.',
      ({ of, remoteParticipantId }) => ({ ...of, participantId: remoteParticipantId }),
      // Of the same session.
      { isChild: true },
    ),
    destinationStage: reference(
      t,
      stages,
      'Of replication events: the other stage.',
      ({ destinationStageArn: arn }) => ({
        arn,
      }),
    ),
    destinationSession: reference(
      t,
      stageSessions,
      'Of replication events: the session on the other stage.',
      ({ destinationStageArn: stageArn, destinationSessionId: sessionId }) => ({ stageArn, sessionId }),
    ),
  }),
);

// Fields of its participant

/** `publishIntervals` reads the same pages. */
export const participantEventList = definePagedList({
  type: ParticipantEvent,
  wholePages: true,
  description: 'A list of events of a participant.',
  commandOf: (request: ListParticipantEventsRequest) => new ListParticipantEventsCommand(request),
  itemsOf: (output) => output.events,
  nodesOf: (of) => ({ keyOf: JSON.stringify, toNode: (event) => ({ ...event, of }) }),
});

defineChildren(Participant, 'events', participantEventList, {
  description: 'What happened to this person, in AWS’s order, which is not always that of time.',
  selectorOf: ({ stageArn, sessionId, participantId }) => ({ stageArn, sessionId, participantId }),
});
