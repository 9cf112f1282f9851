// What a StreamSession remembers of the moment when the channel went on air: copies, which later changes do not reach.
// The objects that they name by ARN are those of today.
import type {
  Channel as AwsChannel,
  RecordingConfiguration as AwsRecordingConfiguration,
} from '@aws-sdk/client-ivs';
import { awsObject } from '../language/aws-types.ts';
import { KeyValue } from '../language/input.ts';
import { reference } from '../patterns/relations.ts';
import { adConfigurations } from './ad-configuration.ts';
import { ChannelLatencyMode, ChannelType, ContainerFormat, Srt, TranscodePreset } from './channel.ts';
import { MultitrackInputConfiguration } from './multitrack-input-configuration.ts';
import { playbackRestrictionPolicies } from './playback-restriction-policy.ts';
import { RecordingConfigurationState, recordingConfigurations } from './recording-configuration.ts';
import { RecordingDestinationConfiguration } from './recording-destination-configuration.ts';
import { RecordingRenditionConfiguration } from './recording-rendition-configuration.ts';
import { RecordingThumbnailConfiguration } from './recording-thumbnail-configuration.ts';

export const StreamSessionChannelSnapshot = awsObject<AwsChannel>(
  'StreamSessionChannelSnapshot',
  'A channel as it was when it went on air. It is no Channel: what was changed afterwards does not show, and it stays when the channel is deleted.',
  {
    arn: ['ID', 'ARN of the channel.'],
    name: ['String', 'What it was called then.'],
    latencyMode: [ChannelLatencyMode, 'How far viewers were behind.'],
    type: [ChannelType, 'What IVS made of the video.'],
    recordingConfigurationArn: ['ID', 'ARN of its recording configuration; null when it was not recorded.'],
    ingestEndpoint: ['String', 'Host to send RTMPS to.'],
    playbackUrl: ['String', 'URL of the HLS playlist to watch.'],
    authorized: ['Boolean', 'Whether viewers needed a playback token.'],
    insecureIngest: ['Boolean', 'Whether RTMP without TLS and SRT without a passphrase might be sent.'],
    preset: [
      TranscodePreset,
      'What the qualities of an ADVANCED type were made for; null for the other types.',
    ],
    srt: [Srt, 'How to send to it with SRT.'],
    playbackRestrictionPolicyArn: [
      'ID',
      'ARN of its playback restriction policy; null when it might be watched anywhere.',
    ],
    multitrackInputConfiguration: [
      MultitrackInputConfiguration,
      'Whether several qualities might be sent at once.',
    ],
    containerFormat: [ContainerFormat, 'The container that viewers got.'],
    adConfigurationArn: ['ID', 'ARN of its ad configuration; null when no ads were put in.'],
    tags: [[KeyValue], 'The tags that it had then.'],
  },
  (t) => ({
    recordingConfiguration: reference(
      t,
      recordingConfigurations,
      'How it was recorded; `recordingConfigurationSnapshot` of the session is how that was set up then.',
      ({ recordingConfigurationArn: arn }) => ({ arn }),
    ),
    playbackRestrictionPolicy: reference(
      t,
      playbackRestrictionPolicies,
      'That policy, as it is now.',
      ({ playbackRestrictionPolicyArn: arn }) => ({ arn }),
    ),
    adConfiguration: reference(
      t,
      adConfigurations,
      'That ad configuration, as it is now.',
      ({ adConfigurationArn: arn }) => ({ arn }),
    ),
  }),
);

export const StreamSessionRecordingConfigurationSnapshot = awsObject<AwsRecordingConfiguration>(
  'StreamSessionRecordingConfigurationSnapshot',
  'A recording configuration as it was when a channel went on air with it. It is no RecordingConfiguration, and it stays when that is deleted.',
  {
    arn: ['ID', 'ARN of the recording configuration; `recordingConfiguration(arn)` is what it is now.'],
    name: ['String', 'What it was called then.'],
    destinationConfiguration: [RecordingDestinationConfiguration, 'Where the recording went.'],
    state: [RecordingConfigurationState, 'Whether it could be used.'],
    thumbnailConfiguration: [RecordingThumbnailConfiguration, 'Thumbnails beside the recording.'],
    recordingReconnectWindowSeconds: [
      'Int',
      'How long, 0 to 300 seconds, a broadcaster who came back continued the same recording.',
    ],
    renditionConfiguration: [RecordingRenditionConfiguration, 'Which qualities of the stream were recorded.'],
    tags: [[KeyValue], 'The tags that it had then.'],
  },
);
