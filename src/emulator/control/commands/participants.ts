// What participants and encoders do on a stage.
import { type Commands, demo, nothing, record, text } from './command.ts';

const participant = { stageArn: 'string', participantId: 'string' } as const;
const subscription = { ...participant, remoteParticipantId: 'string' } as const;
const ingest = { streamKey: 'string?', ingestConfigurationArn: 'string?' } as const;
const joined = record({ sessionId: text, participantId: text });

const zoe = { stageArn: demo.stageArn, participantId: 'zoe000000001' };
const zoeAndAlice = { ...zoe, remoteParticipantId: 'alice0000001' };
const camera = { ingestConfigurationArn: demo.ingestConfigurationArn };

type Names =
  | 'join'
  | 'publish'
  | 'subscribe'
  | 'unsubscribe'
  | 'fail'
  | 'exchangeToken'
  | 'unpublish'
  | 'leave'
  | 'failRecording'
  | 'startIngest'
  | 'stopIngest';

export const participantCommands: Commands<Names> = {
  join: {
    meaning: 'A participant joins a stage: by `stageArn`, or with a `token` of CreateParticipantToken.',
    members: {
      stageArn: 'string?',
      token: 'token?',
      participantId: 'participantId?',
      userId: 'userId?',
      attributes: 'attributes?',
      ispName: 'string?',
      osName: 'string?',
      osVersion: 'string?',
      browserName: 'string?',
      browserVersion: 'string?',
      sdkVersion: 'string?',
      protocol: 'protocol?',
    },
    example: { ...zoe, userId: 'zoe', browserName: 'Firefox' },
    returns: joined,
    answer: { sessionId: 'st-TownHall00001', participantId: 'zoe000000001' },
  },
  publish: {
    meaning: 'A participant publishes. Beyond 12 publishers, it has a PUBLISH_ERROR event.',
    members: participant,
    example: zoe,
    returns: nothing,
  },
  subscribe: {
    meaning: 'A participant subscribes to another one.',
    members: subscription,
    example: zoeAndAlice,
    returns: nothing,
  },
  unsubscribe: {
    meaning: 'A participant ends a subscription.',
    members: subscription,
    example: zoeAndAlice,
    returns: nothing,
  },
  fail: {
    meaning: 'A connected participant has an error event, by default PUBLISH_ERROR.',
    members: { ...participant, errorCode: 'errorCode', event: 'errorEvent?' },
    example: { ...zoe, errorCode: 'BITRATE_EXCEEDED' },
    returns: nothing,
  },
  exchangeToken: {
    meaning: 'A participant exchanges its token. Members that the new token does not set stay as they were.',
    members: {
      ...participant,
      userId: 'userId?',
      attributes: 'attributes?',
      capabilities: 'capabilities?',
    },
    example: { ...zoe, attributes: { role: 'host' } },
    returns: nothing,
  },
  unpublish: {
    meaning: 'A participant stops publishing. Subscriptions to it end.',
    members: participant,
    example: zoe,
    returns: nothing,
  },
  leave: {
    meaning: 'A participant leaves. The session ends with the last one.',
    members: participant,
    example: zoe,
    returns: nothing,
  },
  failRecording: {
    meaning:
      'The recording of a participant fails: with Recording Start Failure before it is ACTIVE, else with Recording End Failure.',
    members: { ...participant, errorCode: 'outputError?' },
    example: { stageArn: demo.recordedStageArn, participantId: 'alice0000001' },
    returns: nothing,
  },
  startIngest: {
    meaning:
      'An encoder starts to send to the stage of an ingest configuration, by stream key or by the ARN, which selects the first key.',
    members: ingest,
    example: camera,
    returns: joined,
    answer: { sessionId: 'st-OpenMic000001', participantId: 'sparecamera1' },
  },
  stopIngest: {
    meaning: 'An encoder stops.',
    members: ingest,
    example: camera,
    returns: nothing,
  },
};
