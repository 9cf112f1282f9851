import {
  type Channel as AwsChannel,
  type ContainerFormat as AwsContainerFormat,
  type Srt as AwsSrt,
  BatchGetChannelCommand,
  type ChannelSummary,
  GetChannelCommand,
  type ChannelLatencyMode as LatencyMode,
  ListChannelsCommand,
  type ListChannelsRequest,
  type TranscodePreset as Preset,
  type ChannelType as Type,
} from '@aws-sdk/client-ivs';
import type { Context } from '../../context.ts';
import { checkArn, type Target } from '../../upstream/arn.ts';
import { chooseTarget } from '../language/arn.ts';
import { scoped } from '../language/authorization.ts';
import { builder } from '../language/builder.ts';
import { type Batch, costs, type List, listed } from '../language/costs.ts';
import { enumeration } from '../language/enumeration.ts';
import { type Given, given, KeyValue, toEntries } from '../language/input.ts';
import { loadBatches } from '../loading/calls.ts';
import {
  type ConnectionArgs,
  connectionOf,
  listConnection,
  regionalConnectionArgs,
} from '../loading/connection.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { Taggable, taggable } from '../patterns/tags.ts';
import { MultitrackInputConfiguration } from './multitrack-input-configuration.ts';

// How it is loaded

export interface ChannelKey {
  arn: string;
}

export type ChannelSource = Source<ChannelKey, ChannelSummary, AwsChannel>;

const batch: Batch = { operation: 'BatchGetChannel', size: 50 };

export const channels = defineEntity<ChannelKey, ChannelSummary, AwsChannel>({
  name: 'Channel',
  key: ['arn'],
  check: ({ arn }) => checkArn('channel', arn),
  filledBy: 'GetChannel',
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
export const channelList: List = { operation: 'ListChannels', pageMax: 100 };

/** The channels of a region that pass AWS's filter; it takes one at a time. */
export async function listChannels(
  target: Target,
  filter: Omit<ListChannelsRequest, 'nextToken' | 'maxResults'>,
  args: ConnectionArgs,
  context: Context,
) {
  return listConnection({
    args,
    context,
    list: channelList,
    scope: [target.region, filter],
    fetchPage: async (page) => {
      const command = new ListChannelsCommand({ ...filter, ...page });
      const { channels: items, nextToken } = await context.send(target, command);
      return { items, nextToken };
    },
    ...channels.listed(({ arn }) => ({ arn }), context),
  });
}

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

export const Srt = builder.objectRef<AwsSrt>('Srt').implement({
  description: 'How to send to a channel with SRT.',
  fields: (t) => ({
    endpoint: t.exposeString('endpoint', { description: 'Where to send.' }),
    passphrase: t.exposeString(
      'passphrase',
      scoped('ivs:secret', { description: 'The secret that encrypts it.' }),
    ),
  }),
});

const { summary, detail } = channels;

export const Channel = builder.node(builder.objectRef<ChannelSource>('Channel'), {
  ...channels.node,
  description:
    'Where a broadcaster sends one live stream and viewers watch it. Key: `arn`. Fields said to be filled by BatchGetChannel cost one call per 50 channels of a list.',
  interfaces: [Taggable],
  fields: (t) => ({
    arn: t.exposeID('arn', { nullable: false, description: 'The Amazon Resource Name.' }),
    name: t.string(summary('name', 'Given by its maker, up to 128 characters; not unique.')),
    latencyMode: t.field({
      type: ChannelLatencyMode,
      ...summary('latencyMode', 'How far viewers are behind.'),
    }),
    type: t.field({ type: ChannelType, ...summary('type', 'What IVS makes of the video.') }),
    recordingConfigurationArn: t.id(
      summary(
        'recordingConfigurationArn',
        'ARN of its recording configuration; null when its streams are not recorded.',
      ),
    ),
    authorized: t.boolean(
      summary('authorized', 'Whether viewers need a playback token (a private channel).'),
    ),
    tags: t.field({ type: [KeyValue], ...summary('tags', 'Up to 50 tags.', toEntries) }),
    insecureIngest: t.boolean(
      summary('insecureIngest', 'Whether RTMP without TLS and SRT without a passphrase may be sent.'),
    ),
    preset: t.field({
      type: TranscodePreset,
      ...summary('preset', 'What the qualities of an ADVANCED type are made for; null for the other types.'),
    }),
    playbackRestrictionPolicyArn: t.id(
      summary(
        'playbackRestrictionPolicyArn',
        'ARN of its playback restriction policy; null when it may be watched anywhere.',
      ),
    ),
    adConfigurationArn: t.id(
      summary('adConfigurationArn', 'ARN of its ad configuration; null when no ads are put in.'),
    ),
    ingestEndpoint: t.string(detail('ingestEndpoint', 'Host to send RTMPS to; a stream key goes with it.')),
    playbackUrl: t.string(detail('playbackUrl', 'URL of the HLS playlist to watch.')),
    srt: t.field({ type: Srt, ...detail('srt', 'How to send to it with SRT.') }),
    multitrackInputConfiguration: t.field({
      type: MultitrackInputConfiguration,
      ...detail('multitrackInputConfiguration', 'Whether several qualities may be sent at once.'),
    }),
    containerFormat: t.field({
      type: ContainerFormat,
      ...detail('containerFormat', 'The container that viewers get.'),
    }),
  }),
});
taggable('channel', 'ivs', channels);

// Queries

const ChannelFilter = builder.inputType('ChannelFilter', {
  description: 'AWS filters by one thing at a time.',
  isOneOf: true,
  fields: (t) => ({
    name: t.string({ description: 'Only those with this name.' }),
    recordingConfigurationArn: t.id({ description: 'Only those that record with this configuration.' }),
    playbackRestrictionPolicyArn: t.id({ description: 'Only those under this policy.' }),
    adConfigurationArn: t.id({ description: 'Only those with this ad configuration.' }),
  }),
});

type Filter = typeof ChannelFilter.$inferInput;
const kinds = {
  recordingConfigurationArn: 'recording-configuration',
  playbackRestrictionPolicyArn: 'playback-restriction-policy',
  adConfigurationArn: 'ad-configuration',
} satisfies Record<Exclude<keyof Filter, 'name'>, string>;

export const ChannelConnection = connectionOf(Channel, 'Channel', 'A list of channels.');

builder.queryFields((t) => ({
  channel: t.field({
    type: Channel,
    description: 'One channel by its ARN.',
    ...costs({ checksExistence: true }),
    args: { arn: t.arg.id({ required: true, description: 'ARN of the channel.' }) },
    resolve: (_root, key, context, info) => channels.load(key, context, info),
  }),
  channels: t.field({
    type: ChannelConnection,
    ...listed(channelList, 'The channels of a region, in AWS’s order.'),
    args: {
      ...regionalConnectionArgs,
      filter: t.arg({
        type: ChannelFilter,
        description: 'Only some of them; AWS takes one condition at a time.',
      }),
    },
    resolve: (_root, { region, filter, ...args }, context) => {
      const by: Partial<Given<Filter>> = given(filter ?? {});
      const filters = {
        filterByName: by.name,
        filterByRecordingConfigurationArn: by.recordingConfigurationArn,
        filterByPlaybackRestrictionPolicyArn: by.playbackRestrictionPolicyArn,
        filterByAdConfigurationArn: by.adConfigurationArn,
      };
      const { name: _, ...arns } = by;
      for (const [of, arn] of Object.entries(arns)) if (arn) checkArn(kinds[of as keyof typeof kinds], arn);
      const target = chooseTarget(region, Object.values(arns)[0], context);
      return listChannels(target, filters, args, context);
    },
  }),
}));

// Federation

federate(Channel, channels);
