import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { deleted } from '../../support/ids.ts';

const KEYNOTE = 'arn:aws:ivs:us-west-2:123456789012:channel/Keynote00001';
const ADS = 'arn:aws:ivs:us-west-2:123456789012:ad-configuration/Commercials1';
const UNKNOWN = ADS.replace('Commercials1', 'doesNotExist');
const playbackConfigurationArn =
  'arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/all-viewers';

const members = `arn name mediaTailorPlaybackConfigurations { playbackConfigurationArn }
  postRollConfiguration { enabled durationSeconds } tags { key value }`;
const commercials = {
  arn: ADS,
  name: 'commercials',
  mediaTailorPlaybackConfigurations: [
    { playbackConfigurationArn },
    { playbackConfigurationArn: playbackConfigurationArn.replace('all-viewers', 'subscribers') },
  ],
  postRollConfiguration: { enabled: true, durationSeconds: 30 },
  tags: [{ key: 'environment', value: 'production' }],
};

describe('reading ad configurations', () => {
  it('answers every member with one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { adConfiguration } = await gateway.data(
      `{ adConfiguration(arn: "${ADS}") { __typename ${members} } }`,
    );
    expect(adConfiguration).toEqual({ __typename: 'AdConfiguration', ...commercials });
    expect(gateway.calls()).toEqual({ GetAdConfiguration: 1 });
  });

  it('answers null for one that does not exist', async () => {
    const gateway = await startGateway();
    expect(await gateway.data(`{ adConfiguration(arn: "${UNKNOWN}") { arn } }`)).toEqual({
      adConfiguration: null,
    });
  });

  it('is told whole by the list', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { adConfigurations } = await gateway.data(`{ adConfigurations { nodes { ${members} } } }`);
    expect(adConfigurations.nodes).toEqual([commercials]);
    expect(gateway.calls()).toEqual({ ListAdConfigurations: 1 });
  });

  it('is a field of its channels, and knows them', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { channel, channels } = await gateway.data(
      `{ channel(arn: "${KEYNOTE}") { adConfiguration { name channels { nodes { arn } } } }
         channels { nodes { adConfiguration { arn } } } }`,
    );
    expect(channel.adConfiguration).toEqual({ name: 'commercials', channels: { nodes: [{ arn: KEYNOTE }] } });
    const named = channels.nodes.filter(
      ({ adConfiguration }: { adConfiguration: unknown }) => adConfiguration,
    );
    expect(named).toEqual([{ adConfiguration: { arn: ADS } }]);
    expect(gateway.calls()).toEqual({ GetChannel: 1, GetAdConfiguration: 1, ListChannels: 2 });
  });
});

describe('changing ad configurations', () => {
  const create = ({ data }: TestGateway, input: object) =>
    data(
      `mutation ($input: CreateAdConfigurationInput!) { createAdConfiguration(input: $input) {
        __typename ... on CreateAdConfigurationPayload { adConfiguration { ${members} } } ... on MutationError { code message }
      } }`,
      { input: { mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn }], ...input } },
    ).then(({ createAdConfiguration }) => createAdConfiguration);
  const update = ({ data }: TestGateway, input: object) =>
    data(
      `mutation ($input: UpdateAdConfigurationInput!) { updateAdConfiguration(input: $input) {
        __typename ... on UpdateAdConfigurationPayload { adConfiguration { ${members} } } ... on MutationError { code }
      } }`,
      { input },
    ).then(({ updateAdConfiguration }) => updateAdConfiguration);
  const remove = ({ data }: TestGateway, arn: string) =>
    data(
      `mutation ($arn: ID!) { deleteAdConfiguration(input: { arn: $arn }) {
        __typename ... on DeleteAdConfigurationPayload { deletedId arn } ... on MutationError { code }
      } }`,
      { arn },
    ).then(({ deleteAdConfiguration }) => deleteAdConfiguration);

  const validation = { __typename: 'ValidationError', code: 'BAD_USER_INPUT' };
  const notFound = { __typename: 'ResourceNotFoundError', code: 'NOT_FOUND' };
  const inUse = { __typename: 'ConflictError', code: 'CONFLICT' };

  it('creates one with every member, where it is told to, in one call', async () => {
    const gateway = await startGateway();
    const input = {
      region: 'eu-west-1',
      name: 'ads',
      postRollConfiguration: { enabled: true, durationSeconds: 5 },
      tags: [{ key: 'team', value: 'sales' }],
    };
    const { adConfiguration } = await create(gateway, input);
    const { region: _, ...rest } = input;
    expect(adConfiguration).toMatchObject({
      ...rest,
      mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn }],
    });
    expect(adConfiguration.arn).toMatch(/^arn:aws:ivs:eu-west-1:123456789012:ad-configuration\//);
    expect(gateway.calls()).toEqual({ CreateAdConfiguration: 1 });
  });

  it.each([
    ['no playback configuration', { mediaTailorPlaybackConfigurations: [] }],
    ['a name that AWS refuses', { name: 'no spaces!' }],
    ['a post-roll that is too long', { postRollConfiguration: { enabled: true, durationSeconds: 301 } }],
  ])('refuses %s', async (_what, input) => {
    expect(await create(await startGateway(), input)).toMatchObject(validation);
  });

  it.each([
    ['ResourceNotFoundException', 'ResourceNotFoundError'],
    ['ConflictException', 'ConflictError'],
    ['ServiceQuotaExceededException', 'ServiceQuotaExceededError'],
    ['PendingVerification', 'PendingVerificationError'],
  ])('answers %s with an error of the union', async (errorType, __typename) => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({ operation: '*', errorType });
    expect(await create(gateway, {})).toMatchObject({ __typename });
    expect(await update(gateway, { arn: ADS })).toMatchObject({ __typename });
  });

  it('updates what is given and leaves the rest', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { adConfiguration } = await update(gateway, { arn: ADS, name: 'new' });
    expect(adConfiguration).toEqual({ ...commercials, name: 'new' });
    const change = {
      mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn }],
      postRollConfiguration: { enabled: false, durationSeconds: 15 },
    };
    const changed = await update(gateway, { arn: ADS, ...change });
    expect(changed.adConfiguration).toEqual({ ...commercials, name: 'new', ...change });
    expect(gateway.calls()).toEqual({ UpdateAdConfiguration: 2 });
  });

  it('deletes one that no channel uses, of which only the key is left', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { adConfiguration } = await create(gateway, { name: 'unused' });
    expect(await remove(gateway, adConfiguration.arn)).toEqual({
      __typename: 'DeleteAdConfigurationPayload',
      ...deleted('AdConfiguration', adConfiguration.arn),
    });
    expect(gateway.calls()).toEqual({ CreateAdConfiguration: 1, DeleteAdConfiguration: 1 });
    expect(await remove(gateway, ADS)).toEqual(inUse);
  });

  it('answers what does not exist, and what is none, with an error of the union', async () => {
    const gateway = await startGateway();
    expect(await update(gateway, { arn: UNKNOWN })).toEqual(notFound);
    expect(await remove(gateway, UNKNOWN)).toEqual(notFound);
    gateway.calls();
    expect(await update(gateway, { arn: KEYNOTE })).toEqual(validation);
    expect(await remove(gateway, KEYNOTE)).toEqual(validation);
    expect(gateway.calls()).toEqual({});
  });

  it('is tagged like everything with tags', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { tagResource } = await gateway.data(
      `mutation { tagResource(input: { resourceArn: "${ADS}", tags: [{ key: "a", value: "b" }] }) {
        ... on TagResourcePayload { resource { __typename tags { key } } }
      } }`,
    );
    expect(tagResource.resource).toEqual({
      __typename: 'AdConfiguration',
      tags: [{ key: 'environment' }, { key: 'a' }],
    });
  });
});
