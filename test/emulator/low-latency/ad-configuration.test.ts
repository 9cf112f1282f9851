import {
  CreateAdConfigurationCommand,
  type CreateAdConfigurationCommandInput,
  CreateChannelCommand,
  DeleteAdConfigurationCommand,
  DeleteChannelCommand,
  GetAdConfigurationCommand,
  InsertAdBreakCommand,
  ListAdConfigurationsCommand,
  ListTagsForResourceCommand,
  UpdateAdConfigurationCommand,
  UpdateChannelCommand,
} from '@aws-sdk/client-ivs';
import { expect, test } from 'vitest';
import { authorization, emulate, failureOf, MAIN_STAGE } from '../support/emulate.ts';

const MISSING = MAIN_STAGE.replace('channel/MainStage001', 'ad-configuration/Missing00001');
const playback = (id: string) => ({
  playbackConfigurationArn: `arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/${id}`,
});

async function emulateAds(input: Partial<CreateAdConfigurationCommandInput> = {}) {
  const world = await emulate();
  const command = new CreateAdConfigurationCommand({
    mediaTailorPlaybackConfigurations: [playback('one')],
    ...input,
  });
  const { adConfiguration } = await world.ivs.send(command);
  return { ...world, adConfiguration, arn: adConfiguration?.arn ?? '' };
}

test('a new ad configuration has the defaults of AWS', async () => {
  const { ivs, adConfiguration, arn } = await emulateAds();
  expect(adConfiguration).toEqual({
    arn: expect.stringMatching(/^arn:aws:ivs:us-west-2:123456789012:ad-configuration\/[a-zA-Z0-9]{12}$/),
    name: '',
    mediaTailorPlaybackConfigurations: [playback('one')],
    postRollConfiguration: { enabled: false, durationSeconds: 15 },
    tags: {},
  });
  expect((await ivs.send(new GetAdConfigurationCommand({ arn }))).adConfiguration).toEqual(adConfiguration);
});

test('it keeps what it is given, in the list too, and is taggable', async () => {
  const given = {
    name: 'ads',
    mediaTailorPlaybackConfigurations: [playback('one'), playback('two')],
    postRollConfiguration: { enabled: true, durationSeconds: 300 },
    tags: { team: 'sales' },
  };
  const { ivs, adConfiguration, arn } = await emulateAds(given);
  expect(adConfiguration).toEqual({ arn, ...given });
  const list = await ivs.send(new ListAdConfigurationsCommand({}));
  expect(list.adConfigurations).toEqual([adConfiguration]);
  const { tags } = await ivs.send(new ListTagsForResourceCommand({ resourceArn: arn }));
  expect(tags).toEqual(given.tags);
});

test('an update changes what it names and leaves the rest', async () => {
  const { ivs, arn } = await emulateAds({ name: 'ads', tags: { a: 'b' } });
  const update = new UpdateAdConfigurationCommand({
    arn,
    mediaTailorPlaybackConfigurations: [playback('new')],
    postRollConfiguration: { enabled: true, durationSeconds: 1 },
  });
  const changed = {
    arn,
    name: 'ads',
    mediaTailorPlaybackConfigurations: [playback('new')],
    postRollConfiguration: { enabled: true, durationSeconds: 1 },
    tags: { a: 'b' },
  };
  expect((await ivs.send(update)).adConfiguration).toEqual(changed);
  const renamed = await ivs.send(new UpdateAdConfigurationCommand({ arn, name: 'new' }));
  expect(renamed.adConfiguration).toEqual({ ...changed, name: 'new' });
});

test.each([
  ['no playback configuration', { mediaTailorPlaybackConfigurations: [] }],
  ['four playback configurations', { mediaTailorPlaybackConfigurations: Array(4).fill(playback('x')) }],
  [
    'an ARN that is not of MediaTailor',
    { mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn: MISSING }] },
  ],
  ['a post-roll of no length', { postRollConfiguration: { enabled: true, durationSeconds: 0 } }],
  ['a post-roll that is too long', { postRollConfiguration: { enabled: true, durationSeconds: 301 } }],
])('%s is refused', async (_, input) => {
  expect(await failureOf(emulateAds(input))).toMatchObject({ name: 'ValidationException', status: 400 });
});

test('one that a channel uses cannot be deleted, and what is deleted is gone', async () => {
  const { ivs, post, arn } = await emulateAds();
  const { channel } = await ivs.send(new CreateChannelCommand({ adConfigurationArn: arn }));
  const remove = () => ivs.send(new DeleteAdConfigurationCommand({ arn }));
  expect(await failureOf(remove())).toMatchObject({ name: 'ConflictException', status: 409 });
  await ivs.send(new DeleteChannelCommand({ arn: channel?.arn }));
  const response = await post('/DeleteAdConfiguration', JSON.stringify({ arn }), {
    authorization: authorization(),
  });
  expect([response.status, await response.text()]).toEqual([204, '']);
  const gone = { name: 'ResourceNotFoundException', status: 404 };
  expect(await failureOf(remove())).toMatchObject(gone);
  expect(await failureOf(ivs.send(new GetAdConfigurationCommand({ arn })))).toMatchObject(gone);
  expect(await failureOf(ivs.send(new UpdateAdConfigurationCommand({ arn })))).toMatchObject(gone);
});

test('a region holds 20 ad configurations', async () => {
  const { ivs } = await emulateAds();
  const mediaTailorPlaybackConfigurations = [playback('one')];
  const create = () => ivs.send(new CreateAdConfigurationCommand({ mediaTailorPlaybackConfigurations }));
  await Promise.all(Array.from({ length: 19 }, create));
  const quota = { name: 'ServiceQuotaExceededException', status: 402 };
  expect(await failureOf(create())).toMatchObject(quota);
});

test('a second ad break is refused until the first one ends, and each is an event', async () => {
  const { ivs, emulator, arn, clock } = await emulateAds();
  const { channel } = await ivs.send(new CreateChannelCommand({ name: 'show', adConfigurationArn: arn }));
  const channelArn = channel?.arn ?? '';
  const insert = (durationSeconds: number) =>
    ivs.send(new InsertAdBreakCommand({ channelArn, durationSeconds }));
  const { streamId } = emulator.control.startStream({ channelArn });
  const { adBreakId } = await insert(30);
  clock.advance(29_000);
  expect(await failureOf(insert(1))).toMatchObject({ name: 'ConflictException', status: 409 });
  clock.advance(1000);
  await insert(1);
  const { events } = emulator.control.events({ detailType: 'IVS Ad Break State Change' });
  expect(events).toHaveLength(2);
  expect(events[0]).toMatchObject({
    resources: [channelArn],
    detail: {
      event_name: 'Ad Break Inserted',
      channel_name: 'show',
      stream_id: streamId,
      ad_break_id: adBreakId,
      duration_seconds: 30,
      // 10 s after `time` in https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html
      target_start_time: '2026-01-01T00:00:10Z',
    },
  });
});

test('a channel in FRAGMENTED_MP4 takes no ads', async () => {
  const { ivs, arn: adConfigurationArn } = await emulateAds();
  const invalid = { name: 'ValidationException', status: 400 };
  const input = { containerFormat: 'FRAGMENTED_MP4', adConfigurationArn } as const;
  expect(await failureOf(ivs.send(new CreateChannelCommand(input)))).toMatchObject(invalid);
  const { channel } = await ivs.send(new CreateChannelCommand({ adConfigurationArn }));
  const update = new UpdateChannelCommand({ arn: channel?.arn, containerFormat: 'FRAGMENTED_MP4' });
  expect(await failureOf(ivs.send(update))).toMatchObject(invalid);
});

test('an ad break needs a live stream and an ad configuration', async () => {
  const { ivs, emulator, arn } = await emulateAds();
  const channelOf = async (adConfigurationArn?: string) => {
    const { channel } = await ivs.send(new CreateChannelCommand({ adConfigurationArn }));
    return channel?.arn ?? '';
  };
  const insert = (channelArn: string, durationSeconds = 30) =>
    ivs.send(new InsertAdBreakCommand({ channelArn, durationSeconds }));
  const [withAds, without] = [await channelOf(arn), await channelOf()];
  const idle = { name: 'ChannelNotBroadcasting', status: 404 };
  expect(await failureOf(insert(withAds))).toMatchObject(idle);
  emulator.control.startStream({ channelArn: withAds });
  emulator.control.startStream({ channelArn: without });
  expect((await insert(withAds)).adBreakId).toMatch(/^[a-zA-Z0-9]{12}$/);
  expect(await failureOf(insert(without))).toMatchObject({ name: 'ConflictException', status: 409 });
  for (const seconds of [0, 301]) {
    const invalid = { name: 'ValidationException', status: 400 };
    expect(await failureOf(insert(withAds, seconds))).toMatchObject(invalid);
  }
  const missing = await failureOf(insert(`${withAds}x`));
  expect(missing).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
});
