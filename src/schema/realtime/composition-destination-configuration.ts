// Where a composition sends its video; part of a CompositionDestination.
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
  'File format of a recorded composition.',
  { HLS: 'HLS playlists and segments.' },
);

const CompositionChannelDestinationConfiguration = awsObject<AwsChannelDestination>(
  'CompositionChannelDestinationConfiguration',
  'A channel that broadcasts a composition.',
  {
    channelArn: ['ID', 'ARN of the channel.'],
    encoderConfigurationArn: ['ID', 'ARN of the encoder configuration. Null when AWS’s defaults apply.'],
  },
  (t) => ({
    channel: reference(t, channels, 'The channel.', ({ channelArn: arn }) => ({ arn })),
    encoderConfiguration: reference(
      t,
      encoderConfigurations,
      'Encoder configuration. Null when AWS’s defaults apply.',
      ({ encoderConfigurationArn: arn }) => ({ arn }),
    ),
  }),
);

const CompositionRecordingHlsConfiguration = awsObject<AwsHls>(
  'CompositionRecordingHlsConfiguration',
  'HLS settings of the recording.',
  {
    targetSegmentDurationSeconds: ['Int', 'Target duration of a segment. Unit: seconds, 2 to 10.'],
  },
);

const CompositionRecordingConfiguration = awsObject<AwsRecording>(
  'CompositionRecordingConfiguration',
  'File settings of a recorded composition.',
  {
    hlsConfiguration: [CompositionRecordingHlsConfiguration, 'HLS settings of the recording.'],
    format: [CompositionRecordingFormat, 'File format.'],
  },
);

const CompositionThumbnailConfiguration = awsObject<AwsThumbnails>(
  'CompositionThumbnailConfiguration',
  'Thumbnail settings of a recorded composition.',
  {
    targetIntervalSeconds: ['Int', 'Interval between thumbnails. Unit: seconds, 1 to 86400.'],
    storage: [[ThumbnailStorage], 'Storage of the thumbnails.'],
  },
);

const CompositionS3DestinationConfiguration = awsObject<AwsS3Destination>(
  'CompositionS3DestinationConfiguration',
  'Recording settings of a composition.',
  {
    storageConfigurationArn: ['ID', 'ARN of the storage configuration.'],
    encoderConfigurationArns: [['ID'], 'ARNs of the encoder configurations: one.'],
    recordingConfiguration: [CompositionRecordingConfiguration, 'File settings of the recording.'],
    thumbnailConfigurations: [
      [CompositionThumbnailConfiguration],
      'Thumbnail settings. One entry, or none when no thumbnails are taken.',
    ],
  },
  (t) => ({
    storageConfiguration: reference(
      t,
      storageConfigurations,
      'Storage of the recording.',
      ({ storageConfigurationArn: arn }) => ({
        arn,
      }),
    ),
    encoderConfigurations: t.field({
      type: [EncoderConfiguration],
      nullable: { list: true, items: true },
      description: 'Encoder configurations: one.',
      ...costs({ maxItems: 1 }),
      resolve: ({ encoderConfigurationArns: arns }, _args, context, info) =>
        arns?.map((arn) => encoderConfigurations.resolveRef({ arn }, context, info)),
    }),
  }),
);

export const CompositionDestinationConfiguration = awsObject<AwsDestination>(
  'CompositionDestinationConfiguration',
  'Settings of a destination: a channel or S3.',
  {
    name: ['String', 'Name given at creation, up to 128 characters.'],
    channel: [
      CompositionChannelDestinationConfiguration,
      'Channel that broadcasts it. Null for a recording.',
    ],
    s3: [CompositionS3DestinationConfiguration, 'Recording settings. Null for a channel.'],
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
        description:
          'ARN of a channel in the region of the stage. If it is live or has no stream key, the destination fails.',
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
  'HLS settings of the recording.',
  {
    targetSegmentDurationSeconds: ['Int', 'Seconds a segment should last, 2 to 10. AWS’s default: 2.'],
  },
);

const CompositionRecordingConfigurationInput = awsInput<AwsRecording>(
  'CompositionRecordingConfigurationInput',
  'File settings of a recorded composition.',
  {
    hlsConfiguration: [CompositionRecordingHlsConfigurationInput, 'HLS settings of the recording.'],
    format: [CompositionRecordingFormat, 'File format. AWS’s default: HLS.'],
  },
);

const CompositionThumbnailConfigurationInput = awsInput<AwsThumbnails>(
  'CompositionThumbnailConfigurationInput',
  'Thumbnail settings of a recorded composition.',
  {
    targetIntervalSeconds: [
      'Int',
      'Interval between thumbnails. Unit: seconds, 1 to 86400. AWS’s default: 60.',
    ],
    storage: [[ThumbnailStorage], 'Storage of the thumbnails. AWS’s default: SEQUENTIAL.'],
  },
);

const CompositionS3DestinationConfigurationInput = awsInput<Named<AwsS3Destination>>(
  'CompositionS3DestinationConfigurationInput',
  'Recording settings of a composition.',
  {
    name,
    storageConfigurationArn: [
      'ID',
      { required: true, description: 'ARN of the storage configuration for the recording.' },
    ],
    encoderConfigurationArns: [
      ['ID'],
      { required: true, description: 'ARNs of encoder configurations: exactly one.' },
    ],
    recordingConfiguration: [CompositionRecordingConfigurationInput, 'File settings of the recording.'],
    thumbnailConfigurations: [
      [CompositionThumbnailConfigurationInput],
      'Thumbnail settings. Limit: one entry. No thumbnails when omitted.',
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
    channel: [CompositionChannelDestinationConfigurationInput, 'Channel to broadcast on.'],
    s3: [CompositionS3DestinationConfigurationInput, 'A storage configuration to record to.'],
  },
  { isOneOf: true },
);

/** A destination as AWS takes it. */
export function toDestination({ channel, s3 }: DestinationInput): AwsDestination {
  const { name, ...rest } = channel ?? s3 ?? {};
  return { name, [channel ? 'channel' : 's3']: rest };
}
