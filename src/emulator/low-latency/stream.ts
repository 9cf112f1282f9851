import { channelNotBroadcasting, validationFailed } from '../errors.ts';
import type { Operations } from '../model/operation.ts';
import { paginate, sorted } from '../persistent/paging.ts';
import type { Channel, StreamSession, World } from '../world/world.ts';
import { liveSession, stopStream } from './broadcast.ts';
import { requireChannel } from './channel.ts';

const METADATA_BYTES = 1024; // https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_PutMetadata.html

/** The channel of an ARN and its stream on air; ChannelNotBroadcasting when there is none. */
export function requireBroadcast(world: World, arn: string): { channel: Channel; session: StreamSession } {
  const channel = requireChannel(world, arn);
  const session = liveSession(channel);
  if (!session) throw channelNotBroadcasting(arn);
  return { channel, session };
}

/** A stream is what a session is while it is on air. */
const streamOf = (
  { arn, playbackUrl }: Channel,
  { streamId, startTime, health, viewerCount, order }: StreamSession,
) => ({
  channelArn: arn,
  streamId,
  playbackUrl,
  startTime,
  state: 'LIVE' as const,
  health,
  viewerCount,
  order,
});

export const streamOperations = {
  GetStream({ channelArn }, world) {
    const { channel, session } = requireBroadcast(world, channelArn);
    return { stream: streamOf(channel, session) };
  },

  ListStreams(input, world) {
    const streams = [...world.channels.values()].flatMap((channel) => {
      const session = liveSession(channel);
      return session ? [streamOf(channel, session)] : [];
    });
    const wanted = input.filterBy?.health;
    const page = paginate(
      sorted(streams.filter(({ health }) => wanted === undefined || health === wanted)),
      input,
      { operation: 'ListStreams', world, size: 100 },
    );
    return { streams: page.items, nextToken: page.nextToken };
  },

  StopStream({ channelArn }, world) {
    stopStream(world, requireBroadcast(world, channelArn).channel);
    return {};
  },

  PutMetadata({ channelArn, metadata }, world) {
    const bytes = Buffer.byteLength(metadata);
    if (bytes > METADATA_BYTES) {
      throw validationFailed(`metadata: must be at most ${METADATA_BYTES} bytes, got ${bytes}`);
    }
    requireBroadcast(world, channelArn);
    return {};
  },
} satisfies Partial<Operations>;
