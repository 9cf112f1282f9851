import {
  CreateAdConfigurationCommand,
  CreateChannelCommand,
  type CreateChannelRequest,
  DeleteChannelCommand,
  GetChannelCommand,
  GetStreamKeyCommand,
  UpdateChannelCommand,
  type UpdateChannelRequest,
} from '@aws-sdk/client-ivs';
import { expect, test } from 'vitest';
import { channelMutationOperations } from '../../../src/emulator/low-latency/channel-mutations.ts';
import { Accounts } from '../../../src/emulator/world/accounts.ts';
import { ManualClock } from '../support/clock.ts';
import { emulate, failureOf, MAIN_STAGE } from '../support/emulate.ts';

const arn = (kind: string, id: string) => `arn:aws:ivs:us-west-2:123456789012:${kind}/${id}`;
const invalid = { name: 'ValidationException', status: 400 };
const notFound = { name: 'ResourceNotFoundException', status: 404 };
const multitrack = { enabled: true, policy: 'ALLOW', maximumResolution: 'HD' } as const;

async function emulateChannel(input: CreateChannelRequest = {}) {
  const world = await emulate({ seed: 'demo' });
  const { channel, streamKey } = await world.ivs.send(new CreateChannelCommand(input));
  const channelArn = channel?.arn ?? '';
  const update = async (changes: Omit<UpdateChannelRequest, 'arn'>) =>
    (await world.ivs.send(new UpdateChannelCommand({ arn: channelArn, ...changes }))).channel;
  return { ...world, channel, streamKey, channelArn, update };
}

/** Outside the enum of the SDK. */
const NO_PRESET = '' as never;

test('a new channel has the defaults of AWS', async () => {
  const { ivs, channel, channelArn } = await emulateChannel();
  expect(channel).toMatchObject({
    arn: expect.stringMatching(/^arn:aws:ivs:us-west-2:123456789012:channel\/[a-zA-Z0-9]{12}$/),
    name: '',
    latencyMode: 'LOW',
    type: 'STANDARD',
    recordingConfigurationArn: '',
    authorized: false,
    tags: {},
    insecureIngest: false,
    preset: '',
    playbackRestrictionPolicyArn: '',
    multitrackInputConfiguration: { enabled: false, policy: 'ALLOW', maximumResolution: 'FULL_HD' },
    containerFormat: 'TS',
    adConfigurationArn: '',
  });
  expect((await ivs.send(new GetChannelCommand({ arn: channelArn }))).channel).toEqual(channel);
});

test('a new channel is as it was asked for', async () => {
  const settings: CreateChannelRequest = {
    name: 'everything',
    latencyMode: 'NORMAL',
    type: 'STANDARD',
    authorized: true,
    recordingConfigurationArn: arn('recording-configuration', 'Shows0000001'),
    tags: { a: 'b' },
    insecureIngest: true,
    playbackRestrictionPolicyArn: arn('playback-restriction-policy', 'MembersArea1'),
    multitrackInputConfiguration: multitrack,
    containerFormat: 'FRAGMENTED_MP4',
  };
  expect((await emulateChannel(settings)).channel).toMatchObject(settings);
});

test.each(['BASIC', 'STANDARD'] as const)(
  'the preset of %s may be said, which is the empty string',
  async (type) => {
    const { channel, update } = await emulateChannel({ type, preset: NO_PRESET });
    expect(channel?.preset).toBe('');
    expect(await update({ preset: NO_PRESET })).toMatchObject({ type, preset: '' });
  },
);

test('of the ADVANCED types the empty preset is the default, and of one that becomes simple it is none', async () => {
  const { channel, update } = await emulateChannel({ type: 'ADVANCED_HD', preset: NO_PRESET });
  const preset = 'HIGHER_BANDWIDTH_DELIVERY';
  expect(channel?.preset).toBe(preset);
  await update({ preset: 'CONSTRAINED_BANDWIDTH_DELIVERY' });
  expect(await update({ preset: NO_PRESET })).toMatchObject({ preset });
  expect(await update({ type: 'BASIC', preset: NO_PRESET })).toMatchObject({ preset: '' });
  expect(await update({ type: 'ADVANCED_SD', preset: NO_PRESET })).toMatchObject({ preset });
});

test('the ADVANCED types have a preset and the others none', async () => {
  const { channel, update } = await emulateChannel({ type: 'ADVANCED_HD' });
  expect(channel?.preset).toBe('HIGHER_BANDWIDTH_DELIVERY');
  const preset = 'CONSTRAINED_BANDWIDTH_DELIVERY';
  expect(await update({ preset })).toMatchObject({ type: 'ADVANCED_HD', preset });
  expect(await update({ type: 'ADVANCED_SD' })).toMatchObject({ preset });
  expect(await update({ type: 'BASIC' })).toMatchObject({ preset: '' });
  expect(await failureOf(update({ preset }))).toMatchObject(invalid);
  expect(await update({ type: 'ADVANCED_SD' })).toMatchObject({ preset: 'HIGHER_BANDWIDTH_DELIVERY' });
});

test.each<[what: string, input: CreateChannelRequest, failure: object]>([
  ['a preset that is none', { preset: 'x' as never }, invalid],
  ['a preset on a STANDARD channel', { preset: 'HIGHER_BANDWIDTH_DELIVERY' }, invalid],
  [
    'multitrack on a BASIC channel',
    { type: 'BASIC', containerFormat: 'FRAGMENTED_MP4', multitrackInputConfiguration: multitrack },
    invalid,
  ],
  ['multitrack in TS', { multitrackInputConfiguration: multitrack }, invalid],
  [
    'multitrack without a policy',
    {
      containerFormat: 'FRAGMENTED_MP4',
      multitrackInputConfiguration: { enabled: true, maximumResolution: 'HD' },
    },
    invalid,
  ],
  [
    'multitrack without a resolution',
    {
      containerFormat: 'FRAGMENTED_MP4',
      multitrackInputConfiguration: { enabled: true, policy: 'REQUIRE' },
    },
    invalid,
  ],
  ['an unknown recording', { recordingConfigurationArn: arn('recording-configuration', 'none') }, notFound],
  [
    'an unknown policy',
    { playbackRestrictionPolicyArn: arn('playback-restriction-policy', 'none') },
    notFound,
  ],
  ['an unknown ad configuration', { adConfigurationArn: arn('ad-configuration', 'none') }, notFound],
])('%s is refused, and nothing changes', async (_, input, failure) => {
  const { ivs, channel, channelArn, update } = await emulateChannel();
  expect(await failureOf(ivs.send(new CreateChannelCommand(input)))).toMatchObject(failure);
  expect(await failureOf(update(input))).toMatchObject(failure);
  expect((await ivs.send(new GetChannelCommand({ arn: channelArn }))).channel).toEqual(channel);
});

test('a channel with multitrack input keeps to its rules', async () => {
  const { update } = await emulateChannel({
    containerFormat: 'FRAGMENTED_MP4',
    multitrackInputConfiguration: multitrack,
  });
  expect(await failureOf(update({ type: 'ADVANCED_HD' }))).toMatchObject(invalid);
  expect(await failureOf(update({ containerFormat: 'TS' }))).toMatchObject(invalid);
  expect(await update({ name: 'renamed' })).toMatchObject({ multitrackInputConfiguration: multitrack });
  expect(
    await update({ containerFormat: 'TS', multitrackInputConfiguration: { enabled: false } }),
  ).toMatchObject({ containerFormat: 'TS', multitrackInputConfiguration: { ...multitrack, enabled: false } });
});

test('an update changes what it names and leaves the rest', async () => {
  const { channel, update } = await emulateChannel({ name: 'before', tags: { a: 'b' } });
  expect(await update({ name: 'after', authorized: true })).toEqual({
    ...channel,
    name: 'after',
    authorized: true,
  });
});

test('the empty string takes recording, policy and ads away', async () => {
  const recordingConfigurationArn = arn('recording-configuration', 'Shows0000001');
  const playbackRestrictionPolicyArn = arn('playback-restriction-policy', 'MembersArea1');
  const { ivs, update } = await emulateChannel({ recordingConfigurationArn, playbackRestrictionPolicyArn });
  const playbackConfigurationArn = 'arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/ads';
  const { adConfiguration } = await ivs.send(
    new CreateAdConfigurationCommand({ mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn }] }),
  );
  const adConfigurationArn = adConfiguration?.arn;
  expect(await update({ adConfigurationArn })).toMatchObject({
    recordingConfigurationArn,
    playbackRestrictionPolicyArn,
    adConfigurationArn,
  });
  const none = { recordingConfigurationArn: '', playbackRestrictionPolicyArn: '', adConfigurationArn: '' };
  expect(await update(none)).toMatchObject(none);
});

test('a live channel can be neither changed nor deleted', async () => {
  const { ivs, emulator, channelArn, update } = await emulateChannel();
  const remove = () => ivs.send(new DeleteChannelCommand({ arn: channelArn }));
  emulator.control.startStream({ channelArn });
  const conflict = { name: 'ConflictException', status: 409 };
  expect(await failureOf(update({ name: 'x' }))).toMatchObject(conflict);
  expect(await failureOf(remove())).toMatchObject(conflict);
  emulator.control.stopStream({ channelArn });
  await update({ name: 'x' });
  expect((await remove()).$metadata.httpStatusCode).toBe(204);
});

test('a deleted channel is gone, and its stream key with it', async () => {
  const { ivs, channelArn, streamKey, update } = await emulateChannel();
  const remove = () => ivs.send(new DeleteChannelCommand({ arn: channelArn }));
  await remove();
  expect(await failureOf(remove())).toMatchObject(notFound);
  expect(await failureOf(update({}))).toMatchObject(notFound);
  expect(await failureOf(ivs.send(new GetChannelCommand({ arn: channelArn })))).toMatchObject(notFound);
  const get = new GetStreamKeyCommand({ arn: streamKey?.arn });
  expect(await failureOf(ivs.send(get))).toMatchObject(notFound);
  const other = new GetStreamKeyCommand({ arn: MAIN_STAGE.replace('channel', 'stream-key') });
  expect((await ivs.send(other)).streamKey?.channelArn).toBe(MAIN_STAGE);
});

// In process: over HTTP it would take seconds.
test('a region holds 5,000 channels', () => {
  const world = new Accounts('123456789012', new ManualClock()).own.world('us-west-2');
  for (let count = 0; count < 5000; count += 1) channelMutationOperations.CreateChannel({}, world);
  expect(() => channelMutationOperations.CreateChannel({}, world)).toThrow('at most 5000 channels');
});
