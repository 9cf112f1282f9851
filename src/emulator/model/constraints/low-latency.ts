// What Low-Latency asks of its input beyond the types that the SDK carries.
import { ivs } from '../aws-model.ts';
import {
  anyArn,
  arn,
  arnOrEmpty,
  bucketName,
  type Constraints,
  type Exclusive,
  each,
  length,
  matching,
  oneOf,
  oneOfOrEmpty,
  paging,
  range,
  resourceName,
  size,
} from './shapes.ts';

const tagKey = matching(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u, 1, 128);
const tagValue = matching(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, 0, 256);
const viewerSession = {
  channelArn: arn('channel'),
  viewerId: length(1, 40),
  viewerSessionVersionsLessThanOrEqualTo: range(0),
};
// Three kinds of ARN have no lower bound in the model; the pattern refuses the empty string anyway.
const recordingConfiguration = { arn: { ...arn('recording-configuration'), min: 0 } };
const adConfiguration = { arn: { ...arn('ad-configuration'), min: 0 } };

export const lowLatency: Constraints = {
  '*': {
    ...paging,
    name: resourceName,
    tags: { ...size(0, 50, tagValue), keys: tagKey },
    channelArn: arn('channel'),
    recordingConfigurationArn: arnOrEmpty('recording-configuration'),
    playbackRestrictionPolicyArn: arnOrEmpty('playback-restriction-policy'),
    adConfigurationArn: arnOrEmpty('ad-configuration'),
    latencyMode: oneOf(ivs.ChannelLatencyMode),
    type: oneOf(ivs.ChannelType),
    preset: oneOfOrEmpty(ivs.TranscodePreset),
    containerFormat: oneOf(ivs.ContainerFormat),
    allowedCountries: each(length(2, 2)),
    allowedOrigins: each(length(0, 128)),
    mediaTailorPlaybackConfigurations: size(1, 3),
    durationSeconds: range(1, 300),
    resourceArn: anyArn,
  },

  GetChannelRequest: { arn: arn('channel') },
  DeleteChannelRequest: { arn: arn('channel') },
  UpdateChannelRequest: { arn: arn('channel') },
  BatchGetChannelRequest: { arns: size(1, 50, arn('channel')) },
  ListChannelsRequest: {
    filterByName: resourceName,
    filterByRecordingConfigurationArn: arnOrEmpty('recording-configuration'),
    filterByPlaybackRestrictionPolicyArn: arnOrEmpty('playback-restriction-policy'),
    filterByAdConfigurationArn: arnOrEmpty('ad-configuration'),
  },
  MultitrackInputConfiguration: {
    policy: oneOf(ivs.MultitrackPolicy),
    maximumResolution: oneOf(ivs.MultitrackMaximumResolution),
  },

  GetStreamKeyRequest: { arn: arn('stream-key') },
  DeleteStreamKeyRequest: { arn: arn('stream-key') },
  BatchGetStreamKeyRequest: { arns: size(1, 50, arn('stream-key')) },
  ListStreamKeysRequest: { maxResults: range(1, 50) },

  GetStreamSessionRequest: { streamId: matching(/^st-[a-zA-Z0-9]+$/, 26, 26) },
  StreamFilters: { health: oneOf(ivs.StreamHealth) },
  PutMetadataRequest: { metadata: range(1) },

  GetPlaybackKeyPairRequest: { arn: arn('playback-key') },
  DeletePlaybackKeyPairRequest: { arn: arn('playback-key') },

  GetPlaybackRestrictionPolicyRequest: { arn: arn('playback-restriction-policy') },
  DeletePlaybackRestrictionPolicyRequest: { arn: arn('playback-restriction-policy') },
  UpdatePlaybackRestrictionPolicyRequest: { arn: arn('playback-restriction-policy') },

  GetRecordingConfigurationRequest: recordingConfiguration,
  DeleteRecordingConfigurationRequest: recordingConfiguration,
  CreateRecordingConfigurationRequest: { recordingReconnectWindowSeconds: range(0, 300) },
  S3DestinationConfiguration: { bucketName },
  ThumbnailConfiguration: {
    recordingMode: oneOf(ivs.RecordingMode),
    targetIntervalSeconds: range(1, 60),
    resolution: oneOf(ivs.ThumbnailConfigurationResolution),
    storage: each(oneOf(ivs.ThumbnailConfigurationStorage)),
  },
  RenditionConfiguration: {
    renditionSelection: oneOf(ivs.RenditionConfigurationRenditionSelection),
    renditions: each(oneOf(ivs.RenditionConfigurationRendition)),
  },

  GetAdConfigurationRequest: adConfiguration,
  DeleteAdConfigurationRequest: adConfiguration,
  UpdateAdConfigurationRequest: adConfiguration,
  MediaTailorPlaybackConfiguration: {
    playbackConfigurationArn: matching(
      /^arn:aws:mediatailor:[a-z0-9-]+:[0-9]+:playbackConfiguration\/[a-zA-Z0-9-]+$/,
      0,
      128,
    ),
  },

  StartViewerSessionRevocationRequest: viewerSession,
  BatchStartViewerSessionRevocationRequest: { viewerSessions: size(1, 20) },
  BatchStartViewerSessionRevocationViewerSession: viewerSession,

  UntagResourceRequest: { tagKeys: size(0, 50, tagKey) },
};

export const lowLatencyExclusive: Record<string, Exclusive> = {
  ListChannelsRequest: {
    members: [
      'filterByName',
      'filterByRecordingConfigurationArn',
      'filterByPlaybackRestrictionPolicyArn',
      'filterByAdConfigurationArn',
    ],
    error: 'ConflictException',
  },
};
