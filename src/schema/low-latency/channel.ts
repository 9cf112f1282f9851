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
import { defineArnQuery, defineListQuery, filterArg, regionArg } from '../patterns/queries.ts';
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

export const ChannelLatencyMode = enumeration<LatencyMode>(
  'ChannelLatencyMode',
  'How far viewers are behind.',
  {
    NORMAL: 'Ordinary HLS latency, for one-way broadcasts.',
    LOW: 'Low enough to interact with viewers.',
  },
);

export const ChannelType = enumeration<Type>(
  'ChannelType',
  'What IVS makes of the video, and what may be sent.',
  {
    BASIC: 'Viewers get the picture as it was sent.',
    STANDARD: 'Viewers get several qualities of the picture as it was sent.',
    ADVANCED_SD: 'Several qualities, none above standard definition.',
    ADVANCED_HD: 'Several qualities, none above high definition.',
  },
);

export const TranscodePreset = enumeration<Preset>(
  'TranscodePreset',
  'What the qualities of a channel of an ADVANCED type are made for.',
  {
    HIGHER_BANDWIDTH_DELIVERY: 'More bits for every quality.',
    CONSTRAINED_BANDWIDTH_DELIVERY: 'Fewer bits, for viewers on thin lines.',
  },
);

export const ContainerFormat = enumeration<AwsContainerFormat>(
  'ContainerFormat',
  'The container of the media that viewers get.',
  {
    TS: 'MPEG transport stream.',
    FRAGMENTED_MP4: 'Fragmented MP4; multitrack input needs it.',
  },
);

export const Srt = awsObject<AwsSrt>('Srt', 'How to send to a channel with SRT.', {
  endpoint: ['String', 'Where to send.'],
  passphrase: ['String', scoped('ivs:secret', { description: 'The secret that encrypts it.' })],
});

export const Channel = defineNode(channels, {
  description:
    'Where a broadcaster sends one live stream and viewers watch it. Key: `arn`. Fields said to be filled by BatchGetChannel cost one call per 50 channels of a list.',
  interfaces: [Taggable],
  summary: {
    name: ['String', 'Given by its maker, up to 128 characters; not unique.'],
    latencyMode: [ChannelLatencyMode, 'How far viewers are behind.'],
    type: [ChannelType, 'What IVS makes of the video.'],
    recordingConfigurationArn: [
      'ID',
      'ARN of its recording configuration; null when its streams are not recorded.',
    ],
    authorized: ['Boolean', 'Whether viewers need a playback token (a private channel).'],
    insecureIngest: ['Boolean', 'Whether RTMP without TLS and SRT without a passphrase may be sent.'],
    preset: [
      TranscodePreset,
      'What the qualities of an ADVANCED type are made for; null for the other types.',
    ],
    playbackRestrictionPolicyArn: [
      'ID',
      'ARN of its playback restriction policy; null when it may be watched anywhere.',
    ],
    adConfigurationArn: ['ID', 'ARN of its ad configuration; null when no ads are put in.'],
  },
  detail: {
    ingestEndpoint: ['String', 'Host to send RTMPS to; a stream key goes with it.'],
    playbackUrl: ['String', 'URL of the HLS playlist to watch.'],
    srt: [Srt, 'How to send to it with SRT.'],
    multitrackInputConfiguration: [
      MultitrackInputConfiguration,
      'Whether several qualities may be sent at once.',
    ],
    containerFormat: [ContainerFormat, 'The container that viewers get.'],
  },
});

// Queries

export const channelArnArg = builder.args((t) => ({
  channelArn: t.id({ required: true, description: 'ARN of the channel.' }),
}));

const ChannelFilter = builder.inputType('ChannelFilter', {
  description: 'AWS filters by one condition at a time.',
  isOneOf: true,
  fields: (t) => ({
    name: t.string({ description: 'Only those with this name.' }),
    recordingConfigurationArn: t.id({ description: 'Only those that record with this configuration.' }),
    playbackRestrictionPolicyArn: t.id({ description: 'Only those under this policy.' }),
    adConfigurationArn: t.id({ description: 'Only those with this ad configuration.' }),
  }),
});

defineArnQuery(channels);
defineListQuery('channels', channelList, {
  description: 'The channels of a region, in AWS’s order.',
  args: { ...regionArg, ...filterArg(ChannelFilter) },
  selectorOf: ({ filter }) => filtersOf(filter),
});
