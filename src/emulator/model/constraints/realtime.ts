// What Real-Time asks of its input beyond the types that the SDK carries.
import { ivsRealtime as ivs } from '../aws-model.ts';
import {
  anyArn,
  arn,
  arnOrEmpty,
  bucketName,
  type Constraints,
  type Exclusive,
  length,
  matching,
  oneOf,
  paging,
  range,
  resourceName,
  size,
} from './shapes.ts';

const tagKey = length(1, 128);
const attributeName = resourceName;
const capabilities = size(0, 2, oneOf(ivs.ParticipantTokenCapability));
const token = { duration: range(1, 20_160), userId: length(0, 128), capabilities };
const thumbnails = {
  targetIntervalSeconds: range(1, 86_400),
  storage: size(0, 2, oneOf(ivs.ThumbnailStorageType)),
};
const segments = { targetSegmentDurationSeconds: range(2, 10) };
const featured = {
  featuredParticipantAttribute: attributeName,
  participantOrderAttribute: attributeName,
  videoFillMode: oneOf(ivs.VideoFillMode),
  gridGap: range(0),
};

export const realtime: Constraints = {
  '*': {
    ...paging,
    name: resourceName,
    tags: { ...size(0, 50, length(0, 256)), keys: tagKey },
    stageArn: arn('stage'),
    sourceStageArn: arn('stage'),
    destinationStageArn: arn('stage'),
    filterByStageArn: arn('stage'),
    filterByEncoderConfigurationArn: arn('encoder-configuration'),
    sessionId: matching(/^st-[a-zA-Z0-9]+$/, 16, 16),
    participantId: matching(/^[a-zA-Z0-9_-]*$/, 0, 64),
    userId: length(0, 128),
    resourceArn: anyArn,
  },

  GetStageRequest: { arn: arn('stage') },
  DeleteStageRequest: { arn: arn('stage') },
  UpdateStageRequest: { arn: arn('stage') },
  CreateStageRequest: { participantTokenConfigurations: size(0, 12) },
  AutoParticipantRecordingConfiguration: {
    storageConfigurationArn: arnOrEmpty('storage-configuration'),
    mediaTypes: size(0, 1, oneOf(ivs.ParticipantRecordingMediaType)),
    recordingReconnectWindowSeconds: range(0, 300),
  },
  ParticipantThumbnailConfiguration: { ...thumbnails, recordingMode: oneOf(ivs.ThumbnailRecordingMode) },
  ParticipantRecordingHlsConfiguration: segments,

  ListParticipantsRequest: {
    filterByUserId: length(0, 128),
    filterByState: oneOf(ivs.ParticipantState),
    filterByRecordingState: oneOf(ivs.ParticipantRecordingFilterByRecordingState),
  },
  DisconnectParticipantRequest: { reason: length(0, 128) },
  ListParticipantReplicasRequest: { maxResults: range(1, 50) },
  StartParticipantReplicationRequest: { reconnectWindowSeconds: range(0, 300) },

  CreateParticipantTokenRequest: token,
  ParticipantTokenConfiguration: token,

  GetCompositionRequest: { arn: arn('composition') },
  StopCompositionRequest: { arn: arn('composition') },
  StartCompositionRequest: {
    idempotencyToken: matching(/^[a-zA-Z0-9_-]*$/, 1, 64),
    destinations: size(1, 2),
  },
  GridConfiguration: { ...featured, videoAspectRatio: oneOf(ivs.VideoAspectRatio) },
  PipConfiguration: {
    ...featured,
    pipParticipantAttribute: attributeName,
    pipBehavior: oneOf(ivs.PipBehavior),
    pipOffset: range(0),
    pipPosition: oneOf(ivs.PipPosition),
    pipWidth: range(1),
    pipHeight: range(1),
  },
  ChannelDestinationConfiguration: {
    channelArn: arn('channel'),
    encoderConfigurationArn: arn('encoder-configuration'),
  },
  S3DestinationConfiguration: {
    storageConfigurationArn: arn('storage-configuration'),
    encoderConfigurationArns: size(1, 1, arn('encoder-configuration')),
    thumbnailConfigurations: size(0, 1),
  },
  RecordingConfiguration: { format: oneOf(ivs.RecordingConfigurationFormat) },
  CompositionRecordingHlsConfiguration: segments,
  CompositionThumbnailConfiguration: thumbnails,

  GetEncoderConfigurationRequest: { arn: arn('encoder-configuration') },
  DeleteEncoderConfigurationRequest: { arn: arn('encoder-configuration') },
  Video: {
    width: range(2, 1920),
    height: range(2, 1920),
    framerate: range(1, 60),
    bitrate: range(1, 8_500_000),
  },

  GetStorageConfigurationRequest: { arn: arn('storage-configuration') },
  DeleteStorageConfigurationRequest: { arn: arn('storage-configuration') },
  S3StorageConfiguration: { bucketName },

  GetIngestConfigurationRequest: { arn: arn('ingest-configuration') },
  DeleteIngestConfigurationRequest: { arn: arn('ingest-configuration') },
  UpdateIngestConfigurationRequest: { arn: arn('ingest-configuration'), stageArn: arnOrEmpty('stage') },
  CreateIngestConfigurationRequest: {
    stageArn: arnOrEmpty('stage'),
    ingestProtocol: oneOf(ivs.IngestProtocol),
  },
  ListIngestConfigurationsRequest: { filterByState: oneOf(ivs.IngestConfigurationState) },

  GetPublicKeyRequest: { arn: arn('public-key') },
  DeletePublicKeyRequest: { arn: arn('public-key') },
  ImportPublicKeyRequest: {
    publicKeyMaterial: {
      pattern:
        /^.*-----BEGIN PUBLIC KEY-----\r?\n([a-zA-Z0-9+/=\r\n]+)\r?\n-----END PUBLIC KEY-----(\r?\n)?.*$/,
    },
  },

  UntagResourceRequest: { tagKeys: size(0, 50, tagKey) },
};

export const realtimeExclusive: Record<string, Exclusive> = {
  ListParticipantsRequest: {
    members: ['filterByUserId', 'filterByPublished', 'filterByState', 'filterByRecordingState'],
    error: 'ValidationException',
  },
  ListIngestConfigurationsRequest: {
    members: ['filterByStageArn', 'filterByState'],
    error: 'ValidationException',
  },
};
