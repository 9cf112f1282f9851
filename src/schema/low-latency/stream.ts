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
import { arnRule } from '../patterns/input-rules.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { defineNode } from '../patterns/node.ts';
import { defineKeyQuery, defineListQuery, filterArg, placeArgs } from '../patterns/queries.ts';
import { defineChild, reference } from '../patterns/relations.ts';
import { Channel, channelArnArg, channels } from './channel.ts';

const { GetStreamCommand, ListStreamsCommand, PutMetadataCommand, StopStreamCommand } = ivs;

// How it is loaded

/** Not `StreamKey`, which is another noun. */
export interface Key {
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

export const streamList = defineList(streams, {
  description: 'A list of live streams.',
  commandOf: (request: ListStreamsRequest) => new ListStreamsCommand(request),
  itemsOf: (output) => output.streams,
  lookup: () => ({}),
});

// What it is

const StreamState = enumeration<State>('StreamState', 'State of a stream.', {
  LIVE: 'Live.',
  OFFLINE: 'Offline. AWS removes a stream that has ended, so do not wait for this value.',
});

const StreamHealth = enumeration<Health>('StreamHealth', 'Health of the ingest.', {
  HEALTHY: 'The ingest arrives as expected.',
  STARVING: 'The ingest is interrupted or too slow.',
  UNKNOWN: 'Unknown to AWS.',
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
      'The live stream of a channel. It ends when the channel goes off air; its StreamSession remains. Key: `channelArn`.',
    key: {
      channelArn: 'ARN of the channel.',
    },
    summary: {
      streamId: ['ID', 'Id: `st-` and 23 letters or digits. The id of its session, too.'],
      state: [StreamState, 'State of the stream.'],
      health: [StreamHealth, 'Health of the ingest.'],
      startTime: ['DateTime', 'Time of its start.'],
    },
  },
  (t) => ({
    channel: reference(t, channels, 'The channel.', ({ channelArn: arn }) => ({ arn }), { toParent: true }),
    playbackUrl: t.string({
      description: `URL of the HLS playlist of the channel. Call: ${channels.batchedBy?.operation}, one per 50 streams of a list; none for a stream that ${streams.filledBy} returned.`,
      ...costs({ level: 'summary', requires: channels.name, requiresAs: 'channel' }),
      resolve: playbackUrlOf,
    }),
    viewerCount: t.int(
      summary(
        'viewerCount',
        'Number of viewers. A viewer is counted after up to 15 seconds and removed after up to a minute. Null when AWS has no count.',
        // AWS says -1 when counting took too long
        (count) => (count < 0 ? null : count),
      ),
    ),
  }),
);

// Fields of its channel

defineChild(Channel, 'stream', streams, {
  description: `The live stream. Null when the channel is not live. Call: ${streams.filledBy}, one per channel.`,
  keyOf: ({ arn: channelArn }) => ({ channelArn }),
});

builder.objectField(Channel, 'isLive', (t) =>
  t.boolean({
    description: `Whether the channel has a live stream. Call: ${streamList.operation}, one for all channels of a list; ${streams.filledBy} for a single channel.`,
    ...nullOnlyOnError(costs({ requires: streams.name, requiresAs: 'stream' })),
    resolve: async ({ arn: channelArn }, _args, context) => {
      const stream = streams.ref({ channelArn }, context);
      return (await streams.factsOf(stream, 'summary', context)) !== null;
    },
  }),
);

// Queries

const StreamFilter = builder.inputType('StreamFilter', {
  description: 'Condition on streams. Set exactly one member, since AWS filters by one condition at a time.',
  isOneOf: true,
  fields: (t) => ({ health: t.field({ type: StreamHealth, description: 'Streams with this health.' }) }),
});

defineKeyQuery(streams, {
  description: 'The live stream of a channel. Null when the channel is not live.',
  args: channelArnArg,
});
defineListQuery('streams', streamList, {
  description: 'The live streams of a region, in AWS’s order.',
  args: { ...placeArgs, ...filterArg(StreamFilter) },
  selectorOf: ({ filter }) => ({ filterBy: filter ? given(filter) : undefined }),
});

// Mutations

defineMutation('stopStream', {
  scope: 'ivs:moderate',
  description:
    'Disconnects the broadcaster. Most broadcasting software reconnects: to prevent that, delete the stream key first.',
  payload: payloadOf('stopStream', 'channel', Channel, 'The channel.', { returnsDetail: false }),
  errors: ['ResourceNotFoundError', 'ChannelNotBroadcastingError', 'StreamUnavailableError'],
  input: (t) => ({ channelArn: t.id({ required: true, description: 'ARN of a live channel.' }) }),
  rules: [arnRule('channel', 'channelArn')],
  resolve: async ({ channelArn }, context) => {
    await write(context, targetOf(channelArn), new StopStreamCommand({ channelArn }));
    return { object: channels.ref({ arn: channelArn }, context) };
  },
});

defineMutation('putMetadata', {
  scope: 'ivs:moderate',
  description:
    'Inserts timed metadata into the live stream of a channel. Players receive it in sync with the video. Limit: 5 per second and channel.',
  payload: payloadOf('putMetadata', 'channel', Channel, 'The channel.', { returnsDetail: false }),
  errors: ['ResourceNotFoundError', 'ChannelNotBroadcastingError'],
  input: (t) => ({
    channelArn: t.id({ required: true, description: 'ARN of a live channel.' }),
    metadata: t.string({ required: true, description: 'Text of 1 byte to 1 KB in UTF-8.' }),
  }),
  rules: [arnRule('channel', 'channelArn')],
  resolve: async (input, context) => {
    await write(context, targetOf(input.channelArn), new PutMetadataCommand(input));
    return { object: channels.ref({ arn: input.channelArn }, context) };
  },
});
