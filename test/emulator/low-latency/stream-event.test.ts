// Each kind of event is put on the bus once, with the members that AWS's page shows.
import {
  CreateChannelCommand,
  CreateRecordingConfigurationCommand,
  GetStreamSessionCommand,
} from '@aws-sdk/client-ivs';
import { expect, test } from 'vitest';
import { emulate } from '../support/emulate.ts';
import { details, kinds } from '../support/events.ts';

const SECOND = 1000;

async function emulateChannel() {
  const world = await emulate();
  const { control } = world.emulator;
  const destinationConfiguration = { s3: { bucketName: 'shows' } };
  const configuration = new CreateRecordingConfigurationCommand({ destinationConfiguration });
  const { recordingConfiguration } = await world.ivs.send(configuration);
  world.clock.advance(5 * SECOND);
  const create = new CreateChannelCommand({
    name: 'keynote',
    recordingConfigurationArn: recordingConfiguration?.arn,
  });
  const channelArn = (await world.ivs.send(create)).channel?.arn ?? '';
  const { streamId } = control.startStream({ channelArn });
  const of = { channel_name: 'keynote', stream_id: streamId };
  return { ...world, control, channelArn, of, channel: { channelArn } };
}

test('a stream is created, starts, starves, recovers, ends and is over, and is recorded', async () => {
  const { control, channel, channelArn, of, clock, ivs } = await emulateChannel();
  control.starveStream(channel);
  control.recoverStream(channel);
  control.takeOverStream(channel);
  clock.advance(70 * SECOND);
  control.stopStream(channel);
  const id = channelArn.split('/')[1];
  const recording = {
    ...of,
    recording_status_reason: '',
    recording_s3_bucket_name: 'shows',
    recording_s3_key_prefix: expect.stringMatching(
      `^ivs/v1/123456789012/${id}/2026/1/1/0/0/[A-Za-z0-9]{12}$`,
    ),
    recording_session_id: expect.stringMatching(/^[A-Za-z0-9]{12}$/),
    recording_session_stream_ids: [of.stream_id],
  };
  const { events } = control.events();
  const seen = events.filter(({ resources }) => resources[0] === channelArn);
  // As captured: the prefix ends in an id of its own
  const { recording_session_id, recording_s3_key_prefix } = seen[2]?.detail ?? {};
  expect(String(recording_s3_key_prefix).split('/').at(-1)).not.toBe(recording_session_id);
  expect(seen.map((event) => [event['detail-type'], event.detail])).toEqual([
    ['IVS Stream State Change', { ...of, event_name: 'Session Created' }],
    ['IVS Stream State Change', { ...of, event_name: 'Stream Start' }],
    [
      'IVS Recording State Change',
      { ...recording, recording_status: 'Recording Start', recording_duration_ms: 0 },
    ],
    ['IVS Stream Health Change', { ...of, event_name: 'Starvation Start' }],
    ['IVS Stream Health Change', { ...of, event_name: 'Starvation End' }],
    ['IVS Stream State Change', { ...of, event_name: 'Stream Takeover' }],
    ['IVS Stream State Change', { ...of, event_name: 'Stream End' }],
    ['IVS Stream State Change', { ...of, event_name: 'Session Ended' }],
    [
      'IVS Recording State Change',
      { ...recording, recording_status: 'Recording End', recording_duration_ms: 70_000 },
    ],
  ]);
  // One source: the API knows them, too
  const { streamSession } = await ivs.send(new GetStreamSessionCommand({ channelArn }));
  const known = streamSession?.truncatedEvents?.map(({ type, name }) => [type, name]).reverse();
  expect(known).toEqual(kinds(control));
});

// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html
test('a stream is taken over 100 times at most', async () => {
  const { control, channel, channelArn, of, ivs } = await emulateChannel();
  for (let takeover = 1; takeover <= 101; takeover++) control.takeOverStream(channel);
  expect(control.events({ eventName: 'Stream Takeover' }).events).toHaveLength(100);
  expect(control.events({ eventName: 'Stream Takeover Failure' }).events).toMatchObject([
    { detail: { ...of, code: 'StreamTakeoverLimitBreached' } },
  ]);
  const { streamSession } = await ivs.send(new GetStreamSessionCommand({ channelArn }));
  expect(streamSession?.truncatedEvents?.[0]).toMatchObject({ code: 'StreamTakeoverLimitBreached' });
});

test.each([
  [
    'Ingest Bitrate',
    {
      limit_name: 'Ingest Bitrate',
      limit_value: 8_500_000,
      exceeded_by: 500_000,
      limit_unit: 'bits per second',
    },
  ],
  [
    'Ingest Resolution',
    {
      limit_name: 'Ingest Resolution',
      limit_value: 2_073_600,
      exceeded_by: 1_612_800,
      limit_unit: 'total pixels',
    },
  ],
  ['Stream Takeover Failure', { event_name: 'Stream Takeover Failure', code: 'StreamTakeoverMediaMismatch' }],
  [
    'Stream Failure',
    { event_name: 'Stream Failure', reason: 'Transcode capacity exceeded. Please try again.' },
  ],
] as const)('a stream breaches, or fails with, %s', async (event, detail) => {
  const { control, channel, channelArn, of } = await emulateChannel();
  control.failStream({ ...channel, event });
  const { events } = control.events({ eventName: event });
  expect(events).toMatchObject([{ resources: [channelArn] }]);
  expect(events[0]?.detail).toEqual({ ...of, ...detail });
});

// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html#eventbridge-examples-recording-state-change
test.each([
  [
    'Recording Start Failure',
    false,
    { recording_status_reason: 'ValidationException', recording_duration_ms: 0 },
  ],
  [
    'Recording End Failure',
    true,
    { recording_status_reason: 'InternalServerException', recording_duration_ms: 1000 },
  ],
] as const)('a channel has a %s, and no end of the recording then', async (event, hasPrefix, more) => {
  const { control, channel, of, clock } = await emulateChannel();
  clock.advance(SECOND);
  control.failStream({ ...channel, event });
  control.stopStream(channel);
  const seen = details(control, 'IVS Recording State Change');
  expect(seen.slice(1)).toEqual([
    {
      ...of,
      recording_status: event,
      recording_s3_bucket_name: 'shows',
      ...more,
      recording_s3_key_prefix: hasPrefix ? seen[0]?.recording_s3_key_prefix : '',
      recording_session_id: seen[0]?.recording_session_id,
      recording_session_stream_ids: [of.stream_id],
    },
  ]);
});

test('a channel that is not recorded has no recording events', async () => {
  const { ivs, emulator } = await emulate();
  const { channel } = await ivs.send(new CreateChannelCommand({}));
  const channelArn = channel?.arn ?? '';
  emulator.control.startStream({ channelArn });
  const event = 'Recording End Failure';
  expect(() => emulator.control.failStream({ channelArn, event })).toThrow('is not recorded');
  emulator.control.stopStream({ channelArn });
  expect(kinds(emulator.control).map(([, name]) => name)).toEqual([
    'Session Created',
    'Stream Start',
    'Stream End',
    'Session Ended',
  ]);
});

test.each([
  ['Concurrent Broadcasts', 100, 'active streams'],
  ['Concurrent Viewers', 15_000, 'viewers'],
] as const)('the account breaches %s, which names no channel', async (limit, limit_value, limit_unit) => {
  const { emulator } = await emulate();
  emulator.control.breachLimit({ limit, region: 'eu-west-1' });
  expect(emulator.control.events().events).toMatchObject([{ region: 'eu-west-1', resources: [] }]);
  expect(details(emulator.control, 'IVS Limit Breach')).toEqual([
    { limit_name: limit, limit_value, exceeded_by: 1, limit_unit },
  ]);
});
