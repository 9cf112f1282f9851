import { awsInput, awsObject } from '../language/aws-types.js';
import { costs } from '../language/costs.js';
import { enumeration } from '../language/enumeration.js';
import { channels } from '../low-latency/channel.js';
import { ThumbnailStorage } from '../low-latency/recording-enums.js';
import { reference } from '../patterns/relations.js';
import { EncoderConfiguration, encoderConfigurations } from './encoder-configuration.js';
import { storageConfigurations } from './storage-configuration.js';
const CompositionRecordingFormat = enumeration('CompositionRecordingFormat', 'File format of a recorded composition.', { HLS: 'HLS playlists and segments.' });
const CompositionChannelDestinationConfiguration = awsObject('CompositionChannelDestinationConfiguration', 'A channel that broadcasts a composition.', {
    channelArn: ['ID', 'ARN of the channel.'],
    encoderConfigurationArn: ['ID', 'ARN of the encoder configuration. Null when AWS’s defaults apply.'],
}, (t) => ({
    channel: reference(t, channels, 'The channel.', ({ channelArn: arn }) => ({ arn })),
    encoderConfiguration: reference(t, encoderConfigurations, 'Encoder configuration. Null when AWS’s defaults apply.', ({ encoderConfigurationArn: arn }) => ({ arn })),
}));
const CompositionRecordingHlsConfiguration = awsObject('CompositionRecordingHlsConfiguration', 'HLS settings of the recording.', {
    targetSegmentDurationSeconds: ['Int', 'Target duration of a segment. Unit: seconds, 2 to 10.'],
});
const CompositionRecordingConfiguration = awsObject('CompositionRecordingConfiguration', 'File settings of a recorded composition.', {
    hlsConfiguration: [CompositionRecordingHlsConfiguration, 'HLS settings of the recording.'],
    format: [CompositionRecordingFormat, 'File format.'],
});
const CompositionThumbnailConfiguration = awsObject('CompositionThumbnailConfiguration', 'Thumbnail settings of a recorded composition.', {
    targetIntervalSeconds: ['Int', 'Interval between thumbnails. Unit: seconds, 1 to 86400.'],
    storage: [[ThumbnailStorage], 'Storage of the thumbnails.'],
});
const CompositionS3DestinationConfiguration = awsObject('CompositionS3DestinationConfiguration', 'Recording settings of a composition.', {
    storageConfigurationArn: ['ID', 'ARN of the storage configuration.'],
    encoderConfigurationArns: [['ID'], 'ARNs of the encoder configurations: one.'],
    recordingConfiguration: [CompositionRecordingConfiguration, 'File settings of the recording.'],
    thumbnailConfigurations: [
        [CompositionThumbnailConfiguration],
        'Thumbnail settings. One entry, or none when no thumbnails are taken.',
    ],
}, (t) => ({
    storageConfiguration: reference(t, storageConfigurations, 'Storage of the recording.', ({ storageConfigurationArn: arn }) => ({
        arn,
    })),
    encoderConfigurations: t.field({
        type: [EncoderConfiguration],
        nullable: { list: true, items: true },
        description: 'Encoder configurations: one.',
        ...costs({ maxItems: 1 }),
        resolve: ({ encoderConfigurationArns: arns }, _args, context, info) => arns?.map((arn) => encoderConfigurations.resolveRef({ arn }, context, info)),
    }),
}));
export const CompositionDestinationConfiguration = awsObject('CompositionDestinationConfiguration', 'Settings of a destination: a channel or S3.', {
    name: ['String', 'Name given at creation, up to 128 characters.'],
    channel: [
        CompositionChannelDestinationConfiguration,
        'Channel that broadcasts it. Null for a recording.',
    ],
    s3: [CompositionS3DestinationConfiguration, 'Recording settings. Null for a channel.'],
});
const name = ['String', 'Name of the destination, up to 128 letters, digits, `-` and `_`.'];
const CompositionChannelDestinationConfigurationInput = awsInput('CompositionChannelDestinationConfigurationInput', 'A channel to broadcast a composition on.', {
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
});
const CompositionRecordingHlsConfigurationInput = awsInput('CompositionRecordingHlsConfigurationInput', 'HLS settings of the recording.', {
    targetSegmentDurationSeconds: ['Int', 'Seconds a segment should last, 2 to 10. AWS’s default: 2.'],
});
const CompositionRecordingConfigurationInput = awsInput('CompositionRecordingConfigurationInput', 'File settings of a recorded composition.', {
    hlsConfiguration: [CompositionRecordingHlsConfigurationInput, 'HLS settings of the recording.'],
    format: [CompositionRecordingFormat, 'File format. AWS’s default: HLS.'],
});
const CompositionThumbnailConfigurationInput = awsInput('CompositionThumbnailConfigurationInput', 'Thumbnail settings of a recorded composition.', {
    targetIntervalSeconds: [
        'Int',
        'Interval between thumbnails. Unit: seconds, 1 to 86400. AWS’s default: 60.',
    ],
    storage: [[ThumbnailStorage], 'Storage of the thumbnails. AWS’s default: SEQUENTIAL.'],
});
const CompositionS3DestinationConfigurationInput = awsInput('CompositionS3DestinationConfigurationInput', 'Recording settings of a composition.', {
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
});
export const CompositionDestinationConfigurationInput = awsInput('CompositionDestinationConfigurationInput', 'Destination of a composition: a channel or S3.', {
    channel: [CompositionChannelDestinationConfigurationInput, 'Channel to broadcast on.'],
    s3: [CompositionS3DestinationConfigurationInput, 'A storage configuration to record to.'],
}, { isOneOf: true });
/** A destination as AWS takes it. */
export function toDestination({ channel, s3 }) {
    const { name, ...rest } = channel ?? s3 ?? {};
    return { name, [channel ? 'channel' : 's3']: rest };
}
