// Where a composition shall send its picture; part of a CompositionDestination.
import type {
  ChannelDestinationConfiguration as AwsChannelDestination,
  DestinationConfiguration as AwsDestination,
  CompositionRecordingHlsConfiguration as AwsHls,
  RecordingConfiguration as AwsRecording,
  S3DestinationConfiguration as AwsS3Destination,
  CompositionThumbnailConfiguration as AwsThumbnails,
  RecordingConfigurationFormat as Format,
} from '@aws-sdk/client-ivs-realtime';
import { builder } from '../language/builder.ts';
import { costs } from '../language/costs.ts';
import { enumeration } from '../language/enumeration.ts';
import { Channel, channels } from '../low-latency/channel.ts';
import { ThumbnailStorageType } from './auto-participant-recording-configuration.ts';
import { EncoderConfiguration, encoderConfigurations } from './encoder-configuration.ts';
import { StorageConfiguration, storageConfigurations } from './storage-configuration.ts';

const CompositionRecordingConfigurationFormat = enumeration<Format>(
  'CompositionRecordingConfigurationFormat',
  'The files that a recording of a composition is made of.',
  { HLS: 'Playlists and segments of HLS.' },
);

const ChannelDestinationConfiguration = builder
  .objectRef<AwsChannelDestination>('ChannelDestinationConfiguration')
  .implement({
    description: 'A channel that a composition is broadcast on.',
    fields: (t) => ({
      channelArn: t.exposeID('channelArn', { description: 'ARN of the channel.' }),
      channel: t.field({
        type: Channel,
        description: 'The channel.',
        resolve: ({ channelArn: arn }, _args, context, info) => channels.resolveRef({ arn }, context, info),
      }),
      encoderConfigurationArn: t.exposeID('encoderConfigurationArn', {
        description: 'ARN of the encoder configuration; null when AWS’s defaults are used.',
      }),
      encoderConfiguration: t.field({
        type: EncoderConfiguration,
        description: 'How the picture is encoded; null when AWS’s defaults are used.',
        resolve: ({ encoderConfigurationArn: arn }, _args, context, info) =>
          encoderConfigurations.resolveRef({ arn }, context, info),
      }),
    }),
  });

const CompositionRecordingHlsConfiguration = builder
  .objectRef<AwsHls>('CompositionRecordingHlsConfiguration')
  .implement({
    description: 'The shape of the recorded HLS files.',
    fields: (t) => ({
      targetSegmentDurationSeconds: t.exposeInt('targetSegmentDurationSeconds', {
        description: 'Seconds that a segment should last, 2 to 10.',
      }),
    }),
  });

const CompositionRecordingConfiguration = builder
  .objectRef<AwsRecording>('CompositionRecordingConfiguration')
  .implement({
    description: 'The files of a recorded composition.',
    fields: (t) => ({
      hlsConfiguration: t.expose('hlsConfiguration', {
        type: CompositionRecordingHlsConfiguration,
        description: 'The shape of the recorded HLS files.',
      }),
      format: t.expose('format', {
        type: CompositionRecordingConfigurationFormat,
        description: 'What the files are.',
      }),
    }),
  });

const CompositionThumbnailConfiguration = builder
  .objectRef<AwsThumbnails>('CompositionThumbnailConfiguration')
  .implement({
    description: 'Thumbnails taken of a recorded composition.',
    fields: (t) => ({
      targetIntervalSeconds: t.exposeInt('targetIntervalSeconds', {
        description: 'Seconds between two thumbnails, 1 to 86400.',
      }),
      storage: t.expose('storage', {
        type: [ThumbnailStorageType],
        description: 'How the thumbnails are kept.',
      }),
    }),
  });

const CompositionS3DestinationConfiguration = builder
  .objectRef<AwsS3Destination>('CompositionS3DestinationConfiguration')
  .implement({
    description: 'Where and how a composition is recorded.',
    fields: (t) => ({
      storageConfigurationArn: t.exposeID('storageConfigurationArn', {
        description: 'ARN of the storage configuration: where the recording goes.',
      }),
      storageConfiguration: t.field({
        type: StorageConfiguration,
        description: 'Where the recording goes.',
        resolve: ({ storageConfigurationArn: arn }, _args, context, info) =>
          storageConfigurations.resolveRef({ arn }, context, info),
      }),
      encoderConfigurationArns: t.exposeIDList('encoderConfigurationArns', {
        description: 'ARNs of how the picture is encoded; one.',
      }),
      encoderConfigurations: t.field({
        type: [EncoderConfiguration],
        nullable: { list: true, items: true },
        description: 'How the picture is encoded; one.',
        ...costs({ maxItems: 1 }),
        resolve: ({ encoderConfigurationArns: arns }, _args, context, info) =>
          arns?.map((arn) => encoderConfigurations.resolveRef({ arn }, context, info)),
      }),
      recordingConfiguration: t.expose('recordingConfiguration', {
        type: CompositionRecordingConfiguration,
        description: 'The files of the recording.',
      }),
      thumbnailConfigurations: t.expose('thumbnailConfigurations', {
        type: [CompositionThumbnailConfiguration],
        description: 'Thumbnails beside the recording; at most one entry, none when none are taken.',
      }),
    }),
  });

export const CompositionDestinationConfiguration = builder
  .objectRef<AwsDestination>('CompositionDestinationConfiguration')
  .implement({
    description: 'Where a composition sends its picture: to a channel or to S3.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Given by its maker, up to 128 characters.' }),
      channel: t.expose('channel', {
        type: ChannelDestinationConfiguration,
        description: 'The channel that it is broadcast on; null when it is recorded.',
      }),
      s3: t.expose('s3', {
        type: CompositionS3DestinationConfiguration,
        description: 'Where it is recorded; null when it is broadcast.',
      }),
    }),
  });

const ChannelDestinationConfigurationInput = builder.inputType('ChannelDestinationConfigurationInput', {
  description: 'A channel to broadcast a composition on.',
  fields: (t) => ({
    channelArn: t.id({
      required: true,
      description: 'ARN of the channel. It must be in the region of the stage and not be live.',
    }),
    encoderConfigurationArn: t.id({
      description: 'ARN of an encoder configuration. AWS’s default: 1280 × 720 at 30 frames a second.',
    }),
  }),
});

const CompositionRecordingHlsConfigurationInput = builder.inputType(
  'CompositionRecordingHlsConfigurationInput',
  {
    description: 'The shape of the recorded HLS files.',
    fields: (t) => ({
      targetSegmentDurationSeconds: t.int({
        description: 'Seconds a segment should last, 2 to 10. AWS’s default: 2.',
      }),
    }),
  },
);

const CompositionRecordingConfigurationInput = builder.inputType('CompositionRecordingConfigurationInput', {
  description: 'The files of a recorded composition.',
  fields: (t) => ({
    hlsConfiguration: t.field({
      type: CompositionRecordingHlsConfigurationInput,
      description: 'The shape of the recorded HLS files.',
    }),
    format: t.field({
      type: CompositionRecordingConfigurationFormat,
      description: 'What the files shall be. AWS’s default: HLS.',
    }),
  }),
});

const CompositionThumbnailConfigurationInput = builder.inputType('CompositionThumbnailConfigurationInput', {
  description: 'Thumbnails to take of a recorded composition.',
  fields: (t) => ({
    targetIntervalSeconds: t.int({
      description: 'Seconds between two thumbnails, 1 to 86400. AWS’s default: 60.',
    }),
    storage: t.field({
      type: [ThumbnailStorageType],
      description: 'How to keep them. AWS’s default: SEQUENTIAL.',
    }),
  }),
});

const CompositionS3DestinationConfigurationInput = builder.inputType(
  'CompositionS3DestinationConfigurationInput',
  {
    description: 'Where and how to record a composition.',
    fields: (t) => ({
      storageConfigurationArn: t.id({
        required: true,
        description: 'ARN of a storage configuration: where the recording shall go.',
      }),
      encoderConfigurationArns: t.idList({
        required: true,
        description: 'ARNs of how to encode the picture; exactly one.',
      }),
      recordingConfiguration: t.field({
        type: CompositionRecordingConfigurationInput,
        description: 'The files of the recording.',
      }),
      thumbnailConfigurations: t.field({
        type: [CompositionThumbnailConfigurationInput],
        description: 'Thumbnails to take, at most one entry; none are taken when not given.',
      }),
    }),
  },
);

export const CompositionDestinationConfigurationInput = builder.inputType(
  'CompositionDestinationConfigurationInput',
  {
    description: 'Where a composition shall send its picture: one of `channel` and `s3`.',
    fields: (t) => ({
      name: t.string({ description: 'Up to 128 letters, digits, `-` and `_`.' }),
      channel: t.field({
        type: ChannelDestinationConfigurationInput,
        description: 'A channel to broadcast on.',
      }),
      s3: t.field({ type: CompositionS3DestinationConfigurationInput, description: 'Where to record.' }),
    }),
  },
);
