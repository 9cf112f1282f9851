import type {
  Channel as AwsChannel,
  _Stream as AwsStream,
  StreamHealth as Health,
  ListStreamsRequest,
  StreamState as State,
  StreamSummary,
} from '@aws-sdk/client-ivs';
import type { Context } from '../../context.ts';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import { ivs } from '../../upstream/aws-sdk.ts';
import { builder } from '../language/builder.ts';
import { costs } from '../language/costs.ts';
import { enumeration } from '../language/enumeration.ts';
import { given } from '../language/input.ts';
import { nullOnlyOnError } from '../language/semantic-non-null.ts';
import { loadEach } from '../loading/calls.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { defineList } from '../loading/list.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { defineNode } from '../patterns/node.ts';
import { defineKeyQuery, defineListQuery, filterArg, regionArg } from '../patterns/queries.ts';
import { defineChild, reference } from '../patterns/relations.ts';
import { Channel, channelArnArg, channels } from './channel.ts';

const { GetStreamCommand, ListStreamsCommand, PutMetadataCommand, StopStreamCommand } = ivs;

// How it is loaded

/** Not `StreamKey`, which is another noun. */
interface Key {
  channelArn: string;
}

type StreamSource = Source<Key, StreamSummary, AwsStream>;

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

const list = defineList(streams, {
  description: 'A list of live streams.',
  commandOf: (request: ListStreamsRequest) => new ListStreamsCommand(request),
  itemsOf: (output) => output.streams,
  lookup: () => ({}),
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

const { summary } = streams;

/** Only GetStream returns it with the stream, one by one; of the channel it comes for 50 at a time. */
async function playbackUrlOf(stream: StreamSource, _args: object, context: Context) {
  const facts: Partial<AwsStream> | null = await streams.factsOf(stream, 'summary', context);
  if (!facts || facts.playbackUrl) return facts?.playbackUrl;
  const channel = channels.ref({ arn: stream.channelArn }, context);
  const detail = (await channels.factsOf(channel, 'detail', context)) as AwsChannel | null;
  return detail?.playbackUrl;
}

export const Stream = defineNode(
  streams,
  {
    description:
      'What a channel is sending now; it is gone when the channel goes off air, and its StreamSession stays. Key: `channelArn`.',
    key: {
      channelArn: 'ARN of the channel.',
    },
    summary: {
      streamId: ['ID', 'Its id, `st-` and 23 letters or digits; also that of its session.'],
      state: [StreamState, 'Whether it is on air.'],
      health: [StreamHealth, 'Whether the video arrives as it should.'],
      startTime: ['DateTime', 'When it began.'],
    },
  },
  (t) => ({
    channel: reference(t, channels, 'The channel.', ({ channelArn: arn }) => ({ arn }), { toParent: true }),
    playbackUrl: t.string({
      description: `URL of the HLS playlist to watch, that of the channel. Call: ${channels.batchedBy?.operation}, one per 50 streams of a list; none for a stream that ${streams.filledBy} returned.`,
      ...costs({ level: 'summary', requires: channels.name }),
      resolve: playbackUrlOf,
    }),
    viewerCount: t.int(
      summary(
        'viewerCount',
        'How many are watching. A viewer shows after up to 15 seconds and is missed after up to a minute. Null when AWS did not get the count in time.',
        // AWS says -1 when counting took too long
        (count) => (count < 0 ? null : count),
      ),
    ),
  }),
);

// Fields of its channel

defineChild(Channel, 'stream', streams, {
  description: `What it is sending now; null when it is not live. One ${streams.filledBy} call per channel.`,
  keyOf: ({ arn: channelArn }) => ({ channelArn }),
});

builder.objectField(Channel, 'isLive', (t) =>
  t.boolean({
    description: `Whether the channel has a live stream. Call: ${list.operation}, one for all channels of a list; ${streams.filledBy} for a single channel.`,
    ...nullOnlyOnError(costs({ requires: streams.name })),
    resolve: async ({ arn: channelArn }, _args, context) => {
      const stream = streams.ref({ channelArn }, context);
      return (await streams.factsOf(stream, 'summary', context)) !== null;
    },
  }),
);

// Queries

const StreamFilter = builder.inputType('StreamFilter', {
  description: 'AWS filters by one condition at a time.',
  isOneOf: true,
  fields: (t) => ({ health: t.field({ type: StreamHealth, description: 'Only those of this health.' }) }),
});

defineKeyQuery(streams, {
  description: 'What a channel is sending now; null when it is not live.',
  args: channelArnArg,
});
defineListQuery('streams', list, {
  description: 'The live streams of a region, in AWS’s order.',
  args: { ...regionArg, ...filterArg(StreamFilter) },
  selectorOf: ({ filter }) => ({ filterBy: filter ? given(filter) : undefined }),
});

// Mutations

defineMutation('stopStream', {
  scope: 'ivs:moderate',
  description:
    'Cuts the connection of the broadcaster. Most broadcasting software connects again by itself: to keep it away, delete the stream key first.',
  payload: payloadOf('stopStream', 'channel', Channel, 'The channel.', { returnsDetail: false }),
  errors: ['ResourceNotFoundError', 'ChannelNotBroadcastingError', 'StreamUnavailableError'],
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
  errors: ['ResourceNotFoundError', 'ChannelNotBroadcastingError'],
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
