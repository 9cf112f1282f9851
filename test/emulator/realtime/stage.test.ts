import {
  CreateParticipantTokenCommand,
  CreateStageCommand,
  DeleteStageCommand,
  GetStageCommand,
  ListStageSessionsCommand,
  ListStagesCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate, failureOf, TOWN_HALL } from '../support/emulate.ts';

const RECORDINGS = 'arn:aws:ivs:us-west-2:123456789012:storage-configuration/Recordings01';

async function emulateStage(seed: 'empty' | 'demo' = 'empty') {
  const world = await emulate({ seed });
  const { stage } = await world.realtime.send(new CreateStageCommand({ name: 'rehearsal' }));
  return { ...world, arn: stage?.arn ?? '' };
}

test('a new stage has the defaults of AWS and no session', async () => {
  const { realtime } = await emulate();
  const { stage, participantTokens } = await realtime.send(new CreateStageCommand({}));
  expect(stage).toEqual({
    arn: expect.stringMatching(/^arn:aws:ivs:us-west-2:123456789012:stage\/[a-zA-Z0-9]{12}$/),
    name: '',
    activeSessionId: '',
    tags: {},
    autoParticipantRecordingConfiguration: {
      storageConfigurationArn: '',
      mediaTypes: ['AUDIO_VIDEO'],
      thumbnailConfiguration: {
        targetIntervalSeconds: 60,
        storage: ['SEQUENTIAL'],
        recordingMode: 'DISABLED',
      },
      recordingReconnectWindowSeconds: 0,
      hlsConfiguration: { targetSegmentDurationSeconds: 6 },
      recordParticipantReplicas: true,
    },
    endpoints: {
      events: 'wss://global.events.live-video.net',
      whip: expect.stringMatching(/^https:\/\/[0-9a-f]{12}\.global-bm\.whip\.live-video\.net$/),
      rtmp: expect.stringMatching(/^rtmp:\/\/[0-9a-f]{12}\.global-contribute\.live-video\.net\/app\/$/),
      rtmps: expect.stringMatching(/^rtmps:\/\/[0-9a-f]{12}\.global-contribute\.live-video\.net:443\/app\/$/),
    },
  });
  expect(participantTokens).toEqual([]);
  const sessions = await realtime.send(new ListStageSessionsCommand({ stageArn: stage?.arn }));
  expect(sessions.stageSessions).toEqual([]);
  expect((await realtime.send(new GetStageCommand({ arn: stage?.arn }))).stage).toEqual(stage);
});

test('names are not unique', async () => {
  const { realtime } = await emulate();
  const create = () => realtime.send(new CreateStageCommand({ name: 'same' }));
  const arns = (await Promise.all([create(), create()])).map(({ stage }) => stage?.arn);
  expect(new Set(arns).size).toBe(2);
});

test('tokens come with the stage, one for each configuration', async () => {
  const { realtime } = await emulate();
  const participantTokenConfigurations = [
    { userId: 'ann', duration: 5 },
    { capabilities: ['SUBSCRIBE' as const] },
  ];
  const created = await realtime.send(new CreateStageCommand({ participantTokenConfigurations }));
  expect(created.participantTokens).toMatchObject([
    { userId: 'ann', duration: 5, capabilities: ['PUBLISH', 'SUBSCRIBE'] },
    { capabilities: ['SUBSCRIBE'] },
  ]);
});

test('a token that cannot be made makes no stage either', async () => {
  const { realtime } = await emulate();
  const participantTokenConfigurations = [{}, { attributes: { a: 'x'.repeat(1024) } }];
  const create = realtime.send(new CreateStageCommand({ participantTokenConfigurations }));
  expect(await failureOf(create)).toMatchObject({ name: 'ValidationException', status: 400 });
  expect((await realtime.send(new ListStagesCommand({}))).stages).toEqual([]);
});

test('the list holds the members of the summary and no others', async () => {
  const { realtime } = await emulate({ seed: 'demo' });
  const { stages = [] } = await realtime.send(new ListStagesCommand({}));
  expect(Object.keys(stages[0] ?? {}).sort()).toEqual(['activeSessionId', 'arn', 'name', 'tags']);
});

test('an idle stage has the empty session, by which software finds it', async () => {
  const { realtime } = await emulate({ seed: 'demo' });
  const { stages = [] } = await realtime.send(new ListStagesCommand({ maxResults: 100 }));
  const idle = stages.filter(({ activeSessionId }) => activeSessionId === '').map(({ name }) => name);
  expect(idle).toContain('hackathon');
  expect(idle).not.toContain('town-hall');
});

test('an update changes what it names and leaves the rest', async () => {
  const { realtime, arn } = await emulateStage('demo');
  const renamed = await realtime.send(new UpdateStageCommand({ arn, name: 'premiere' }));
  expect(renamed.stage).toMatchObject({ name: 'premiere' });
  const recording = {
    storageConfigurationArn: RECORDINGS,
    mediaTypes: ['AUDIO_ONLY' as const],
    hlsConfiguration: { targetSegmentDurationSeconds: 10 },
  };
  const update = new UpdateStageCommand({ arn, autoParticipantRecordingConfiguration: recording });
  expect((await realtime.send(update)).stage).toMatchObject({
    name: 'premiere',
    autoParticipantRecordingConfiguration: {
      ...recording,
      thumbnailConfiguration: { targetIntervalSeconds: 60 },
      recordParticipantReplicas: true,
    },
  });
});

test('an empty storage configuration turns recording off and the rest to defaults', async () => {
  const { realtime, arn } = await emulateStage('demo');
  const update = (
    autoParticipantRecordingConfiguration: UpdateStageCommand['input']['autoParticipantRecordingConfiguration'],
  ) => realtime.send(new UpdateStageCommand({ arn, autoParticipantRecordingConfiguration }));
  await update({ storageConfigurationArn: RECORDINGS, recordingReconnectWindowSeconds: 30 });
  const { stage } = await update({ storageConfigurationArn: '', recordingReconnectWindowSeconds: 30 });
  expect(stage?.autoParticipantRecordingConfiguration).toMatchObject({
    storageConfigurationArn: '',
    recordingReconnectWindowSeconds: 0,
  });
});

test('a storage configuration must exist', async () => {
  const { realtime, arn } = await emulateStage();
  const autoParticipantRecordingConfiguration = { storageConfigurationArn: RECORDINGS };
  const create = realtime.send(new CreateStageCommand({ autoParticipantRecordingConfiguration }));
  expect(await failureOf(create)).toMatchObject({ name: 'ValidationException', status: 400 });
  const update = realtime.send(new UpdateStageCommand({ arn, autoParticipantRecordingConfiguration }));
  expect(await failureOf(update)).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
});

test('the recording of a stage cannot change while somebody is recorded', async () => {
  const { realtime, emulator, arn: stageArn } = await emulateStage('demo');
  const change = (storageConfigurationArn: string) =>
    realtime.send(
      new UpdateStageCommand({
        arn: stageArn,
        autoParticipantRecordingConfiguration: { storageConfigurationArn },
      }),
    );
  await change(RECORDINGS);
  const { participantId } = emulator.control.join({ stageArn });
  emulator.control.publish({ stageArn, participantId });
  expect(await failureOf(change(''))).toMatchObject({ name: 'ConflictException', status: 409 });
  await realtime.send(new UpdateStageCommand({ arn: stageArn, name: 'still-renamed' }));
  emulator.control.leave({ stageArn, participantId });
  await change('');
});

test('a deleted stage is gone, with its participants, sessions and tokens', async () => {
  const { realtime, emulator } = await emulate({ seed: 'demo' });
  const { participantToken } = await realtime.send(
    new CreateParticipantTokenCommand({ stageArn: TOWN_HALL }),
  );
  await realtime.send(new DeleteStageCommand({ arn: TOWN_HALL }));
  const gone = { name: 'ResourceNotFoundException', status: 404 };
  expect(await failureOf(realtime.send(new GetStageCommand({ arn: TOWN_HALL })))).toMatchObject(gone);
  expect(await failureOf(realtime.send(new DeleteStageCommand({ arn: TOWN_HALL })))).toMatchObject(gone);
  expect(await failureOf(realtime.send(new UpdateStageCommand({ arn: TOWN_HALL })))).toMatchObject(gone);
  const { stages = [] } = await realtime.send(new ListStagesCommand({}));
  expect(stages.map(({ arn }) => arn)).not.toContain(TOWN_HALL);
  expect(() => emulator.control.join({ token: participantToken?.token ?? '' })).toThrow('there is no stage');
});

test('a region holds 1000 stages', async () => {
  const { realtime } = await emulate();
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(Array.from({ length: 100 }, () => realtime.send(new CreateStageCommand({}))));
  }
  const quota = { name: 'ServiceQuotaExceededException', status: 402 };
  expect(await failureOf(realtime.send(new CreateStageCommand({})))).toMatchObject(quota);
});
