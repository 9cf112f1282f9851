// What a StreamSession remembers of the moment when the channel went on air: copies, which later changes do not reach.
// The objects that they name by ARN are those of today.
import type {
  Channel as AwsChannel,
  RecordingConfiguration as AwsRecordingConfiguration,
} from '@aws-sdk/client-ivs';
import { builder } from '../language/builder.ts';
import { KeyValue, toEntries } from '../language/input.ts';
import { AdConfiguration, adConfigurations } from './ad-configuration.ts';
import { ChannelLatencyMode, ChannelType, ContainerFormat, Srt, TranscodePreset } from './channel.ts';
import { MultitrackInputConfiguration } from './multitrack-input-configuration.ts';
import { PlaybackRestrictionPolicy, playbackRestrictionPolicies } from './playback-restriction-policy.ts';
import {
  RecordingConfiguration,
  RecordingConfigurationState,
  recordingConfigurations,
} from './recording-configuration.ts';
import { RecordingDestinationConfiguration } from './recording-destination-configuration.ts';
import { RecordingRenditionConfiguration } from './recording-rendition-configuration.ts';
import { RecordingThumbnailConfiguration } from './recording-thumbnail-configuration.ts';

export const StreamSessionChannelSnapshot = builder
  .objectRef<AwsChannel>('StreamSessionChannelSnapshot')
  .implement({
    description:
      'A channel as it was when it went on air. It is no Channel: what was changed afterwards does not show, and it stays when the channel is deleted.',
    fields: (t) => ({
      arn: t.exposeID('arn', { description: 'ARN of the channel.' }),
      name: t.exposeString('name', { description: 'What it was called then.' }),
      latencyMode: t.expose('latencyMode', {
        type: ChannelLatencyMode,
        description: 'How far viewers were behind.',
      }),
      type: t.expose('type', { type: ChannelType, description: 'What IVS made of the video.' }),
      recordingConfigurationArn: t.exposeID('recordingConfigurationArn', {
        description: 'ARN of its recording configuration; null when it was not recorded.',
      }),
      recordingConfiguration: t.field({
        type: RecordingConfiguration,
        description:
          'How it was recorded; `recordingConfigurationSnapshot` of the session is how that was set up then.',
        resolve: ({ recordingConfigurationArn: arn }, _args, context, info) =>
          recordingConfigurations.resolveRef({ arn }, context, info),
      }),
      ingestEndpoint: t.exposeString('ingestEndpoint', { description: 'Host to send RTMPS to.' }),
      playbackUrl: t.exposeString('playbackUrl', { description: 'URL of the HLS playlist to watch.' }),
      authorized: t.exposeBoolean('authorized', { description: 'Whether viewers needed a playback token.' }),
      tags: t.field({
        type: [KeyValue],
        description: 'The tags that it had then.',
        resolve: ({ tags }) => tags && toEntries(tags),
      }),
      insecureIngest: t.exposeBoolean('insecureIngest', {
        description: 'Whether RTMP without TLS and SRT without a passphrase might be sent.',
      }),
      preset: t.expose('preset', {
        type: TranscodePreset,
        description: 'What the qualities of an ADVANCED type were made for; null for the other types.',
      }),
      srt: t.expose('srt', { type: Srt, description: 'How to send to it with SRT.' }),
      playbackRestrictionPolicyArn: t.exposeID('playbackRestrictionPolicyArn', {
        description: 'ARN of its playback restriction policy; null when it might be watched anywhere.',
      }),
      playbackRestrictionPolicy: t.field({
        type: PlaybackRestrictionPolicy,
        description: 'That policy, as it is now.',
        resolve: ({ playbackRestrictionPolicyArn: arn }, _args, context, info) =>
          playbackRestrictionPolicies.resolveRef({ arn }, context, info),
      }),
      multitrackInputConfiguration: t.expose('multitrackInputConfiguration', {
        type: MultitrackInputConfiguration,
        description: 'Whether several qualities might be sent at once.',
      }),
      containerFormat: t.expose('containerFormat', {
        type: ContainerFormat,
        description: 'The container that viewers got.',
      }),
      adConfigurationArn: t.exposeID('adConfigurationArn', {
        description: 'ARN of its ad configuration; null when no ads were put in.',
      }),
      adConfiguration: t.field({
        type: AdConfiguration,
        description: 'That ad configuration, as it is now.',
        resolve: ({ adConfigurationArn: arn }, _args, context, info) =>
          adConfigurations.resolveRef({ arn }, context, info),
      }),
    }),
  });

export const StreamSessionRecordingConfigurationSnapshot = builder
  .objectRef<AwsRecordingConfiguration>('StreamSessionRecordingConfigurationSnapshot')
  .implement({
    description:
      'A recording configuration as it was when a channel went on air with it. It is no RecordingConfiguration, and it stays when that is deleted.',
    fields: (t) => ({
      arn: t.exposeID('arn', {
        description: 'ARN of the recording configuration; `recordingConfiguration(arn)` is what it is now.',
      }),
      name: t.exposeString('name', { description: 'What it was called then.' }),
      destinationConfiguration: t.expose('destinationConfiguration', {
        type: RecordingDestinationConfiguration,
        description: 'Where the recording went.',
      }),
      state: t.expose('state', {
        type: RecordingConfigurationState,
        description: 'Whether it could be used.',
      }),
      tags: t.field({
        type: [KeyValue],
        description: 'The tags that it had then.',
        resolve: ({ tags }) => tags && toEntries(tags),
      }),
      thumbnailConfiguration: t.expose('thumbnailConfiguration', {
        type: RecordingThumbnailConfiguration,
        description: 'Thumbnails beside the recording.',
      }),
      recordingReconnectWindowSeconds: t.exposeInt('recordingReconnectWindowSeconds', {
        description: 'How long, 0 to 300 seconds, a broadcaster who came back continued the same recording.',
      }),
      renditionConfiguration: t.expose('renditionConfiguration', {
        type: RecordingRenditionConfiguration,
        description: 'Which qualities of the stream were recorded.',
      }),
    }),
  });
