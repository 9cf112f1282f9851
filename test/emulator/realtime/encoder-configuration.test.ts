import {
  CreateEncoderConfigurationCommand,
  type CreateEncoderConfigurationCommandInput,
  DeleteEncoderConfigurationCommand,
  GetEncoderConfigurationCommand,
  ListEncoderConfigurationsCommand,
  StopCompositionCommand,
  TagResourceCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate, failureOf } from '../support/emulate.ts';

const demo = (id: string) => `arn:aws:ivs:us-west-2:123456789012:${id}`;
const NOT_FOUND = { name: 'ResourceNotFoundException', status: 404 };

async function emulateEncoder(seed: 'empty' | 'demo' = 'empty') {
  const world = await emulate({ seed });
  const create = async (input: CreateEncoderConfigurationCommandInput = {}) =>
    (await world.realtime.send(new CreateEncoderConfigurationCommand(input))).encoderConfiguration;
  const get = async (arn: string | undefined) =>
    (await world.realtime.send(new GetEncoderConfigurationCommand({ arn }))).encoderConfiguration;
  const remove = (arn: string | undefined) =>
    world.realtime.send(new DeleteEncoderConfigurationCommand({ arn }));
  return { ...world, create, get, remove };
}

test('a new one has the defaults of AWS', async () => {
  const { create, get } = await emulateEncoder();
  const configuration = await create();
  expect(configuration).toEqual({
    arn: expect.stringMatching(/^arn:aws:ivs:us-west-2:123456789012:encoder-configuration\/[a-zA-Z0-9]{12}$/),
    name: '',
    video: { width: 1280, height: 720, framerate: 30, bitrate: 2_500_000 },
    tags: {},
  });
  expect(await get(configuration?.arn)).toEqual(configuration);
});

test('it has what was asked for, a fraction of a frame a second too', async () => {
  const { create } = await emulateEncoder();
  const input = { name: 'tall', video: { width: 1080, height: 1920, framerate: 29.97 }, tags: { a: 'b' } };
  expect(await create(input)).toMatchObject({ ...input, video: { ...input.video, bitrate: 2_500_000 } });
});

test.each([
  ['an odd width', { width: 1279 }],
  ['an odd height', { height: 719 }],
  ['too many pixels', { width: 1920, height: 1920 }],
  ['too wide a picture', { width: 1922 }],
  ['too many bits', { bitrate: 8_500_001 }],
  ['too few frames', { framerate: 0.5 }],
])('%s is refused', async (_, video) => {
  const { create } = await emulateEncoder();
  expect(await failureOf(create({ video }))).toMatchObject({ name: 'ValidationException', status: 400 });
});

test('the list holds the members of the summary and no others, page by page', async () => {
  const { realtime } = await emulateEncoder('demo');
  const page = await realtime.send(new ListEncoderConfigurationsCommand({ maxResults: 2 }));
  expect(page.encoderConfigurations?.map(({ name }) => name)).toEqual(['full-hd', 'hd']);
  expect(Object.keys(page.encoderConfigurations?.[0] ?? {}).sort()).toEqual(['arn', 'name', 'tags']);
  const rest = await realtime.send(new ListEncoderConfigurationsCommand({ nextToken: page.nextToken }));
  expect(rest.encoderConfigurations?.map(({ name }) => name)).toEqual(['portrait']);
  expect(rest.nextToken).toBeUndefined();
});

test('a region holds 20', async () => {
  const { create } = await emulateEncoder();
  for (let count = 0; count < 20; count += 1) await create();
  expect(await failureOf(create())).toMatchObject({ name: 'ServiceQuotaExceededException', status: 402 });
});

test('a deleted one is gone; one that a composition uses cannot be deleted before its end', async () => {
  const { clock, realtime, remove, get } = await emulateEncoder('demo');
  const [used, unused] = ['Portrait0001', 'Hd0000000001'].map((id) => demo(`encoder-configuration/${id}`));
  expect(await failureOf(remove(used))).toMatchObject({ name: 'ConflictException', status: 409 });
  await realtime.send(new StopCompositionCommand({ arn: demo('composition/PodcastStud1') }));
  expect(await failureOf(remove(used))).toMatchObject({ name: 'ConflictException', status: 409 });
  clock.advance(3000);
  await remove(used);
  expect(await failureOf(get(used))).toMatchObject(NOT_FOUND);
  expect(await failureOf(remove(used))).toMatchObject(NOT_FOUND);
  expect(await get(unused)).toMatchObject({ name: 'hd' });
});

test('it has tags', async () => {
  const { realtime, create, get } = await emulateEncoder();
  const { arn: resourceArn } = (await create()) ?? {};
  await realtime.send(new TagResourceCommand({ resourceArn, tags: { a: 'b' } }));
  expect(await get(resourceArn)).toMatchObject({ tags: { a: 'b' } });
});
