import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { deleted } from '../../support/ids.ts';
import { unionErrors } from '../../support/unions.ts';

const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
const NIGHT_MARKET = MAIN.replace('MainStage001', 'NightMarket1');
const SHOWS = 'arn:aws:ivs:us-west-2:123456789012:recording-configuration/Shows0000001';
const MEMBERS_AREA = 'arn:aws:ivs:us-west-2:123456789012:playback-restriction-policy/MembersArea1';

const settings = `arn name latencyMode type authorized recordingConfigurationArn insecureIngest preset playbackRestrictionPolicyArn
  adConfigurationArn containerFormat multitrackInputConfiguration { enabled policy maximumResolution } playbackUrl`;
const create = `mutation ($input: CreateChannelInput!) { createChannel(input: $input) {
  __typename
  ... on CreateChannelPayload { channel { ${settings} tags { key value } } streamKey { arn value channelArn } }
  ... on MutationError { code message }
} }`;
const update = `mutation ($input: UpdateChannelInput!) { updateChannel(input: $input) {
  __typename ... on UpdateChannelPayload { channel { ${settings} } } ... on MutationError { code message }
} }`;
const remove = `mutation ($arn: ID!) { deleteChannel(input: { arn: $arn }) {
  __typename ... on DeleteChannelPayload { deletedId arn } ... on MutationError { code message }
} }`;

const wanted = {
  name: 'new',
  latencyMode: 'NORMAL',
  type: 'STANDARD',
  authorized: true,
  recordingConfigurationArn: SHOWS,
  insecureIngest: true,
  playbackRestrictionPolicyArn: MEMBERS_AREA,
  multitrackInputConfiguration: { enabled: true, policy: 'REQUIRE', maximumResolution: 'HD' },
  containerFormat: 'FRAGMENTED_MP4',
};

it('creates a channel with every setting, and answers with its stream key, in one call', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const tags = [{ key: 'team', value: '' }];
  const { createChannel } = await gateway.data(create, { input: { ...wanted, tags } });
  expect(createChannel).toMatchObject({
    channel: { ...wanted, tags, preset: null, adConfigurationArn: null },
    streamKey: {
      channelArn: createChannel.channel.arn,
      value: expect.stringMatching(/^sk_us-west-2_/),
    },
  });
  expect(gateway.calls()).toEqual({ CreateChannel: 1 });
});

it('creates it in the region that is asked for', async () => {
  const gateway = await startGateway();
  const input = { region: 'eu-west-1', type: 'ADVANCED_SD', preset: 'CONSTRAINED_BANDWIDTH_DELIVERY' };
  const { createChannel } = await gateway.data(create, { input });
  expect(createChannel.channel).toMatchObject({
    arn: expect.stringMatching(/^arn:aws:ivs:eu-west-1:/),
    type: input.type,
    preset: input.preset,
  });
});

it('updates a channel and leaves what is omitted', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { name: _unchanged, ...input } = { arn: NIGHT_MARKET, ...wanted };
  const { updateChannel } = await gateway.data(update, { input });
  expect(updateChannel.channel).toMatchObject({ ...input, name: 'night-market' });
  expect(gateway.calls()).toEqual({ UpdateChannel: 1 });
});

it('takes recording and policy away with the empty string', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  await gateway.data(update, { input: { arn: NIGHT_MARKET, ...wanted } });
  const none = { recordingConfigurationArn: '', playbackRestrictionPolicyArn: '', adConfigurationArn: '' };
  const { updateChannel } = await gateway.data(update, { input: { arn: NIGHT_MARKET, ...none } });
  expect(updateChannel.channel).toMatchObject({
    recordingConfigurationArn: null,
    playbackRestrictionPolicyArn: null,
    adConfigurationArn: null,
    name: 'new',
  });
});

it('deletes a channel, of which only the key is left', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { deleteChannel } = await gateway.data(remove, { arn: NIGHT_MARKET });
  expect(deleteChannel).toMatchObject(deleted('Channel', NIGHT_MARKET));
  expect(gateway.calls()).toEqual({ DeleteChannel: 1 });
  const key = NIGHT_MARKET.replace('channel', 'stream-key');
  expect(
    await gateway.data(`{ channel(arn: "${NIGHT_MARKET}") { arn } streamKey(arn: "${key}") { arn } }`),
  ).toEqual({ channel: null, streamKey: null });
});

it('answers ConflictError for a channel that is live', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { updateChannel } = await gateway.data(update, { input: { arn: MAIN, name: 'x' } });
  const { deleteChannel } = await gateway.data(remove, { arn: MAIN });
  const conflict = { __typename: 'ConflictError', code: 'CONFLICT' };
  expect([updateChannel, deleteChannel]).toMatchObject([conflict, conflict]);
});

it.each([
  ['a name that AWS refuses', { name: 'no spaces!' }, 'ValidationError'],
  ['a preset on a BASIC channel', { type: 'BASIC', preset: 'HIGHER_BANDWIDTH_DELIVERY' }, 'ValidationError'],
  ['multitrack in TS', { ...wanted, containerFormat: 'TS' }, 'ValidationError'],
  ['a recording that does not exist', { recordingConfigurationArn: `${SHOWS}x` }, 'ResourceNotFoundError'],
  [
    'a policy that does not exist',
    { playbackRestrictionPolicyArn: `${MEMBERS_AREA}x` },
    'ResourceNotFoundError',
  ],
])('answers %s with an error of the union', async (_what, input, type) => {
  const gateway = await startGateway({ seed: 'demo' });
  expect((await gateway.data(create, { input })).createChannel.__typename).toBe(type);
  const changed = await gateway.data(update, { input: { arn: NIGHT_MARKET, ...input } });
  expect(changed.updateChannel.__typename).toBe(type);
});

it('answers ResourceNotFoundError for a channel that does not exist, ValidationError for another ARN', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  for (const [arn, type] of [
    [`${MAIN}x`, 'ResourceNotFoundError'],
    [SHOWS, 'ValidationError'],
  ]) {
    expect((await gateway.data(update, { input: { arn } })).updateChannel.__typename).toBe(type);
    expect((await gateway.data(remove, { arn })).deleteChannel.__typename).toBe(type);
  }
});

it('answers with the errors that AWS declares', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const common = ['ValidationError', 'ResourceNotFoundError'];
  expect(await unionErrors(gateway, 'createChannel', {})).toEqual([
    ...common,
    'ServiceQuotaExceededError',
    'PendingVerificationError',
  ]);
  const changing = [...common, 'ConflictError', 'PendingVerificationError'];
  expect(await unionErrors(gateway, 'updateChannel', { arn: NIGHT_MARKET })).toEqual(changing);
  expect(await unionErrors(gateway, 'deleteChannel', { arn: NIGHT_MARKET })).toEqual(changing);
});
