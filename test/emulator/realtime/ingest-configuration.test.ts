import {
  CreateIngestConfigurationCommand,
  type CreateIngestConfigurationCommandInput,
  CreateStageCommand,
  DeleteIngestConfigurationCommand,
  DeleteStageCommand,
  DisconnectParticipantCommand,
  GetIngestConfigurationCommand,
  GetParticipantCommand,
  ListIngestConfigurationsCommand,
  ListParticipantEventsCommand,
  UpdateIngestConfigurationCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate, failureOf } from '../support/emulate.ts';

const UNKNOWN = 'arn:aws:ivs:us-west-2:123456789012:ingest-configuration/doesNotExist';
const NO_STAGE = 'arn:aws:ivs:us-west-2:123456789012:stage/doesNotExist';
const notFound = { name: 'ResourceNotFoundException', status: 404 };
const conflict = { name: 'ConflictException', status: 409 };

async function emulateIngest(input: Partial<CreateIngestConfigurationCommandInput> = {}) {
  const world = await emulate();
  const { realtime, emulator } = world;
  const { stage } = await realtime.send(new CreateStageCommand({}));
  const stageArn = stage?.arn ?? '';
  const command = new CreateIngestConfigurationCommand({ ingestProtocol: 'RTMPS', stageArn, ...input });
  const { ingestConfiguration } = await realtime.send(command);
  if (!ingestConfiguration?.arn) throw new Error('Expected an ingest configuration');
  const arn = ingestConfiguration.arn;
  const get = async () =>
    (await realtime.send(new GetIngestConfigurationCommand({ arn }))).ingestConfiguration;
  return { ...world, control: emulator.control, stageArn, ingestConfiguration, arn, get };
}

test('a new one has a stream key and a participant id of its own, and is idle', async () => {
  const tags = { team: 'events' };
  const { ingestConfiguration, arn, stageArn, get } = await emulateIngest({
    name: 'camera',
    userId: 'cam',
    attributes: { seat: '1' },
    tags,
  });
  const id = arn.split('/')[1];
  expect(ingestConfiguration).toEqual({
    arn: expect.stringMatching(/^arn:aws:ivs:us-west-2:123456789012:ingest-configuration\/[a-zA-Z0-9]{12}$/),
    name: 'camera',
    ingestProtocol: 'RTMPS',
    streamKey: expect.stringMatching(new RegExp(`^rt_123456789012_us-west-2_${id}_.+$`)),
    stageArn,
    participantId: expect.stringMatching(/^[a-zA-Z0-9]{12}$/),
    state: 'INACTIVE',
    userId: 'cam',
    redundantIngest: false,
    attributes: { seat: '1' },
    tags,
  });
  expect(await get()).toEqual(ingestConfiguration);
});

test('the list holds the members of the summary and no others', async () => {
  const { realtime, arn } = await emulateIngest({ redundantIngest: true });
  const { ingestConfigurations } = await realtime.send(new ListIngestConfigurationsCommand({}));
  expect(ingestConfigurations).toMatchObject([{ arn, redundantIngest: true }]);
  expect(Object.keys(ingestConfigurations?.[0] ?? {}).sort()).toEqual([
    'arn',
    'ingestProtocol',
    'name',
    'participantId',
    'redundantIngest',
    'stageArn',
    'state',
    'userId',
  ]);
});

test('RTMP must be allowed to be insecure', async () => {
  const { realtime } = await emulate();
  const create = (insecureIngest?: boolean) =>
    realtime.send(new CreateIngestConfigurationCommand({ ingestProtocol: 'RTMP', insecureIngest }));
  const refused = { name: 'ValidationException', status: 400 };
  expect(await failureOf(create())).toMatchObject(refused);
  expect(await failureOf(create(false))).toMatchObject(refused);
  expect((await create(true)).ingestConfiguration).toMatchObject({ ingestProtocol: 'RTMP', stageArn: '' });
});

test.each<[what: string, input: Partial<CreateIngestConfigurationCommandInput>]>([
  ['a stage that does not exist', { stageArn: NO_STAGE }],
  ['attributes of more than 1 KB', { attributes: { a: 'x'.repeat(1024) } }],
  ['an unknown protocol', { ingestProtocol: 'SRT' as never }],
])('%s is refused', async (_, input) => {
  const { realtime } = await emulate();
  const create = new CreateIngestConfigurationCommand({ ingestProtocol: 'RTMPS', ...input });
  expect(await failureOf(realtime.send(create))).toMatchObject({ name: 'ValidationException', status: 400 });
});

test('an encoder with the stream key makes it publish to its stage', async () => {
  const { realtime, control, ingestConfiguration, arn, stageArn, get } = await emulateIngest({
    userId: 'cam',
    attributes: { seat: '1' },
  });
  const streamKey = ingestConfiguration.streamKey ?? '';
  const { sessionId, participantId } = control.startIngest({ streamKey });
  expect(participantId).toBe(ingestConfiguration.participantId);
  expect(await get()).toMatchObject({ state: 'ACTIVE' });
  const participant = new GetParticipantCommand({ stageArn, sessionId, participantId });
  expect((await realtime.send(participant)).participant).toMatchObject({
    userId: 'cam',
    attributes: { seat: '1' },
    state: 'CONNECTED',
    published: true,
    protocol: 'RTMPS',
    ingestConfigurationArn: arn,
    redundantIngest: false,
  });
  control.unpublish({ stageArn, participantId });
  expect(await get()).toMatchObject({ state: 'INACTIVE' });
  control.stopIngest({ ingestConfigurationArn: arn });
  expect(await get()).toMatchObject({ state: 'INACTIVE', stageArn });
  expect((await realtime.send(participant)).participant).toMatchObject({ state: 'DISCONNECTED' });
});

test('a stream key is good for one encoder at a time', async () => {
  const { realtime, control, ingestConfiguration, arn, stageArn } = await emulateIngest();
  const { sessionId, participantId } = control.startIngest({ ingestConfigurationArn: arn });
  expect(() => control.startIngest({ streamKey: ingestConfiguration.streamKey ?? '' })).toThrow('already');
  const list = new ListParticipantEventsCommand({ stageArn, sessionId, participantId, maxResults: 1 });
  expect((await realtime.send(list)).events).toMatchObject([
    { name: 'PUBLISH_ERROR', errorCode: 'REUSE_OF_STREAM_KEY' },
  ]);
});

test('an encoder for which there is no room is turned away', async () => {
  const { realtime, control, arn, stageArn, get } = await emulateIngest();
  for (let number = 0; number < 12; number += 1) {
    const { participantId } = control.join({ stageArn });
    control.publish({ stageArn, participantId });
  }
  const { sessionId, participantId } = control.startIngest({ ingestConfigurationArn: arn });
  expect(await get()).toMatchObject({ state: 'INACTIVE' });
  const list = new ListParticipantEventsCommand({ stageArn, sessionId, participantId });
  expect((await realtime.send(list)).events).toMatchObject([
    { name: 'LEFT' },
    { name: 'PUBLISH_ERROR', errorCode: 'QUOTA_EXCEEDED' },
    { name: 'JOINED' },
  ]);
});

test('the second stream key of a redundant one is another participant', async () => {
  const { realtime, control, ingestConfiguration, arn, stageArn, get } = await emulateIngest({
    redundantIngest: true,
  });
  const [redundant] = ingestConfiguration.redundantIngestCredentials ?? [];
  expect(redundant).toEqual({
    participantId: expect.stringMatching(/^[a-zA-Z0-9]{12}$/),
    streamKey: expect.stringMatching(new RegExp(`_${arn.split('/')[1]}_`)),
  });
  expect(redundant?.streamKey).not.toBe(ingestConfiguration.streamKey);
  const { sessionId } = control.startIngest({ ingestConfigurationArn: arn });
  const { participantId } = control.startIngest({ streamKey: redundant?.streamKey ?? '' });
  expect(participantId).toBe(redundant?.participantId);
  const participant = new GetParticipantCommand({ stageArn, sessionId, participantId });
  const expected = { redundantIngest: true, ingestConfigurationArn: arn };
  expect((await realtime.send(participant)).participant).toMatchObject(expected);
  control.stopIngest({ ingestConfigurationArn: arn });
  expect(await get()).toMatchObject({ state: 'ACTIVE' });
});

test('what is active cannot be updated, and is deleted by force only', async () => {
  const { realtime, control, arn, stageArn, get } = await emulateIngest();
  const { sessionId, participantId } = control.startIngest({ ingestConfigurationArn: arn });
  const update = new UpdateIngestConfigurationCommand({ arn, stageArn: '' });
  expect(await failureOf(realtime.send(update))).toMatchObject(conflict);
  const remove = (force?: boolean) => realtime.send(new DeleteIngestConfigurationCommand({ arn, force }));
  expect(await failureOf(remove())).toMatchObject(conflict);
  expect(await failureOf(remove(false))).toMatchObject(conflict);
  await remove(true);
  expect(await failureOf(get())).toMatchObject(notFound);
  const participant = new GetParticipantCommand({ stageArn, sessionId, participantId });
  expect((await realtime.send(participant)).participant).toMatchObject({ state: 'DISCONNECTED' });
});

test('an update changes what it names', async () => {
  const { realtime, control, arn, stageArn } = await emulateIngest();
  const update = async (input: object) =>
    (await realtime.send(new UpdateIngestConfigurationCommand({ arn, ...input }))).ingestConfiguration;
  expect(await update({ redundantIngest: true })).toMatchObject({
    stageArn,
    redundantIngest: true,
    redundantIngestCredentials: [{ streamKey: expect.any(String) }],
  });
  expect(await update({ stageArn: '' })).toMatchObject({ stageArn: '', redundantIngest: true });
  expect(() => control.startIngest({ ingestConfigurationArn: arn })).toThrow('belongs to no stage');
  const plain = await update({ stageArn, redundantIngest: false });
  expect(plain).toMatchObject({ stageArn, redundantIngest: false });
  expect(plain?.redundantIngestCredentials).toBeUndefined();
  expect(await failureOf(update({ stageArn: NO_STAGE }))).toMatchObject(notFound);
});

test('disconnecting its participant takes it off the stage', async () => {
  const { realtime, control, arn, stageArn, get } = await emulateIngest();
  const { participantId } = control.startIngest({ ingestConfigurationArn: arn });
  await realtime.send(new DisconnectParticipantCommand({ stageArn, participantId }));
  expect(await get()).toMatchObject({ stageArn: '', state: 'INACTIVE', participantId });
});

test('disconnecting an encoder that has not begun takes it off the stage too, until it is put there again', async () => {
  const { realtime, control, arn, stageArn, get } = await emulateIngest({ redundantIngest: true });
  const { participantId, redundantIngestCredentials: [redundant] = [] } = (await get()) ?? {};
  for (const id of [participantId, redundant?.participantId]) {
    await realtime.send(new DisconnectParticipantCommand({ stageArn, participantId: id }));
    expect(await get()).toMatchObject({ stageArn: '', state: 'INACTIVE' });
    expect(() => control.startIngest({ ingestConfigurationArn: arn })).toThrow('belongs to no stage');
    await realtime.send(new UpdateIngestConfigurationCommand({ arn, stageArn }));
  }
  expect(control.startIngest({ ingestConfigurationArn: arn })).toMatchObject({ participantId });
});

test('deleting its stage takes it off it, active or not', async () => {
  const { realtime, control, arn, stageArn, get } = await emulateIngest();
  control.startIngest({ ingestConfigurationArn: arn });
  await realtime.send(new DeleteStageCommand({ arn: stageArn }));
  expect(await get()).toMatchObject({ stageArn: '', state: 'INACTIVE' });
});

test('the list can be narrowed by stage or by state, not by both', async () => {
  const { realtime, control, arn, stageArn } = await emulateIngest();
  await realtime.send(new CreateIngestConfigurationCommand({ ingestProtocol: 'RTMPS' }));
  control.startIngest({ ingestConfigurationArn: arn });
  const list = async (filter: ListIngestConfigurationsCommand['input']) =>
    (await realtime.send(new ListIngestConfigurationsCommand(filter))).ingestConfigurations?.map(
      (one) => one.arn === arn,
    );
  expect(await list({})).toEqual([true, false]);
  expect(await list({ filterByStageArn: stageArn })).toEqual([true]);
  expect(await list({ filterByState: 'INACTIVE' })).toEqual([false]);
  expect(await failureOf(list({ filterByStageArn: stageArn, filterByState: 'ACTIVE' }))).toMatchObject({
    name: 'ValidationException',
    status: 400,
  });
});

test('what does not exist is not found', async () => {
  const { realtime, control } = await emulateIngest();
  for (const command of [
    new GetIngestConfigurationCommand({ arn: UNKNOWN }),
    new UpdateIngestConfigurationCommand({ arn: UNKNOWN }),
    new DeleteIngestConfigurationCommand({ arn: UNKNOWN }),
  ]) {
    expect(await failureOf(realtime.send(command as GetIngestConfigurationCommand))).toMatchObject(notFound);
  }
  for (const input of [{}, { streamKey: 'rt_1_us-west-2_x_y' }, { ingestConfigurationArn: UNKNOWN }]) {
    expect(() => control.startIngest(input)).toThrow('there is no ingest configuration');
  }
});

test('a region holds 100', async () => {
  const { realtime } = await emulate();
  const create = () => realtime.send(new CreateIngestConfigurationCommand({ ingestProtocol: 'RTMPS' }));
  await Promise.all(Array.from({ length: 100 }, create));
  expect(await failureOf(create())).toMatchObject({ name: 'ServiceQuotaExceededException', status: 402 });
});
