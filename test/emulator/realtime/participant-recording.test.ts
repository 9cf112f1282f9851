import {
  type AutoParticipantRecordingConfiguration,
  CreateStageCommand,
  GetParticipantCommand,
  ListParticipantsCommand,
  StartParticipantReplicationCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate, failureOf } from '../support/emulate.ts';

const storageConfigurationArn = 'arn:aws:ivs:us-west-2:123456789012:storage-configuration/Recordings01';

async function emulateRecording(recording: Partial<AutoParticipantRecordingConfiguration> = {}) {
  const world = await emulate({ seed: 'demo' });
  const create = async (input: CreateStageCommand['input']) =>
    (await world.realtime.send(new CreateStageCommand(input))).stage?.arn ?? '';
  const autoParticipantRecordingConfiguration = { storageConfigurationArn, ...recording };
  const stageArn = await create({ autoParticipantRecordingConfiguration });
  const { control } = world.emulator;
  const { sessionId } = control.join({ stageArn, participantId: 'host' });
  const host = { stageArn, participantId: 'host' };
  const participant = async (key = { stageArn, sessionId, participantId: 'host' }) =>
    (await world.realtime.send(new GetParticipantCommand(key))).participant;
  return { ...world, control, create, stageArn, sessionId, host, participant };
}

test('a publisher of a recorded stage is recorded until it stops', async () => {
  const { realtime, control, clock, stageArn, sessionId, host, participant } = await emulateRecording();
  expect(await participant()).toMatchObject({ recordingState: 'DISABLED', recordingS3BucketName: '' });
  const states: (string | undefined)[] = [];
  const see = async () => states.push((await participant())?.recordingState);
  control.publish(host);
  await see();
  clock.advance(1000);
  await see();
  const filterByRecordingState = 'ACTIVE';
  const list = new ListParticipantsCommand({ stageArn, sessionId, filterByRecordingState });
  expect((await realtime.send(list)).participants).toMatchObject([{ participantId: 'host' }]);
  control.unpublish(host);
  await see();
  clock.advance(1000);
  await see();
  expect(states).toEqual(['STARTING', 'ACTIVE', 'STOPPING', 'STOPPED']);
  expect(await participant()).toMatchObject({
    recordingS3BucketName: 'ivs-recordings-us-west-2',
    recordingS3Prefix: `${stageArn.split('/')[1]}/${sessionId}/host/2026-01-01T00-00-00Z`,
  });
});

test('without a reconnect window each publication has a recording of its own', async () => {
  const { control, clock, host, participant } = await emulateRecording();
  clock.advance(600); // a prefix has the second
  control.publish(host);
  const first = await participant();
  control.unpublish(host);
  clock.advance(500);
  control.publish(host);
  expect((await participant())?.recordingS3Prefix).not.toBe(first?.recordingS3Prefix);
  // What was stopping then is not what is recorded now
  clock.advance(5000);
  expect((await participant())?.recordingState).toBe('ACTIVE');
});

test('who publishes again within the reconnect window goes on with the same recording', async () => {
  const { control, clock, host, participant } = await emulateRecording({
    recordingReconnectWindowSeconds: 60,
  });
  control.publish(host);
  const first = await participant();
  control.unpublish(host);
  clock.advance(59_000);
  expect((await participant())?.recordingState).toBe('STOPPING');
  control.publish(host);
  expect(await participant()).toMatchObject({
    recordingState: 'STARTING',
    recordingS3Prefix: first?.recordingS3Prefix,
  });
  control.unpublish(host);
  clock.advance(60_000);
  expect((await participant())?.recordingState).toBe('STOPPED');
  control.publish(host);
  expect((await participant())?.recordingS3Prefix).not.toBe(first?.recordingS3Prefix);
});

test('nothing is recorded where the media type is NONE', async () => {
  const { control, host, participant } = await emulateRecording({ mediaTypes: ['NONE'] });
  control.publish(host);
  expect(await participant()).toMatchObject({ recordingState: 'DISABLED', recordingS3Prefix: '' });
});

test.each([true, false])(
  'replicas are recorded when the stage says so: %s',
  async (recordParticipantReplicas) => {
    const { realtime, control, create, stageArn, sessionId, participant } = await emulateRecording({
      recordParticipantReplicas,
    });
    const sourceStageArn = await create({});
    control.join({ stageArn: sourceStageArn, participantId: 'guest' });
    control.publish({ stageArn: sourceStageArn, participantId: 'guest' });
    const key = { sourceStageArn, destinationStageArn: stageArn, participantId: 'guest' };
    await realtime.send(new StartParticipantReplicationCommand(key));
    const copy = await participant({ stageArn, sessionId, participantId: 'guest' });
    expect(copy?.recordingState).toBe(recordParticipantReplicas ? 'STARTING' : 'DISABLED');
  },
);

test('the recording of a stage cannot change from the moment it starts', async () => {
  const { realtime, control, stageArn, host } = await emulateRecording();
  control.publish(host);
  const autoParticipantRecordingConfiguration = { storageConfigurationArn: '' };
  const update = new UpdateStageCommand({ arn: stageArn, autoParticipantRecordingConfiguration });
  expect(await failureOf(realtime.send(update))).toMatchObject({ name: 'ConflictException', status: 409 });
});
