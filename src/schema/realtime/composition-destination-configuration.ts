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
import { awsInput, awsObject } from '../language/aws-types.ts';
import { costs } from '../language/costs.ts';
import { enumeration } from '../language/enumeration.ts';
import { channels } from '../low-latency/channel.ts';
import { ThumbnailStorage } from '../low-latency/recording-enums.ts';
import { reference } from '../patterns/relations.ts';
import { EncoderConfiguration, encoderConfigurations } from './encoder-configuration.ts';
import { storageConfigurations } from './storage-configuration.ts';

const CompositionRecordingFormat = enumeration<Format>(
  'CompositionRecordingFormat',
  'The files that a recording of a composition is made of.',
  { HLS: 'Playlists and segments of HLS.' },
);

const CompositionChannelDestinationConfiguration = awsObject<AwsChannelDestination>(
  'CompositionChannelDestinationConfiguration',
  'A channel that a composition is broadcast on.',
  {
    channelArn: ['ID', 'ARN of the channel.'],
    encoderConfigurationArn: ['ID', 'ARN of the encoder configuration; null when AWS’s defaults are used.'],
  },
  (t) => ({
    channel: reference(t, channels, 'The channel.', ({ channelArn: arn }) => ({ arn })),
    encoderConfiguration: reference(
      t,
      encoderConfigurations,
      'How the picture is encoded; null when AWS’s defaults are used.',
      ({ encoderConfigurationArn: arn }) => ({ arn }),
    ),
  }),
);

const CompositionRecordingHlsConfiguration = awsObject<AwsHls>(
  'CompositionRecordingHlsConfiguration',
  'The shape of the recorded HLS files.',
  {
    targetSegmentDurationSeconds: ['Int', 'Seconds that a segment should last, 2 to 10.'],
  },
);

const CompositionRecordingConfiguration = awsObject<AwsRecording>(
  'CompositionRecordingConfiguration',
  'The files of a recorded composition.',
  {
    hlsConfiguration: [CompositionRecordingHlsConfiguration, 'The shape of the recorded HLS files.'],
    format: [CompositionRecordingFormat, 'What the files are.'],
  },
);

const CompositionThumbnailConfiguration = awsObject<AwsThumbnails>(
  'CompositionThumbnailConfiguration',
  'Thumbnails taken of a recorded composition.',
  {
    targetIntervalSeconds: ['Int', 'Seconds between two thumbnails, 1 to 86400.'],
    storage: [[ThumbnailStorage], 'How the thumbnails are kept.'],
  },
);

const CompositionS3DestinationConfiguration = awsObject<AwsS3Destination>(
  'CompositionS3DestinationConfiguration',
  'Where and how a composition is recorded.',
  {
    storageConfigurationArn: ['ID', 'ARN of the storage configuration: where the recording goes.'],
    encoderConfigurationArns: [['ID'], 'ARNs of how the picture is encoded; one.'],
    recordingConfiguration: [CompositionRecordingConfiguration, 'The files of the recording.'],
    thumbnailConfigurations: [
      [CompositionThumbnailConfiguration],
      'Thumbnails beside the recording; at most one entry, none when none are taken.',
    ],
  },
  (t) => ({
    storageConfiguration: reference(
      t,
      storageConfigurations,
      'Where the recording goes.',
      ({ storageConfigurationArn: arn }) => ({
        arn,
      }),
    ),
    encoderConfigurations: t.field({
      type: [EncoderConfiguration],
      nullable: { list: true, items: true },
      description: 'How the picture is encoded; one.',
      ...costs({ maxItems: 1 }),
      resolve: ({ encoderConfigurationArns: arns }, _args, context, info) =>
        arns?.map((arn) => encoderConfigurations.resolveRef({ arn }, context, info)),
    }),
  }),
);

export const CompositionDestinationConfiguration = awsObject<AwsDestination>(
  'CompositionDestinationConfiguration',
  'Where a composition sends its picture: to a channel or to S3.',
  {
    name: ['String', 'Given by its maker, up to 128 characters.'],
    channel: [
      CompositionChannelDestinationConfiguration,
      'The channel that it is broadcast on; null when it is recorded.',
    ],
    s3: [CompositionS3DestinationConfiguration, 'Where it is recorded; null when it is broadcast.'],
  },
);

/** AWS has the name beside the kind of destination, of which it takes exactly one. */
type Named<Destination> = Destination & Pick<AwsDestination, 'name'>;
const name = ['String', 'Name of the destination, up to 128 letters, digits, `-` and `_`.'] as const;

const CompositionChannelDestinationConfigurationInput = awsInput<Named<AwsChannelDestination>>(
  'CompositionChannelDestinationConfigurationInput',
  'A channel to broadcast a composition on.',
  {
    name,
    channelArn: [
      'ID',
      {
        required: true,
        description: 'ARN of the channel. It must be in the region of the stage and not be live.',
      },
    ],
    encoderConfigurationArn: [
      'ID',
      'ARN of an encoder configuration. AWS’s default: 1280 × 720 at 30 frames a second.',
    ],
  },
);

const CompositionRecordingHlsConfigurationInput = awsInput<AwsHls>(
  'CompositionRecordingHlsConfigurationInput',
  'The shape of the recorded HLS files.',
  {
    targetSegmentDurationSeconds: ['Int', 'Seconds a segment should last, 2 to 10. AWS’s default: 2.'],
  },
);

const CompositionRecordingConfigurationInput = awsInput<AwsRecording>(
  'CompositionRecordingConfigurationInput',
  'The files of a recorded composition.',
  {
    hlsConfiguration: [CompositionRecordingHlsConfigurationInput, 'The shape of the recorded HLS files.'],
    format: [CompositionRecordingFormat, 'What the files shall be. AWS’s default: HLS.'],
  },
);

const CompositionThumbnailConfigurationInput = awsInput<AwsThumbnails>(
  'CompositionThumbnailConfigurationInput',
  'Thumbnails to take of a recorded composition.',
  {
    targetIntervalSeconds: ['Int', 'Seconds between two thumbnails, 1 to 86400. AWS’s default: 60.'],
    storage: [[ThumbnailStorage], 'How to keep them. AWS’s default: SEQUENTIAL.'],
  },
);

const CompositionS3DestinationConfigurationInput = awsInput<Named<AwsS3Destination>>(
  'CompositionS3DestinationConfigurationInput',
  'Where and how to record a composition.',
  {
    name,
    storageConfigurationArn: [
      'ID',
      { required: true, description: 'ARN of a storage configuration: where the recording shall go.' },
    ],
    encoderConfigurationArns: [
      ['ID'],
      { required: true, description: 'ARNs of how to encode the picture; exactly one.' },
    ],
    recordingConfiguration: [CompositionRecordingConfigurationInput, 'The files of the recording.'],
    thumbnailConfigurations: [
      [CompositionThumbnailConfigurationInput],
      'Thumbnails to take, at most one entry; none are taken when not given.',
    ],
  },
);

interface DestinationInput {
  channel?: Named<AwsChannelDestination>;
  s3?: Named<AwsS3Destination>;
}

export const CompositionDestinationConfigurationInput = awsInput<DestinationInput>(
  'CompositionDestinationConfigurationInput',
  'Destination of a composition: a channel or S3.',
  {
    channel: [CompositionChannelDestinationConfigurationInput, 'A channel to broadcast on.'],
    s3: [CompositionS3DestinationConfigurationInput, 'A storage configuration to record to.'],
  },
  { isOneOf: true },
);

/** A destination as AWS takes it. */
export function toDestination({ channel, s3 }: DestinationInput): AwsDestination {
  const { name, ...rest } = channel ?? s3 ?? {};
  return { name, [channel ? 'channel' : 's3']: rest };
}
