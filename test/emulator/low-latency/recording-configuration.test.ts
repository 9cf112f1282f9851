import {
  CreateChannelCommand,
  CreateRecordingConfigurationCommand,
  type CreateRecordingConfigurationRequest,
  DeleteRecordingConfigurationCommand,
  GetRecordingConfigurationCommand,
  ListRecordingConfigurationsCommand,
  UpdateChannelCommand,
} from '@aws-sdk/client-ivs';
import { expect, test } from 'vitest';
import { emulate, failureOf } from '../support/emulate.ts';

const SHOWS = 'arn:aws:ivs:us-west-2:123456789012:recording-configuration/Shows0000001';
const destinationConfiguration = { s3: { bucketName: 'a-bucket' } };
const invalid = { name: 'ValidationException', status: 400 };
const notFound = { name: 'ResourceNotFoundException', status: 404 };

async function emulateRecording(input: Partial<CreateRecordingConfigurationRequest> = {}) {
  const world = await emulate();
  const create = new CreateRecordingConfigurationCommand({ destinationConfiguration, ...input });
  const { recordingConfiguration } = await world.ivs.send(create);
  const arn = recordingConfiguration?.arn ?? '';
  const get = async () =>
    (await world.ivs.send(new GetRecordingConfigurationCommand({ arn }))).recordingConfiguration;
  return { ...world, arn, recordingConfiguration, get };
}

test('a new one has the defaults of AWS and becomes active after a while', async () => {
  const { clock, recordingConfiguration, get } = await emulateRecording();
  expect(recordingConfiguration).toEqual({
    arn: expect.stringMatching(
      /^arn:aws:ivs:us-west-2:123456789012:recording-configuration\/[a-zA-Z0-9]{12}$/,
    ),
    name: '',
    destinationConfiguration,
    state: 'CREATING',
    tags: {},
    thumbnailConfiguration: {
      recordingMode: 'INTERVAL',
      targetIntervalSeconds: 60,
      storage: ['SEQUENTIAL'],
    },
    recordingReconnectWindowSeconds: 0,
    renditionConfiguration: { renditionSelection: 'ALL', renditions: [] },
  });
  clock.advance(4999);
  expect(await get()).toEqual(recordingConfiguration);
  clock.advance(1);
  expect(await get()).toEqual({ ...recordingConfiguration, state: 'ACTIVE' });
});

test('it keeps what it was made with', async () => {
  const settings = {
    name: 'evening',
    tags: { team: 'media' },
    thumbnailConfiguration: { targetIntervalSeconds: 5, resolution: 'HD', storage: ['LATEST'] },
    recordingReconnectWindowSeconds: 300,
    renditionConfiguration: { renditionSelection: 'CUSTOM', renditions: ['SD', 'HD'] },
  } satisfies Partial<CreateRecordingConfigurationRequest>;
  const { get } = await emulateRecording(settings);
  expect(await get()).toMatchObject({
    ...settings,
    thumbnailConfiguration: { recordingMode: 'INTERVAL', ...settings.thumbnailConfiguration },
  });
});

test('the bucket no-such-bucket makes it fail, and no channel can record with it', async () => {
  const s3 = { bucketName: 'no-such-bucket' };
  const { ivs, clock, arn, get } = await emulateRecording({ destinationConfiguration: { s3 } });
  clock.advance(5000);
  expect((await get())?.state).toBe('CREATE_FAILED');
  const create = ivs.send(new CreateChannelCommand({ recordingConfigurationArn: arn }));
  expect(await failureOf(create)).toMatchObject(invalid);
});

test('a channel can record with it once it is active', async () => {
  const { ivs, clock, arn: recordingConfigurationArn } = await emulateRecording();
  const create = () => ivs.send(new CreateChannelCommand({ recordingConfigurationArn }));
  expect(await failureOf(create())).toMatchObject({
    ...invalid,
    message: expect.stringContaining('must be ACTIVE, but is CREATING'),
  });
  clock.advance(5000);
  expect((await create()).channel).toMatchObject({ recordingConfigurationArn });
});

test.each<[what: string, input: Partial<CreateRecordingConfigurationRequest>]>([
  ['no bucket', { destinationConfiguration: {} }],
  ['no renditions to choose from', { renditionConfiguration: { renditionSelection: 'CUSTOM' } }],
  ['an empty choice', { renditionConfiguration: { renditionSelection: 'CUSTOM', renditions: [] } }],
  ['thumbnails each 61 seconds', { thumbnailConfiguration: { targetIntervalSeconds: 61 } }],
])('%s is refused', async (_, input) => {
  const { ivs } = await emulate();
  const create = new CreateRecordingConfigurationCommand({ destinationConfiguration, ...input });
  expect(await failureOf(ivs.send(create))).toMatchObject(invalid);
});

test('the list holds the members of the summary and no others', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const { recordingConfigurations = [] } = await ivs.send(new ListRecordingConfigurationsCommand({}));
  expect(recordingConfigurations.map(({ name, state }) => [name, state])).toEqual([
    ['shows', 'ACTIVE'],
    ['highlights', 'ACTIVE'],
  ]);
  const members = ['arn', 'destinationConfiguration', 'name', 'state', 'tags'];
  expect(Object.keys(recordingConfigurations[0] ?? {}).sort()).toEqual(members);
});

test('one that a channel records with cannot be deleted', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const remove = () => ivs.send(new DeleteRecordingConfigurationCommand({ arn: SHOWS }));
  expect(await failureOf(remove())).toMatchObject({ name: 'ConflictException', status: 409 });
});

test('one that no channel records with is deleted', async () => {
  const { ivs, clock, arn } = await emulateRecording();
  clock.advance(5000);
  const { channel } = await ivs.send(new CreateChannelCommand({ recordingConfigurationArn: arn }));
  const remove = () => ivs.send(new DeleteRecordingConfigurationCommand({ arn }));
  expect(await failureOf(remove())).toMatchObject({ name: 'ConflictException' });
  await ivs.send(new UpdateChannelCommand({ arn: channel?.arn, recordingConfigurationArn: '' }));
  expect((await remove()).$metadata.httpStatusCode).toBe(204);
  expect(await failureOf(remove())).toMatchObject(notFound);
  expect(await failureOf(ivs.send(new GetRecordingConfigurationCommand({ arn })))).toMatchObject(notFound);
});

test('a region holds 20 recording configurations', async () => {
  const { ivs } = await emulate();
  const create = () => ivs.send(new CreateRecordingConfigurationCommand({ destinationConfiguration }));
  await Promise.all(Array.from({ length: 20 }, create));
  expect(await failureOf(create())).toMatchObject({ name: 'ServiceQuotaExceededException', status: 402 });
});
