// What broadcasters do by themselves, for which AWS has no operation: a stream starts, starves, recovers, fails and ends.
import type { Channel as ChannelDetail, StreamEvent, StreamHealth } from '@aws-sdk/client-ivs';
import { Refused } from '../errors.ts';
import { detailTypes } from '../events/event.ts';
import { newStreamId } from '../model/identifiers.ts';
import type { Channel, StreamSession, World } from '../world/world.ts';
import { newRecording, noteStreamEvent as note } from './stream-event.ts';
import { ANALYSIS_SECONDS, ingestOf, ingestUnknown } from './stream-ingest-configuration.ts';

const SESSIONS_REMEMBERED = 1000;
const TAKEOVERS_PER_STREAM = 100; // https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html

// The types of the events of a session are those of EventBridge
const { streamState: STATE, streamHealth: HEALTH, limit: LIMIT, recording: RECORDING } = detailTypes;

/** What can go wrong with a stream, by the name of its event. */
export const failures = {
  'Stream Failure': { type: STATE },
  'Stream Takeover Failure': { type: STATE, code: 'StreamTakeoverMediaMismatch' },
  'Ingest Bitrate': { type: LIMIT },
  'Ingest Resolution': { type: LIMIT },
  'Recording Start Failure': { type: RECORDING },
  'Recording End Failure': { type: RECORDING },
} satisfies Record<string, StreamEvent>;
export type FailureName = keyof typeof failures;

/** The session of the stream on air. */
export function liveSession({ streamSessions }: Channel): StreamSession | undefined {
  const newest = streamSessions.newest();
  return newest?.endTime === undefined ? newest : undefined;
}

export function startStream(
  world: World,
  channel: Channel,
  { streamId = newStreamId(world), viewerCount = 0 } = {},
) {
  if (liveSession(channel)) throw new Refused(`${channel.arn} is live already`);
  const recordingConfiguration = world.recordingConfigurations.get(channel.recordingConfigurationArn ?? '');
  const session: StreamSession = {
    streamId,
    startTime: world.now(),
    ...(recordingConfiguration && { recording: newRecording(world, channel, recordingConfiguration) }),
    // As they were when it went live: a later update does not show here
    channel: Object.freeze(shownOf(channel)),
    ...(recordingConfiguration && { recordingConfiguration: Object.freeze({ ...recordingConfiguration }) }),
    ...ingestUnknown(channel),
    truncatedEvents: [],
    hasErrorEvent: false,
    health: 'HEALTHY',
    viewerCount,
    order: world.nextOrder(),
  };
  remember(channel, session);
  world.after(ANALYSIS_SECONDS, analyze, channel.arn, streamId);
  note(world, session, { type: STATE, name: 'Session Created' });
  note(world, session, { type: STATE, name: 'Stream Start' });
  if (recordingConfiguration) note(world, session, { type: RECORDING, name: 'Recording Start' });
  return { streamId };
}

const shownOf = ({ streamSessions: _, revocations: __, ...shown }: Channel): ChannelDetail => shown;

function remember({ streamSessions }: Channel, session: StreamSession): void {
  streamSessions.set(session.streamId, session);
  if (streamSessions.size <= SESSIONS_REMEMBERED) return;
  for (const { streamId } of streamSessions.values()) {
    streamSessions.delete(streamId);
    return;
  }
}

function analyze(world: World, channelArn: string, streamId: string): void {
  const channel = world.channels.get(channelArn);
  const session = channel && liveSession(channel);
  // What has ended does not change any more
  if (channel && session?.streamId === streamId) Object.assign(session, ingestOf(channel));
}

export function changeHealth(world: World, channel: Channel, health: StreamHealth): void {
  const session = requireLive(channel);
  if (session.health === health) return;
  session.health = health;
  note(world, session, {
    type: HEALTH,
    name: health === 'STARVING' ? 'Starvation Start' : 'Starvation End',
  });
}

/** Another encoder, with a higher priority, sends from now on; the stream continues. */
export function takeOverStream(world: World, channel: Channel): void {
  const session = requireLive(channel);
  const takeovers = (session.takeovers ?? 0) + 1;
  if (takeovers > TAKEOVERS_PER_STREAM) {
    session.hasErrorEvent = true;
    note(world, session, {
      type: STATE,
      name: 'Stream Takeover Failure',
      code: 'StreamTakeoverLimitBreached',
    });
    return;
  }
  session.takeovers = takeovers;
  note(world, session, { type: STATE, name: 'Stream Takeover' });
}

/** Records what went wrong. The stream continues, unless it is the stream that failed. */
export function failStream(world: World, channel: Channel, name: FailureName): void {
  const session = requireLive(channel);
  const failure: StreamEvent = { ...failures[name], name };
  if (failure.type === RECORDING && !session.recording) throw new Refused(`${channel.arn} is not recorded`);
  session.hasErrorEvent = true;
  note(world, session, failure);
  if (failure.type === RECORDING) session.recording = undefined;
  if (name === 'Stream Failure') stopStream(world, channel);
}

export function stopStream(world: World, channel: Channel): void {
  const session = requireLive(channel);
  note(world, session, { type: STATE, name: 'Stream End' });
  note(world, session, { type: STATE, name: 'Session Ended' });
  if (session.recording) note(world, session, { type: RECORDING, name: 'Recording End' });
  session.endTime = world.now();
}

function requireLive(channel: Channel): StreamSession {
  const session = liveSession(channel);
  if (!session) throw new Refused(`${channel.arn} is not live`);
  return session;
}
