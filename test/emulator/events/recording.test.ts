// Each kind of event is put on the bus once, with the members that AWS's page shows.
import { CreateStageCommand, CreateStorageConfigurationCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate } from '../support/emulate.ts';
import { details } from '../support/events.ts';

const SECOND = 1000;

async function emulateRecorded(bucketName = 'a-bucket', recordingReconnectWindowSeconds = 0) {
  const world = await emulate();
  const { control } = world.emulator;
  const storage = new CreateStorageConfigurationCommand({ s3: { bucketName } });
  const { storageConfiguration } = await world.realtime.send(storage);
  const storageConfigurationArn = storageConfiguration?.arn ?? '';
  const recording = { storageConfigurationArn, recordingReconnectWindowSeconds };
  const create = new CreateStageCommand({ autoParticipantRecordingConfiguration: recording });
  const stageArn = (await world.realtime.send(create)).stage?.arn ?? '';
  const host = { stageArn, participantId: 'host' };
  control.join(host);
  const seen = () => details(control, 'IVS Participant Recording State Change');
  return { ...world, control, host, seen, wait: (seconds: number) => world.clock.advance(seconds * SECOND) };
}

test('a recording starts, and ends when its files are written', async () => {
  const { control, host, seen, wait } = await emulateRecorded();
  control.publish(host);
  expect(seen()).toEqual([]);
  wait(1);
  control.events();
  wait(10);
  control.unpublish(host);
  wait(1);
  const place = {
    session_id: expect.stringMatching(/^st-/),
    participant_id: 'host',
    recording_s3_bucket_name: 'a-bucket',
    recording_s3_key_prefix: expect.stringContaining('/host/2026-01-01'),
  };
  expect(seen()).toEqual([
    { ...place, event_name: 'Recording Start' },
    { ...place, event_name: 'Recording End', recording_duration_ms: 10_000 },
  ]);
});

test('a recording that is merged starts and ends once', async () => {
  const { control, host, seen, wait } = await emulateRecorded('a-bucket', 60);
  for (const _ of [1, 2]) {
    control.publish(host);
    wait(2);
    control.unpublish(host);
    wait(30);
  }
  wait(31);
  expect(seen()).toMatchObject([
    { event_name: 'Recording Start' },
    { event_name: 'Recording End', recording_duration_ms: 33_000 },
  ]);
});

test('one that begins before the last one is written takes its end not away', async () => {
  const { control, host, seen, wait } = await emulateRecorded();
  control.publish(host);
  wait(2);
  control.unpublish(host);
  wait(0.5);
  control.publish(host);
  wait(2);
  const [first, end, second] = seen();
  expect([first, end, second]).toMatchObject([
    { event_name: 'Recording Start' },
    { event_name: 'Recording End' },
    { event_name: 'Recording Start' },
  ]);
  expect(end?.recording_s3_key_prefix).toBe(first?.recording_s3_key_prefix);
  expect(second?.recording_s3_key_prefix).not.toBe(first?.recording_s3_key_prefix);
});

test('a recording without its bucket fails to start', async () => {
  const { control, host, seen, wait } = await emulateRecorded('no-such-bucket');
  control.publish(host);
  wait(1);
  expect(seen()).toEqual([
    {
      session_id: expect.any(String),
      event_name: 'Recording Start Failure',
      participant_id: 'host',
      recording_s3_bucket_name: 'no-such-bucket',
      recording_s3_key_prefix: expect.any(String),
      error_code: 'ResourceNotFoundException',
      reason: 'S3 bucket not found. Please verify your bucket exists.',
    },
  ]);
});

test('a recording fails on demand, and does not end then', async () => {
  const { control, host, seen, wait } = await emulateRecorded();
  expect(() => control.failRecording(host)).toThrow('host is not recorded');
  control.publish(host);
  wait(1);
  control.events();
  wait(4);
  control.failRecording({ ...host, errorCode: 'AccessDeniedException' });
  control.unpublish(host);
  wait(5);
  expect(seen().slice(1)).toMatchObject([
    {
      event_name: 'Recording End Failure',
      recording_duration_ms: 4000,
      error_code: 'AccessDeniedException',
      reason: 'Access denied to S3 bucket. Please verify your bucket policy.',
    },
  ]);
});

test('what is due by the clock is sent then, though nobody calls', async () => {
  const { emulator, control, host, wait } = await emulateRecorded();
  const received: string[] = [];
  emulator.deliverTo(async (body) => {
    received.push(JSON.parse(body).detail.event_name);
    return { status: 200 };
  });
  control.publish(host);
  wait(1);
  await expect.poll(() => received).toEqual(['Participant Published', 'Recording Start']);
});
