// What each operation of Real-Time is called with when it is to succeed.
import type * as ivsRealtime from '@aws-sdk/client-ivs-realtime';
import { TOWN_HALL_SESSION } from '../../support/emulate.ts';
import { arnOf, made, newKey, type SamplesOf, tags } from './sample.ts';

const stageArn = arnOf('stage', 'town-hall');
const idleStage = arnOf('stage', 'rehearsal');
const session = { stageArn, sessionId: TOWN_HALL_SESSION };
const encoderConfigurationArn = arnOf('encoder-configuration', 'hd');
const storageConfigurationArn = arnOf('storage-configuration', 'archive');
const attributes = { displayName: 'Sample' };
// One whom the demo world copies, and one whom it does not
const [copied, alone] = ['carol0000001', 'alice0000001'];

const nothing = () => undefined;

export const realtimeSamples: SamplesOf<typeof ivsRealtime> = {
  CreateStage: {
    input: {
      name: 'sample',
      participantTokenConfigurations: [
        { duration: 60, userId: 'ann', attributes, capabilities: ['PUBLISH', 'SUBSCRIBE'] },
      ],
      autoParticipantRecordingConfiguration: {
        storageConfigurationArn,
        mediaTypes: ['AUDIO_VIDEO'],
        thumbnailConfiguration: {
          targetIntervalSeconds: 60,
          storage: ['LATEST'],
          recordingMode: 'INTERVAL',
        },
        recordingReconnectWindowSeconds: 30,
        hlsConfiguration: { targetSegmentDurationSeconds: 6 },
        recordParticipantReplicas: true,
      },
      tags,
    },
  },
  GetStage: { input: { arn: stageArn } },
  ListStages: { input: {} },
  UpdateStage: {
    input: {
      arn: idleStage,
      name: 'sample',
      autoParticipantRecordingConfiguration: { storageConfigurationArn },
    },
  },
  DeleteStage: { input: { arn: stageArn } },
  GetStageSession: { input: session },
  ListStageSessions: { input: { stageArn: arnOf('stage', 'podcast-studio') } },

  GetParticipant: { input: { ...session, participantId: copied } },
  ListParticipants: { input: session },
  ListParticipantEvents: { input: { ...session, participantId: copied } },
  DisconnectParticipant: { input: { stageArn, participantId: alone, reason: 'because' } },
  CreateParticipantToken: {
    input: { stageArn, duration: 60, userId: 'ann', attributes, capabilities: ['SUBSCRIBE'] },
  },

  StartParticipantReplication: {
    input: {
      sourceStageArn: stageArn,
      destinationStageArn: idleStage,
      participantId: alone,
      reconnectWindowSeconds: 30,
      attributes,
    },
  },
  StopParticipantReplication: {
    input: {
      sourceStageArn: stageArn,
      destinationStageArn: arnOf('stage', 'green-room'),
      participantId: copied,
    },
  },
  ListParticipantReplicas: {
    input: { sourceStageArn: stageArn, participantId: copied },
    prepare: (send) =>
      send('StartParticipantReplication', {
        sourceStageArn: stageArn,
        destinationStageArn: idleStage,
        participantId: copied,
      }).then(nothing),
  },

  CreateIngestConfiguration: {
    input: {
      name: 'sample',
      stageArn: idleStage,
      userId: 'ann',
      attributes,
      ingestProtocol: 'RTMPS',
      insecureIngest: false,
      redundantIngest: true,
      tags,
    },
  },
  GetIngestConfiguration: { input: { arn: arnOf('ingest-configuration', 'spare-camera') } },
  ListIngestConfigurations: { input: {} },
  UpdateIngestConfiguration: {
    input: {
      arn: arnOf('ingest-configuration', 'spare-camera'),
      stageArn: idleStage,
      redundantIngest: false,
    },
  },
  DeleteIngestConfiguration: { input: { arn: arnOf('ingest-configuration', 'spare-camera'), force: true } },

  ImportPublicKey: { input: { name: 'sample', publicKeyMaterial: newKey(), tags } },
  GetPublicKey: { input: { arn: arnOf('public-key', 'token-signing') } },
  ListPublicKeys: {
    input: {},
    prepare: (send) => send('ImportPublicKey', { publicKeyMaterial: newKey() }).then(nothing),
  },
  DeletePublicKey: { input: { arn: arnOf('public-key', 'token-signing') } },

  StartComposition: {
    input: {
      stageArn: arnOf('stage', 'open-mic'),
      idempotencyToken: 'once',
      layout: { grid: { featuredParticipantAttribute: 'host', videoAspectRatio: 'PORTRAIT', gridGap: 4 } },
      destinations: [
        {
          name: 'recording',
          s3: {
            storageConfigurationArn,
            encoderConfigurationArns: [encoderConfigurationArn],
            recordingConfiguration: { format: 'HLS', hlsConfiguration: { targetSegmentDurationSeconds: 4 } },
            thumbnailConfigurations: [{ targetIntervalSeconds: 30, storage: ['SEQUENTIAL'] }],
          },
        },
        {
          name: 'broadcast',
          channel: { channelArn: arnOf('channel', 'night-market'), encoderConfigurationArn },
        },
      ],
      tags,
    },
  },
  GetComposition: { input: { arn: arnOf('composition', 'town-hall') } },
  ListCompositions: { input: {} },
  StopComposition: { input: { arn: arnOf('composition', 'town-hall') } },

  CreateEncoderConfiguration: {
    input: { name: 'sample', video: { width: 1280, height: 720, framerate: 30, bitrate: 2_500_000 }, tags },
  },
  GetEncoderConfiguration: { input: { arn: encoderConfigurationArn } },
  ListEncoderConfigurations: { input: {} },
  DeleteEncoderConfiguration: {
    input: { arn: encoderConfigurationArn },
    prepare: async (send) => made((await send('CreateEncoderConfiguration', {})).encoderConfiguration),
  },

  CreateStorageConfiguration: { input: { name: 'sample', s3: { bucketName: 'sample-bucket' }, tags } },
  GetStorageConfiguration: { input: { arn: storageConfigurationArn } },
  ListStorageConfigurations: { input: {} },
  DeleteStorageConfiguration: {
    input: { arn: storageConfigurationArn },
    prepare: async (send) =>
      made(
        (await send('CreateStorageConfiguration', { s3: { bucketName: 'another' } })).storageConfiguration,
      ),
  },

  ListTagsForResource: { input: { resourceArn: stageArn } },
  TagResource: { input: { resourceArn: stageArn, tags } },
  UntagResource: { input: { resourceArn: stageArn, tagKeys: ['team', 'environment'] } },
};
