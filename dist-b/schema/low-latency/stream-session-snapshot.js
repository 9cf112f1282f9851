import { awsObject } from '../language/aws-types.js';
import { KeyValue } from '../language/input.js';
import { reference } from '../patterns/relations.js';
import { adConfigurations } from './ad-configuration.js';
import { ChannelLatencyMode, ChannelType, ContainerFormat, Srt, TranscodePreset } from './channel.js';
import { MultitrackInputConfiguration } from './multitrack-input-configuration.js';
import { playbackRestrictionPolicies } from './playback-restriction-policy.js';
import { RecordingConfigurationState, recordingConfigurations } from './recording-configuration.js';
import { RecordingDestinationConfiguration } from './recording-destination-configuration.js';
import { RecordingRenditionConfiguration } from './recording-rendition-configuration.js';
import { RecordingThumbnailConfiguration } from './recording-thumbnail-configuration.js';
export const StreamSessionChannelSnapshot = awsObject('StreamSessionChannelSnapshot', 'Settings of a channel at the start of a stream session. Later changes and the deletion of the channel do not affect it.', {
    arn: ['ID', 'ARN of the channel.'],
    name: ['String', 'Name at the start of the session.'],
    latencyMode: [ChannelLatencyMode, 'Latency of playback.'],
    type: [ChannelType, 'Channel type, which decides transcoding.'],
    recordingConfigurationArn: [
        'ID',
        'ARN of the recording configuration. Null when the channel was not recorded.',
    ],
    ingestEndpoint: ['String', 'RTMPS ingest host.'],
    playbackUrl: ['String', 'URL of the HLS playlist.'],
    authorized: ['Boolean', 'Whether viewers needed a playback token.'],
    insecureIngest: [
        'Boolean',
        'Whether unencrypted ingest was allowed: RTMP without TLS, SRT without a passphrase.',
    ],
    preset: [TranscodePreset, 'Transcode preset of the ADVANCED types. Null for the other types.'],
    srt: [Srt, 'SRT ingest settings.'],
    playbackRestrictionPolicyArn: [
        'ID',
        'ARN of the playback restriction policy. Null when playback was unrestricted.',
    ],
    multitrackInputConfiguration: [MultitrackInputConfiguration, 'Settings of multitrack ingest.'],
    containerFormat: [ContainerFormat, 'Container format of the playback media.'],
    adConfigurationArn: ['ID', 'ARN of the ad configuration. Null when the channel had no ads.'],
    tags: [[KeyValue], 'Tags at the start of the session.'],
}, (t) => ({
    recordingConfiguration: reference(t, recordingConfigurations, 'The recording configuration in its current state. `recordingConfigurationSnapshot` of the session has the settings at its start.', ({ recordingConfigurationArn: arn }) => ({ arn })),
    playbackRestrictionPolicy: reference(t, playbackRestrictionPolicies, 'The policy in its current state.', ({ playbackRestrictionPolicyArn: arn }) => ({ arn })),
    adConfiguration: reference(t, adConfigurations, 'The ad configuration in its current state.', ({ adConfigurationArn: arn }) => ({ arn })),
}));
export const StreamSessionRecordingConfigurationSnapshot = awsObject('StreamSessionRecordingConfigurationSnapshot', 'A recording configuration at the start of a stream session. Its deletion does not affect it.', {
    arn: [
        'ID',
        'ARN of the recording configuration. `recordingConfiguration(arn)` returns its current state.',
    ],
    name: ['String', 'Name at the start of the session.'],
    destinationConfiguration: [RecordingDestinationConfiguration, 'Storage of the recording.'],
    state: [RecordingConfigurationState, 'State.'],
    thumbnailConfiguration: [RecordingThumbnailConfiguration, 'Thumbnail settings of the recording.'],
    recordingReconnectWindowSeconds: [
        'Int',
        'Time in which a returning broadcaster continued the same recording. Unit: seconds, 0 to 300.',
    ],
    renditionConfiguration: [RecordingRenditionConfiguration, 'Recorded renditions.'],
    tags: [[KeyValue], 'Tags at the start of the session.'],
});
