// Channels, and the streams of one of them.
import { liveSession } from '../low-latency/broadcast.ts';
import type { Channel, StreamSession, World } from '../world/world.ts';
import { firstOf, namedLike, type Wanted } from './lists.ts';

const SESSIONS = 20;
const EVENTS = 50;

export function showChannels(world: World, wanted: Wanted): object {
  const channel = world.channels.get(wanted.get('arn') ?? '');
  return {
    channels: namedLike(world.channels.values(), wanted, summaryOf),
    channel: channel && detailOf(world, channel),
  };
}

function summaryOf(channel: Channel) {
  const { arn, name } = channel;
  const { health, viewerCount, startTime, streamId } = liveSession(channel) ?? {};
  return { arn, name, isLive: streamId !== undefined, health, viewerCount, startTime, streamId };
}

function detailOf(world: World, channel: Channel) {
  const { type, latencyMode, authorized, tags, recordingConfigurationArn, streamSessions } = channel;
  const recording = world.recordingConfigurations.get(recordingConfigurationArn ?? '');
  return {
    ...summaryOf(channel),
    type,
    latencyMode,
    isPrivate: authorized,
    tags,
    recording: recording && { name: recording.name, arn: recording.arn, state: recording.state },
    streamKeys: world.streamKeys.count('channelArn', channel.arn),
    sessionCount: streamSessions.size,
    sessions: firstOf(streamSessions.before(), SESSIONS).map(sessionOf),
    events: (streamSessions.newest()?.truncatedEvents ?? []).slice(0, EVENTS),
  };
}

const sessionOf = ({ streamId, startTime, endTime, hasErrorEvent }: StreamSession) => ({
  streamId,
  startTime,
  endTime,
  hasErrorEvent,
});
