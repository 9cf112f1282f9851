import {
  type _Stream as AwsStream,
  GetStreamCommand,
  type StreamHealth as Health,
  ListStreamsCommand,
  type ListStreamsRequest,
  PutMetadataCommand,
  type StreamState as State,
  StopStreamCommand,
  type StreamSummary,
} from '@aws-sdk/client-ivs';
import type { Context } from '../../context.ts';
import { checkArn, regionOf, type Target, targetOf } from '../../upstream/arn.ts';
import {
  ChannelNotBroadcastingError,
  ResourceNotFoundError,
  StreamUnavailableError,
  ValidationError,
} from '../../upstream/errors.ts';
import { chooseTarget } from '../language/arn.ts';
import { builder } from '../language/builder.ts';
import { costs, type List, listed } from '../language/costs.ts';
import { enumeration } from '../language/enumeration.ts';
import { given } from '../language/input.ts';
import { loadEach } from '../loading/calls.ts';
import {
  connectionOf,
  listConnection,
  type PageRequest,
  regionalConnectionArgs,
} from '../loading/connection.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { Channel, channels } from './channel.ts';

// How it is loaded

/** Not `StreamKey`, which is another noun. */
interface Key {
  channelArn: string;
}

export const streams = defineEntity<Key, StreamSummary, AwsStream>({
  name: 'Stream',
  key: ['channelArn'],
  check: ({ channelArn }) => checkArn('channel', channelArn),
  filledBy: 'GetStream',
  load: loadEach(async ({ channelArn }, context) => {
    const { stream } = await context.send(targetOf(channelArn), new GetStreamCommand({ channelArn }));
    return stream;
  }),
});

async function fetchPage(
  target: Target,
  page: PageRequest & Pick<ListStreamsRequest, 'filterBy'>,
  context: Context,
) {
  const { streams: items, nextToken } = await context.send(target, new ListStreamsCommand(page));
  return { items, nextToken };
}

const list: List = { operation: 'ListStreams', pageMax: 100 };

streams.listedBy({
  list,
  listOf: ({ channelArn }) => regionOf(channelArn),
  fetchPage: ({ channelArn }, page, context) => fetchPage(targetOf(channelArn), page, context),
  keyOf: ({ channelArn }) => ({ channelArn }),
});

// What it is

const StreamState = enumeration<State>('StreamState', 'Whether a stream is on air.', {
  LIVE: 'On air.',
  OFFLINE: 'Off air. Do not wait for this value of AWS: a stream that has ended is gone.',
});

const StreamHealth = enumeration<Health>('StreamHealth', 'Whether the video arrives as it should.', {
  HEALTHY: 'The video arrives.',
  STARVING: 'No video arrives: the broadcaster’s line is too slow or broken.',
  UNKNOWN: 'AWS cannot tell.',
});

const { summary, detail } = streams;

export const Stream = builder.node(builder.objectRef<Source<Key, StreamSummary, AwsStream>>('Stream'), {
  ...streams.node,
  description:
    'What a channel is sending now; it is gone when the channel goes off air, and its StreamSession stays. Key: `channelArn`.',
  fields: (t) => ({
    channelArn: t.exposeID('channelArn', { nullable: false, description: 'ARN of the channel.' }),
    channel: t.field({
      type: Channel,
      description: 'The channel.',
      ...costs({ toParent: true }),
      resolve: ({ channelArn }, _args, context, info) =>
        channels.resolveRef({ arn: channelArn }, context, info),
    }),
    streamId: t.id(summary('streamId', 'Its id, `st-` and 23 letters or digits; also that of its session.')),
    state: t.field({ type: StreamState, ...summary('state', 'Whether it is on air.') }),
    health: t.field({ type: StreamHealth, ...summary('health', 'Whether the video arrives as it should.') }),
    viewerCount: t.int(
      summary(
        'viewerCount',
        'How many are watching. A viewer shows after up to 15 seconds and is missed after up to a minute. Null when AWS did not get the count in time.',
        // AWS says -1 when counting took too long
        (count) => (count < 0 ? null : count),
      ),
    ),
    startTime: t.field({ type: 'DateTime', ...summary('startTime', 'When it began.') }),
    playbackUrl: t.string(detail('playbackUrl', 'URL of the HLS playlist to watch, that of the channel.')),
  }),
});

// Where it hangs on its channel

builder.objectField(Channel, 'stream', (t) =>
  t.field({
    type: Stream,
    description: `What it is sending now; null when it is not live. One ${streams.filledBy} call per channel.`,
    ...costs({ checksExistence: true }),
    resolve: ({ arn }, _args, context, info) => streams.load({ channelArn: arn }, context, info),
  }),
);

// Queries

const StreamFilter = builder.inputType('StreamFilter', {
  description: 'Which streams to list.',
  fields: (t) => ({ health: t.field({ type: StreamHealth, description: 'Only those of this health.' }) }),
});

const StreamConnection = connectionOf(Stream, 'Stream', 'A list of live streams.');

const channelArnArg = builder.args((t) => ({
  channelArn: t.id({ required: true, description: 'ARN of the channel.' }),
}));

builder.queryFields((t) => ({
  stream: t.field({
    type: Stream,
    description: 'What a channel is sending now; null when it is not live.',
    ...costs({ checksExistence: true }),
    args: channelArnArg,
    resolve: (_root, key, context, info) => streams.load(key, context, info),
  }),
  streams: t.field({
    type: StreamConnection,
    ...listed(list, 'The live streams of a region, in AWS’s order.'),
    args: {
      ...regionalConnectionArgs,
      filter: t.arg({ type: StreamFilter, description: 'Only some of them.' }),
    },
    resolve: (_root, { region, filter, ...args }, context) => {
      const target = chooseTarget(region, undefined, context);
      const filterBy = filter ? given(filter) : undefined;
      return listConnection({
        args,
        context,
        list,
        scope: [target.region, filterBy],
        fetchPage: (page) => fetchPage(target, { filterBy, ...page }, context),
        ...streams.listed(({ channelArn }) => ({ channelArn }), context),
      });
    },
  }),
}));

// Mutations

defineMutation('stopStream', {
  scope: 'ivs:moderate',
  description:
    'Cuts the connection of the broadcaster. Most broadcasting software connects again by itself: to keep it away, delete the stream key first.',
  payload: payloadOf('stopStream', 'channel', Channel, 'The channel.', { returnsDetail: false }),
  errors: [ValidationError, ResourceNotFoundError, ChannelNotBroadcastingError, StreamUnavailableError],
  input: (t) => ({ channelArn: t.id({ required: true, description: 'ARN of a channel that is live.' }) }),
  resolve: async ({ channelArn }, context) => {
    checkArn('channel', channelArn);
    await write(context, targetOf(channelArn), new StopStreamCommand({ channelArn }));
    return { thing: channels.ref({ arn: channelArn }, context) };
  },
});

defineMutation('putMetadata', {
  scope: 'ivs:moderate',
  description:
    'Puts a text into the live stream of a channel; its viewers’ players get it in time with the picture. At most 5 a second per channel.',
  payload: payloadOf('putMetadata', 'channel', Channel, 'The channel.', { returnsDetail: false }),
  errors: [ValidationError, ResourceNotFoundError, ChannelNotBroadcastingError],
  input: (t) => ({
    channelArn: t.id({ required: true, description: 'ARN of a channel that is live.' }),
    metadata: t.string({ required: true, description: 'Any text of 1 byte to 1 KB in UTF-8.' }),
  }),
  resolve: async (input, context) => {
    checkArn('channel', input.channelArn);
    await write(context, targetOf(input.channelArn), new PutMetadataCommand(input));
    return { thing: channels.ref({ arn: input.channelArn }, context) };
  },
});

// Federation

federate(Stream, streams);
