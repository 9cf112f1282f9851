// What broadcasters do by themselves, for which AWS has no operation: a stream starts, starves, recovers and ends.
import type { StreamHealth } from '@aws-sdk/client-ivs';
import { Refused } from '../errors.ts';
import { newStreamId } from '../identifiers.ts';
import type { Channel, StreamSession, World } from '../world.ts';

const EVENTS_SHOWN = 500; // of StreamSession.truncatedEvents, newest first
const SESSIONS_REMEMBERED = 100;

const ingest = {
  video: {
    avcProfile: 'Baseline',
    avcLevel: '4.2',
    codec: 'avc1.42C02A',
    encoder: 'obs-studio',
    targetBitrate: 8_350_000,
    targetFramerate: 60,
    videoHeight: 1080,
    videoWidth: 1920,
  },
  audio: { codec: 'mp4a.40.2', targetBitrate: 160_000, sampleRate: 48_000, channels: 2 },
};

/** The session of the stream on air. */
export const liveSession = ({ streamSessions }: Channel): StreamSession | undefined =>
  streamSessions.find(({ endTime }) => endTime === undefined);

export function startStream(
  world: World,
  channel: Channel,
  { streamId = newStreamId(), viewerCount = 0 } = {},
) {
  if (liveSession(channel)) throw new Refused(`${channel.arn} is live already`);
  const session: StreamSession = {
    streamId,
    startTime: world.now(),
    // As the channel was when it went live: a later update does not show here
    channel: { ...channel },
    ingestConfiguration: ingest,
    truncatedEvents: [],
    health: 'HEALTHY',
    viewerCount,
    order: world.nextOrder(),
  };
  channel.streamSessions = [session, ...channel.streamSessions].slice(0, SESSIONS_REMEMBERED);
  note(world, session, 'IVS Stream State Change', 'Session Created');
  note(world, session, 'IVS Stream State Change', 'Stream Start');
  return { streamId };
}

export function changeHealth(world: World, channel: Channel, health: StreamHealth): void {
  const session = requireLive(channel);
  if (session.health === health) return;
  session.health = health;
  note(
    world,
    session,
    'IVS Stream Health Change',
    health === 'STARVING' ? 'Starvation Start' : 'Starvation End',
  );
}

export function stopStream(world: World, channel: Channel): void {
  const session = requireLive(channel);
  note(world, session, 'IVS Stream State Change', 'Stream End');
  note(world, session, 'IVS Stream State Change', 'Session Ended');
  session.endTime = world.now();
}

function requireLive(channel: Channel): StreamSession {
  const session = liveSession(channel);
  if (!session) throw new Refused(`${channel.arn} is not live`);
  return session;
}

function note(world: World, session: StreamSession, type: string, name: string): void {
  const event = { type, name, eventTime: world.now() };
  session.truncatedEvents = [event, ...(session.truncatedEvents ?? [])].slice(0, EVENTS_SHOWN);
}
