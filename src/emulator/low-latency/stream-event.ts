// What happens to a stream, as StreamSession.truncatedEvents and EventBridge have it.
// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html
import type { StreamEvent } from '@aws-sdk/client-ivs';
import { detailTypes, toSeconds } from '../events/event.ts';
import { newRecordingId, parseArn } from '../model/identifiers.ts';
import type {
  Channel,
  RecordingConfiguration,
  StreamRecording,
  StreamSession,
  World,
} from '../world/world.ts';

const EVENTS_SHOWN = 500; // of StreamSession.truncatedEvents, newest first

/** What the events of a breach say beside the name; by how much is made up. */
const limits = {
  'Ingest Bitrate': { limit_value: 8_500_000, exceeded_by: 500_000, limit_unit: 'bits per second' },
  'Ingest Resolution': { limit_value: 2_073_600, exceeded_by: 1_612_800, limit_unit: 'total pixels' },
  'Concurrent Broadcasts': { limit_value: 100, exceeded_by: 1, limit_unit: 'active streams' },
  'Concurrent Viewers': { limit_value: 15_000, exceeded_by: 1, limit_unit: 'viewers' },
} as const;
/** Limits of all channels together, of which no stream session knows. */
export const accountLimits = ['Concurrent Broadcasts', 'Concurrent Viewers'] as const;
export type AccountLimit = (typeof accountLimits)[number];

interface AdBreak {
  adBreakId: string;
  durationSeconds: number;
}

const INSERTED_AFTER = 10_000; // as in AWS's example of the event

/** Writes down what happened to a stream. */
export function noteStreamEvent(world: World, session: StreamSession, event: StreamEvent): void {
  const noted = { ...event, eventTime: world.now() };
  session.truncatedEvents = [noted, ...(session.truncatedEvents ?? [])].slice(0, EVENTS_SHOWN);
  const { channel: { arn = '', name = '' } = {}, streamId } = session;
  const of = { channel_name: name, stream_id: streamId };
  world.emit({
    type: event.type ?? '',
    resources: [arn],
    detail: { ...detailOf(world, session, event), ...of },
  });
}

/** No stream session shows it. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html#eventbridge-examples-ad-break-state-change */
export function noteAdBreak(world: World, session: StreamSession, adBreak: AdBreak): void {
  const { channel: { arn = '', name = '' } = {}, streamId } = session;
  const detail = {
    event_name: 'Ad Break Inserted',
    channel_name: name,
    stream_id: streamId,
    ad_break_id: adBreak.adBreakId,
    duration_seconds: adBreak.durationSeconds,
    target_start_time: toSeconds(new Date(world.now().getTime() + INSERTED_AFTER)),
  };
  world.emit({ type: detailTypes.adBreak, resources: [arn], detail });
}

export function breachLimit(world: World, limit: AccountLimit): void {
  world.emit({ type: detailTypes.limit, resources: [], detail: { limit_name: limit, ...limits[limit] } });
}

function detailOf(world: World, session: StreamSession, { type, name = '', code }: StreamEvent): object {
  if (type === detailTypes.limit) return { limit_name: name, ...limits[name as keyof typeof limits] };
  if (type === detailTypes.recording) return recordingOf(world, session, name);
  return {
    event_name: name,
    ...(code && { code }),
    ...(name === 'Stream Failure' && { reason: 'Transcode capacity exceeded. Please try again.' }),
  };
}

/** Each as AWS's examples have it. */
const recordingReasons: Record<string, string> = {
  'Recording Start Failure': 'ValidationException',
  'Recording End Failure': 'InternalServerException',
};

function recordingOf(world: World, { recording, startTime, streamId }: StreamSession, name: string) {
  const hasStarted = name === 'Recording End' || name === 'Recording End Failure';
  return {
    recording_status: name,
    recording_status_reason: recordingReasons[name] ?? '',
    recording_s3_bucket_name: recording?.bucketName,
    recording_s3_key_prefix: name === 'Recording Start Failure' ? '' : recording?.keyPrefix,
    recording_duration_ms: hasStarted ? world.now().getTime() - startTime.getTime() : 0,
    recording_session_id: recording?.sessionId,
    recording_session_stream_ids: [streamId],
  };
}

/** Where a stream that begins now is recorded. */
export function newRecording(
  world: World,
  { arn }: Channel,
  { destinationConfiguration }: RecordingConfiguration,
): StreamRecording {
  const now = world.now();
  const day = [now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate()];
  const path = [world.accountId, parseArn(arn)?.id, ...day, now.getUTCHours(), now.getUTCMinutes()];
  return {
    bucketName: destinationConfiguration?.s3?.bucketName ?? '',
    keyPrefix: ['ivs', 'v1', ...path, newRecordingId(world)].join('/'),
    sessionId: newRecordingId(world),
  };
}
