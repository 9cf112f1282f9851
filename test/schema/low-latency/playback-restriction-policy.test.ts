import { describe, expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { deleted } from '../../support/ids.ts';
import { unionErrors } from '../../support/unions.ts';

const POLICY = 'arn:aws:ivs:us-west-2:123456789012:playback-restriction-policy/MembersArea1';
const MEMBERS = 'arn:aws:ivs:us-west-2:123456789012:channel/MembersOnly1';
const MAIN = MEMBERS.replace('MembersOnly1', 'MainStage001');

const members =
  '__typename arn name allowedCountries allowedOrigins enableStrictOriginEnforcement tags { key value }';
const policy = {
  __typename: 'PlaybackRestrictionPolicy',
  arn: POLICY,
  name: 'members-area',
  allowedCountries: ['CA', 'MX', 'US'],
  allowedOrigins: ['https://members.example.com'],
  enableStrictOriginEnforcement: true,
  tags: [{ key: 'environment', value: 'production' }],
};

describe('reading playback restriction policies', () => {
  it('answers every member with one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { playbackRestrictionPolicy } = await gateway.data(
      `{ playbackRestrictionPolicy(arn: "${POLICY}") { ${members} } }`,
    );
    expect(playbackRestrictionPolicy).toEqual(policy);
    expect(gateway.calls()).toEqual({ GetPlaybackRestrictionPolicy: 1 });
  });

  it('lists every member of a region’s with one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const list = (args: string) =>
      gateway.data(`{ playbackRestrictionPolicies${args} { nodes { ${members} } } }`);
    expect((await list('')).playbackRestrictionPolicies.nodes).toEqual([policy]);
    // AWS gives one when it is not told how many
    const [call] = gateway.emulator.calls.log('ListPlaybackRestrictionPolicies');
    expect(call?.input).toEqual({ maxResults: 100 });
    expect(gateway.calls()).toEqual({ ListPlaybackRestrictionPolicies: 1 });
    const { playbackRestrictionPolicies } = await list('(region: "eu-west-1")');
    expect(playbackRestrictionPolicies.nodes[0].arn).toMatch(/^arn:aws:ivs:eu-west-1:/);
  });

  it('stands beside its ARN on a channel, null where anybody may watch', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const fields = 'playbackRestrictionPolicyArn playbackRestrictionPolicy { arn allowedCountries }';
    const { some, all } = await gateway.data(
      `{ some: channel(arn: "${MEMBERS}") { ${fields} } all: channel(arn: "${MAIN}") { ${fields} } }`,
    );
    expect(some).toEqual({
      playbackRestrictionPolicyArn: POLICY,
      playbackRestrictionPolicy: { arn: POLICY, allowedCountries: policy.allowedCountries },
    });
    expect(all).toEqual({ playbackRestrictionPolicyArn: null, playbackRestrictionPolicy: null });
    expect(gateway.calls()).toEqual({ BatchGetChannel: 1, GetPlaybackRestrictionPolicy: 1 });
  });

  it('lists the channels under it, with one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { playbackRestrictionPolicies } = await gateway.data(
      '{ playbackRestrictionPolicies { nodes { channels { nodes { arn name } } } } }',
    );
    expect(playbackRestrictionPolicies.nodes).toEqual([
      { channels: { nodes: [{ arn: MEMBERS, name: 'members-only' }] } },
    ]);
    expect(gateway.calls()).toEqual({ ListPlaybackRestrictionPolicies: 1, ListChannels: 1 });
  });

  it('answers null for what does not exist, an error for what is no such ARN', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { data, errors } = await gateway.ask(
      `{ missing: playbackRestrictionPolicy(arn: "${POLICY}x") { name } wrong: playbackRestrictionPolicy(arn: "${MAIN}") { name } }`,
    );
    expect(data).toEqual({ missing: null, wrong: null });
    expect(errors).toMatchObject([{ path: ['wrong'], extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('changing playback restriction policies', () => {
  const create = `mutation ($input: CreatePlaybackRestrictionPolicyInput!) { createPlaybackRestrictionPolicy(input: $input) {
    __typename
    ... on CreatePlaybackRestrictionPolicyPayload { playbackRestrictionPolicy { ${members} } }
    ... on MutationError { code message }
  } }`;
  const update = `mutation ($input: UpdatePlaybackRestrictionPolicyInput!) { updatePlaybackRestrictionPolicy(input: $input) {
    __typename
    ... on UpdatePlaybackRestrictionPolicyPayload { playbackRestrictionPolicy { ${members} } }
    ... on MutationError { code message }
  } }`;
  const remove = `mutation ($arn: ID!) { deletePlaybackRestrictionPolicy(input: { arn: $arn }) {
    __typename
    ... on DeletePlaybackRestrictionPolicyPayload { deletedId arn }
    ... on MutationError { code message }
  } }`;

  it('creates, updates and deletes one, each with one call', async () => {
    const gateway = await startGateway();
    const settings = { name: 'alps', allowedCountries: ['AT', 'CH'], allowedOrigins: ['https://a.example'] };
    const input = { region: 'eu-west-1', ...settings, tags: [{ key: 'a', value: 'b' }] };
    const { createPlaybackRestrictionPolicy } = await gateway.data(create, { input });
    const made = createPlaybackRestrictionPolicy.playbackRestrictionPolicy;
    expect(made).toMatchObject({ ...settings, enableStrictOriginEnforcement: false, tags: input.tags });
    expect(made.arn).toMatch(/^arn:aws:ivs:eu-west-1:/);

    const changes = { allowedCountries: [], enableStrictOriginEnforcement: true };
    const { updatePlaybackRestrictionPolicy } = await gateway.data(update, {
      input: { arn: made.arn, ...changes },
    });
    expect(updatePlaybackRestrictionPolicy.playbackRestrictionPolicy).toEqual({
      ...made,
      allowedCountries: [],
      enableStrictOriginEnforcement: true,
    });

    const { deletePlaybackRestrictionPolicy } = await gateway.data(remove, { arn: made.arn });
    expect(deletePlaybackRestrictionPolicy).toMatchObject(deleted('PlaybackRestrictionPolicy', made.arn));
    expect(gateway.calls()).toEqual({
      CreatePlaybackRestrictionPolicy: 1,
      UpdatePlaybackRestrictionPolicy: 1,
      DeletePlaybackRestrictionPolicy: 1,
    });
    const gone = await gateway.data(`{ playbackRestrictionPolicy(arn: "${made.arn}") { arn } }`);
    expect(gone).toEqual({ playbackRestrictionPolicy: null });
  });

  it.each([
    ['one with a channel under it', POLICY, 'ConflictError'],
    ['one that does not exist', `${POLICY}x`, 'ResourceNotFoundError'],
    ['the ARN of another thing', MAIN, 'ValidationError'],
  ])('does not delete %s', async (_what, arn, type) => {
    const gateway = await startGateway({ seed: 'demo' });
    const { deletePlaybackRestrictionPolicy } = await gateway.data(remove, { arn });
    expect(deletePlaybackRestrictionPolicy.__typename).toBe(type);
  });

  it('answers a country that is none with a ValidationError', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const allowedCountries = ['USA'];
    const created = await gateway.data(create, { input: { allowedCountries } });
    const updated = await gateway.data(update, { input: { arn: POLICY, allowedCountries } });
    expect([created.createPlaybackRestrictionPolicy, updated.updatePlaybackRestrictionPolicy]).toMatchObject([
      { __typename: 'ValidationError' },
      { __typename: 'ValidationError' },
    ]);
  });

  it('answers with the errors that AWS declares', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    expect(await unionErrors(gateway, 'createPlaybackRestrictionPolicy', {})).toEqual([
      'ValidationError',
      'ServiceQuotaExceededError',
      'PendingVerificationError',
    ]);
    const changing = [
      'ValidationError',
      'ResourceNotFoundError',
      'ConflictError',
      'PendingVerificationError',
    ];
    expect(await unionErrors(gateway, 'updatePlaybackRestrictionPolicy', { arn: POLICY })).toEqual(changing);
    expect(await unionErrors(gateway, 'deletePlaybackRestrictionPolicy', { arn: POLICY })).toEqual(changing);
  });
});
