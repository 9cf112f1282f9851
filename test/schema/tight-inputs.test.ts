// Inputs that AWS refuses are no valid requests: the types say so before a call is made. Loosening a type breaks nobody.
import { expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const arnOf = (name: string) => `arn:aws:ivs:us-west-2:123456789012:${name}`;
const stageArn = arnOf('stage/TownHall0001');
const channel = { channelArn: arnOf('channel/NightMarket1') };
const s3 = {
  storageConfigurationArn: arnOf('storage-configuration/Recordings01'),
  encoderConfigurationArns: [arnOf('encoder-configuration/Hd0000000001')],
};
const destinations = [{ s3 }];

it.each([
  ['startComposition', 'two layouts', { stageArn, destinations, layout: { grid: {}, pip: {} } }],
  ['startComposition', 'no layout in a layout', { stageArn, destinations, layout: {} }],
  ['startComposition', 'a layout of null', { stageArn, destinations, layout: { grid: null } }],
  ['startComposition', 'a destination of two kinds', { stageArn, destinations: [{ channel, s3 }] }],
  ['startComposition', 'a destination of no kind', { stageArn, destinations: [{}] }],
  ['createRecordingConfiguration', 'no bucket', { destinationConfiguration: {} }],
  ['createAdConfiguration', 'no ARN in MediaTailor', { mediaTailorPlaybackConfigurations: [{}] }],
  [
    'createRecordingConfiguration',
    'renditions that AWS would ignore',
    { destinationConfiguration: { s3: { bucketName: 'b' } }, renditionConfiguration: { renditions: ['HD'] } },
  ],
  [
    'createStage',
    'thumbnails that AWS would not take',
    {
      autoParticipantRecordingConfiguration: {
        storageConfigurationArn: s3.storageConfigurationArn,
        thumbnailConfiguration: { targetIntervalSeconds: 5 },
      },
    },
  ],
  ['createChannel', 'no word on multitrack', { multitrackInputConfiguration: { policy: 'ALLOW' } }],
])('%s refuses %s', async (mutation, _what, input) => {
  const gateway = await startGateway({ seed: 'demo' });
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { errors } = await gateway.ask(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`,
    { input },
  );
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.message).toMatch(/^Variable "\$input" (got|has) invalid value/);
  expect(gateway.calls()).toEqual({});
});

it('starts a composition with named destinations of both kinds', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { startComposition } = await gateway.data(
    `mutation ($input: StartCompositionInput!) { startComposition(input: $input) { ... on StartCompositionPayload {
      composition { destinations { configuration { name channel { channelArn } s3 { storageConfigurationArn } } } } }
      ... on MutationError { message } } }`,
    {
      input: {
        stageArn,
        destinations: [{ channel: { name: 'live', ...channel } }, { s3: { name: 'archive', ...s3 } }],
      },
    },
  );
  expect(startComposition.composition.destinations).toEqual([
    { configuration: { name: 'live', channel, s3: null } },
    {
      configuration: {
        name: 'archive',
        channel: null,
        s3: { storageConfigurationArn: s3.storageConfigurationArn },
      },
    },
  ]);
});

const lists = {
  channels: 'name recordingConfigurationArn playbackRestrictionPolicyArn adConfigurationArn',
  compositions: 'stageArn encoderConfigurationArn',
  ingestConfigurations: 'stageArn',
  participants: 'userId',
  streams: '',
};
const keyOf = (list: string) =>
  list === 'participants' ? `stageArn: "${stageArn}", sessionId: "st-TownHall00001", ` : '';

it.each(Object.keys(lists))(
  '%s: no filter and a null filter list all; an empty one is refused',
  async (list) => {
    const gateway = await startGateway({ seed: 'demo' });
    const ask = (filter: string) =>
      gateway.ask(`{ ${list}(${keyOf(list)}first: 5${filter}) { nodes { id } } }`);
    const all = (await ask('')).data[list].nodes;
    expect(all.length).toBeGreaterThan(0);
    expect((await ask(', filter: null')).data[list].nodes).toEqual(all);
    gateway.calls();
    const { errors } = await ask(', filter: {}');
    expect(errors?.[0]?.message).toMatch(/exactly one/i);
    expect(gateway.calls()).toEqual({});
  },
);

it.each(
  Object.entries(lists).flatMap(([list, members]) =>
    members.split(' ').flatMap((member) => (member ? [[list, member] as const] : [])),
  ),
)('%s: an empty text as %s is refused', async (list, member) => {
  const gateway = await startGateway({ seed: 'demo' });
  const query = `{ ${list}(${keyOf(list)}filter: { ${member}: "" }) { nodes { id } } }`;
  const { errors } = await gateway.ask(query);
  expect(errors).toMatchObject([
    {
      message: `Expected filter.${member} to have a value, got an empty text. To list all items, omit the filter.`,
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
  expect(gateway.calls()).toEqual({});
});
