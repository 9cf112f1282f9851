import type {
  Channel as AwsChannel,
  ContainerFormat as AwsContainerFormat,
  Srt as AwsSrt,
  ChannelSummary,
  ChannelLatencyMode as LatencyMode,
  ListChannelsRequest,
  TranscodePreset as Preset,
  ChannelType as Type,
} from '@aws-sdk/client-ivs';
import { ivs } from '../../upstream/aws-sdk.ts';
import { scoped } from '../language/authorization.ts';
import { awsObject } from '../language/aws-types.ts';
import { builder } from '../language/builder.ts';
import type { Batch } from '../language/costs.ts';
import { enumeration } from '../language/enumeration.ts';
import { filtersOf } from '../language/input.ts';
import { loadBatches } from '../loading/calls.ts';
import type { Source } from '../loading/entity.ts';
import { defineList } from '../loading/list.ts';
import { defineNode } from '../patterns/node.ts';
import { defineArnQuery, defineListQuery, filterArg, placeArgs } from '../patterns/queries.ts';
import { type ArnKey, defineResource } from '../patterns/resource.ts';
import { Taggable } from '../patterns/tags.ts';
import { MultitrackInputConfiguration } from './multitrack-input-configuration.ts';

const { BatchGetChannelCommand, GetChannelCommand, ListChannelsCommand } = ivs;

// How it is loaded

export type ChannelSource = Source<ArnKey, ChannelSummary, AwsChannel>;

const batch: Batch = { operation: 'BatchGetChannel', size: 50 };

export const channels = defineResource<ChannelSummary, AwsChannel>({
  name: 'Channel',
  batchedBy: batch,
  load: loadBatches({
    size: batch.size,
    getBatch: async (target, arns, context) => {
      const { channels: found, errors } = await context.send(target, new BatchGetChannelCommand({ arns }));
      return { found, errors };
    },
    getOne: async (target, arn, context) => {
      const { channel } = await context.send(target, new GetChannelCommand({ arn }));
      return channel;
    },
  }),
});

/** Also of what channels use: AWS filters by it. */
export const channelList = defineList(channels, {
  description: 'A list of channels.',
  commandOf: (request: ListChannelsRequest) => new ListChannelsCommand(request),
  itemsOf: (output) => output.channels,
});

// What it is

export const ChannelLatencyMode = enumeration<LatencyMode>('ChannelLatencyMode', 'Latency of playback.', {
  NORMAL: 'Standard HLS latency, for one-way broadcasts.',
  LOW: 'Low latency, for interaction with viewers.',
});

export const ChannelType = enumeration<Type>(
  'ChannelType',
  'Channel type, which decides transcoding and the ingest limits.',
  {
    BASIC: 'Not transcoded: viewers receive the original quality.',
    STANDARD: 'Transcoded to several qualities, including the original.',
    ADVANCED_SD: 'Transcoded to several qualities, up to standard definition.',
    ADVANCED_HD: 'Transcoded to several qualities, up to high definition.',
  },
);

export const TranscodePreset = enumeration<Preset>(
  'TranscodePreset',
  'Transcode preset of channels of the ADVANCED types.',
  {
    HIGHER_BANDWIDTH_DELIVERY: 'Higher bitrates for every rendition.',
    CONSTRAINED_BANDWIDTH_DELIVERY: 'Lower bitrates, for viewers with slow connections.',
  },
);

export const ContainerFormat = enumeration<AwsContainerFormat>(
  'ContainerFormat',
  'Container format of the playback media.',
  {
    TS: 'MPEG transport stream.',
    FRAGMENTED_MP4: 'Fragmented MP4. Required for multitrack input.',
  },
);

export const Srt = awsObject<AwsSrt>('Srt', 'SRT ingest settings of a channel.', {
  endpoint: ['String', 'Ingest URL.'],
  passphrase: ['String', scoped('ivs:secret', { description: 'Secret passphrase of the encryption.' })],
});

export const Channel = defineNode(channels, {
  description:
    'A permanent place for live streams, one at a time: a broadcaster sends video to its ingest endpoint, and viewers watch its playback URL. Key: `arn`.',
  interfaces: [Taggable],
  summary: {
    name: ['String', 'Name given at creation, up to 128 characters. Not unique.'],
    latencyMode: [ChannelLatencyMode, 'Latency of playback.'],
    type: [ChannelType, 'Channel type, which decides transcoding.'],
    recordingConfigurationArn: [
      'ID',
      'ARN of the recording configuration. Null when its streams are not recorded.',
    ],
    authorized: ['Boolean', 'Whether viewers need a playback token, as on a private channel.'],
    insecureIngest: [
      'Boolean',
      'Whether unencrypted ingest is allowed: RTMP without TLS, SRT without a passphrase.',
    ],
    preset: [TranscodePreset, 'Transcode preset of the ADVANCED types. Null for the other types.'],
    playbackRestrictionPolicyArn: [
      'ID',
      'ARN of the playback restriction policy. Null when playback is unrestricted.',
    ],
    adConfigurationArn: ['ID', 'ARN of the ad configuration. Null when the channel has no ads.'],
  },
  detail: {
    ingestEndpoint: ['String', 'RTMPS ingest host, used with a stream key.'],
    playbackUrl: ['String', 'URL of the HLS playlist.'],
    srt: [Srt, 'SRT ingest settings.'],
    multitrackInputConfiguration: [MultitrackInputConfiguration, 'Settings of multitrack ingest.'],
    containerFormat: [ContainerFormat, 'Container format of the playback media.'],
  },
});

// Queries

export const channelArnArg = builder.args((t) => ({
  channelArn: t.id({ required: true, description: 'ARN of the channel.' }),
}));

const ChannelFilter = builder.inputType('ChannelFilter', {
  description: 'Condition on channels. Set exactly one member, since AWS filters by one condition at a time.',
  isOneOf: true,
  fields: (t) => ({
    name: t.string({ description: 'Channels with exactly this name.' }),
    recordingConfigurationArn: t.id({ description: 'Channels with this recording configuration.' }),
    playbackRestrictionPolicyArn: t.id({ description: 'Channels with this playback restriction policy.' }),
    adConfigurationArn: t.id({ description: 'Channels with this ad configuration.' }),
  }),
});

defineArnQuery(channels);
defineListQuery('channels', channelList, {
  description: 'The channels of a region, in AWS’s order.',
  args: { ...placeArgs, ...filterArg(ChannelFilter) },
  selectorOf: ({ filter }) => filtersOf(filter),
});
