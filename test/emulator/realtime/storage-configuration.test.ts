import {
  CreateStageCommand,
  CreateStorageConfigurationCommand,
  DeleteStageCommand,
  DeleteStorageConfigurationCommand,
  GetStorageConfigurationCommand,
  ListStorageConfigurationsCommand,
  StopCompositionCommand,
  TagResourceCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate, failureOf } from '../support/emulate.ts';

const demo = (id: string) => `arn:aws:ivs:us-west-2:123456789012:${id}`;
const NOT_FOUND = { name: 'ResourceNotFoundException', status: 404 };
const notRecorded = { autoParticipantRecordingConfiguration: { storageConfigurationArn: '' } };
const CONFLICT = { name: 'ConflictException', status: 409 };

async function emulateStorage(seed: 'empty' | 'demo' = 'empty') {
  const world = await emulate({ seed });
  const create = async (bucketName = 'a-bucket', more = {}) => {
    const command = new CreateStorageConfigurationCommand({ s3: { bucketName }, ...more });
    return (await world.realtime.send(command)).storageConfiguration;
  };
  const get = async (arn: string | undefined) =>
    (await world.realtime.send(new GetStorageConfigurationCommand({ arn }))).storageConfiguration;
  const remove = (arn: string | undefined) =>
    world.realtime.send(new DeleteStorageConfigurationCommand({ arn }));
  return { ...world, create, get, remove };
}

test('a new one has what was asked for', async () => {
  const { create, get } = await emulateStorage();
  const configuration = await create('my.bucket', { name: 'archive', tags: { a: 'b' } });
  expect(configuration).toEqual({
    arn: expect.stringMatching(/^arn:aws:ivs:us-west-2:123456789012:storage-configuration\/[a-zA-Z0-9]{12}$/),
    name: 'archive',
    s3: { bucketName: 'my.bucket' },
    tags: { a: 'b' },
  });
  expect(await get(configuration?.arn)).toEqual(configuration);
  expect(await create()).toMatchObject({ name: '', tags: {} });
});

test.each([['ab'], ['Upper-Case'], ['x'.repeat(64)]])('the bucket %s is refused', async (bucketName) => {
  const { create } = await emulateStorage();
  expect(await failureOf(create(bucketName))).toMatchObject({ name: 'ValidationException', status: 400 });
});

test('the list tells everything, page by page', async () => {
  const { realtime } = await emulateStorage('demo');
  const page = await realtime.send(new ListStorageConfigurationsCommand({ maxResults: 1 }));
  expect(page.storageConfigurations).toEqual([
    {
      arn: demo('storage-configuration/Recordings01'),
      name: 'recordings',
      s3: { bucketName: 'ivs-recordings-us-west-2' },
      tags: {},
    },
  ]);
  const rest = await realtime.send(new ListStorageConfigurationsCommand({ nextToken: page.nextToken }));
  expect(rest.storageConfigurations?.map(({ name }) => name)).toEqual(['archive']);
});

test('a region holds 5', async () => {
  const { create } = await emulateStorage();
  for (let count = 0; count < 5; count += 1) await create();
  expect(await failureOf(create())).toMatchObject({ name: 'ServiceQuotaExceededException', status: 402 });
});

test('one that a composition uses cannot be deleted before its end', async () => {
  const { clock, realtime, remove, get } = await emulateStorage('demo');
  const arn = demo('storage-configuration/Recordings01');
  await realtime.send(new DeleteStageCommand({ arn: demo('stage/PodcastStud1') }));
  expect(await failureOf(remove(arn))).toMatchObject(CONFLICT);
  await realtime.send(new StopCompositionCommand({ arn: demo('composition/TownHall0001') }));
  expect(await failureOf(remove(arn))).toMatchObject(CONFLICT);
  clock.advance(3000);
  await remove(arn);
  expect(await failureOf(get(arn))).toMatchObject(NOT_FOUND);
  expect(await failureOf(remove(arn))).toMatchObject(NOT_FOUND);
});

test('one that a stage records with cannot be deleted before the stage lets go of it', async () => {
  const { realtime, create, remove } = await emulateStorage();
  const { arn: storageConfigurationArn } = (await create()) ?? {};
  const recording = { autoParticipantRecordingConfiguration: { storageConfigurationArn } };
  const { stage } = await realtime.send(new CreateStageCommand(recording));
  expect(await failureOf(remove(storageConfigurationArn))).toMatchObject(CONFLICT);
  await realtime.send(new UpdateStageCommand({ arn: stage?.arn, ...notRecorded }));
  await remove(storageConfigurationArn);
});

test('it has tags', async () => {
  const { realtime, create, get } = await emulateStorage();
  const { arn: resourceArn } = (await create()) ?? {};
  await realtime.send(new TagResourceCommand({ resourceArn, tags: { a: 'b' } }));
  expect(await get(resourceArn)).toMatchObject({ tags: { a: 'b' } });
});
