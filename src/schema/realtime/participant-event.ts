// What happened to a participant. Events have no id: they are reached through their participant.
import {
  type Event as AwsEvent,
  type ExchangedParticipantToken as AwsExchangedToken,
  type EventErrorCode as ErrorCode,
  ListParticipantEventsCommand,
  type EventName as Name,
} from '@aws-sdk/client-ivs-realtime';
import { targetOf } from '../../upstream/arn.ts';
import { builder } from '../language/builder.ts';
import { costs, type List, listed } from '../language/costs.ts';
import { enumeration } from '../language/enumeration.ts';
import { KeyValue, toEntries } from '../language/input.ts';
import { connectionArgs, connectionOf, listConnection } from '../loading/connection.ts';
import { Participant, type ParticipantKey, participants } from './participant.ts';
import { ParticipantTokenCapability } from './participant-token.ts';
import { Stage, stages } from './stage.ts';
import { StageSession, stageSessions } from './stage-session.ts';

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

const ExchangedParticipantToken = builder
  .objectRef<AwsExchangedToken>('ExchangedParticipantToken')
  .implement({
    description: 'What a token said that was exchanged; the token itself is not shown.',
    fields: (t) => ({
      capabilities: t.expose('capabilities', {
        type: [ParticipantTokenCapability],
        description: 'What its holder might do.',
      }),
      attributes: t.field({
        type: [KeyValue],
        description: 'Your own data about its holder.',
        resolve: ({ attributes }) => attributes && toEntries(attributes),
      }),
      userId: t.exposeString('userId', { description: 'Your own name for its holder.' }),
      expirationTime: t.expose('expirationTime', {
        type: 'DateTime',
        description: 'From when on it cannot be used.',
      }),
    }),
  });

interface ParticipantEventSource extends AwsEvent {
  of: ParticipantKey;
}

const ParticipantEvent = builder.objectRef<ParticipantEventSource>('ParticipantEvent').implement({
  description: 'Something that happened to a participant.',
  fields: (t) => ({
    name: t.expose('name', { type: ParticipantEventName, description: 'What happened.' }),
    participantId: t.exposeID('participantId', { description: 'To whom it happened.' }),
    participant: t.field({
      type: Participant,
      description: 'To whom it happened.',
      ...costs({ toParent: true }),
      resolve: ({ of }, _args, context, info) => participants.resolveRef(of, context, info),
    }),
    eventTime: t.expose('eventTime', { type: 'DateTime', description: 'When it happened.' }),
    remoteParticipantId: t.exposeID('remoteParticipantId', {
      description: 'Of subscribe events: whom it receives, or received, from.',
    }),
    remoteParticipant: t.field({
      type: Participant,
      description: 'Of subscribe events: whom it receives, or received, from.',
      // Of the same session.
      ...costs({ isChild: true }),
      resolve: ({ of, remoteParticipantId }, _args, context, info) =>
        participants.resolveRef({ ...of, participantId: remoteParticipantId }, context, info),
    }),
    errorCode: t.expose('errorCode', {
      type: ParticipantEventErrorCode,
      description: 'Of error events: why.',
    }),
    destinationStageArn: t.exposeID('destinationStageArn', {
      description: 'Of replication events: ARN of the other stage.',
    }),
    destinationStage: t.field({
      type: Stage,
      description: 'Of replication events: the other stage.',
      resolve: ({ destinationStageArn: arn }, _args, context, info) =>
        stages.resolveRef({ arn }, context, info),
    }),
    destinationSessionId: t.exposeID('destinationSessionId', {
      description: 'Of replication events: id of the session on the other stage.',
    }),
    destinationSession: t.field({
      type: StageSession,
      description: 'Of replication events: the session on the other stage.',
      resolve: ({ destinationStageArn: stageArn, destinationSessionId: sessionId }, _args, context, info) =>
        stageSessions.resolveRef({ stageArn, sessionId }, context, info),
    }),
    replica: t.exposeBoolean('replica', {
      description: 'Of joins and departures: whether this is a copy from another stage.',
    }),
    previousToken: t.expose('previousToken', {
      type: ExchangedParticipantToken,
      description: 'Of TOKEN_EXCHANGED: what held before.',
    }),
    newToken: t.expose('newToken', {
      type: ExchangedParticipantToken,
      description: 'Of TOKEN_EXCHANGED: what holds now.',
    }),
  }),
});

// Where it hangs on its participant

const ParticipantEventConnection = connectionOf(
  ParticipantEvent,
  'ParticipantEvent',
  'A list of events of a participant.',
);

const list: List = { operation: 'ListParticipantEvents', pageMax: 100 };

builder.objectField(Participant, 'events', (t) =>
  t.field({
    type: ParticipantEventConnection,
    ...listed(list, 'What happened to this person, in AWS’s order, which is not always that of time.'),
    args: connectionArgs,
    resolve: ({ stageArn, sessionId, participantId }, args, context) => {
      const of = { stageArn, sessionId, participantId };
      return listConnection({
        args,
        context,
        list,
        scope: [of],
        fetchPage: async (page) => {
          const answer = await context.send(
            targetOf(stageArn),
            new ListParticipantEventsCommand({ ...of, ...page }),
          );
          return { items: answer.events, nextToken: answer.nextToken };
        },
        keyOf: JSON.stringify,
        toNode: (event) => ({ ...event, of }),
      });
    },
  }),
);
