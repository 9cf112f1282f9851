// Where an input breaks a rule: the path to the member, for our own checks and for AWS's violations.
import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';

const arnOf = (name: string) => `arn:aws:ivs:us-west-2:123456789012:${name}`;
const stageArn = arnOf('stage/TownHall0001');

async function refuse(mutation: string, input: object, message?: string) {
  const gateway = await startGateway({ seed: 'demo' });
  const Name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  if (message !== undefined)
    gateway.emulator.faults.add({ operation: Name, errorType: 'ValidationException', status: 400, message });
  const query = `mutation ($input: ${Name}Input!) { ${mutation}(input: $input) {
    __typename ... on ValidationError { path violations { path message } } } }`;
  return (await gateway.data(query, { input }))[mutation];
}

it.each([
  ['an ARN', 'deleteChannel', { arn: 'x' }, ['arn']],
  ['an ARN of another type', 'deleteStage', { arn: arnOf('channel/MainStage001') }, ['arn']],
  ['the ARN of a stage', 'createParticipantToken', { stageArn: 'x', userId: 'a' }, ['stageArn']],
  [
    'an id of a participant',
    'disconnectParticipant',
    { stageArn, participantId: 'no id' },
    ['participantId'],
  ],
  ['the ARN to tag', 'tagResource', { resourceArn: 'x', tags: [{ key: 'a', value: '' }] }, ['resourceArn']],
  ['no tags to add', 'tagResource', { resourceArn: stageArn, tags: [] }, ['tags']],
  ['no tags to remove', 'untagResource', { resourceArn: stageArn, tagKeys: [] }, ['tagKeys']],
  [
    'a key that stands twice',
    'createStage',
    {
      tags: [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
        { key: 'b', value: '3' },
      ],
    },
    ['tags', '2', 'key'],
  ],
  [
    'a list that is too long',
    'untagResource',
    { resourceArn: stageArn, tagKeys: Array(51).fill('k') },
    ['tagKeys'],
  ],
  [
    'the second of two texts',
    'createStage',
    { participantTokenConfigurations: [{ userId: 'a' }, { userId: 'u'.repeat(200) }] },
    ['participantTokenConfigurations', '1', 'userId'],
  ],
  [
    'an item of a list of texts',
    'untagResource',
    { resourceArn: stageArn, tagKeys: ['a', 'k'.repeat(200)] },
    ['tagKeys', '1'],
  ],
  ['a text that is too long', 'createStage', { name: 'n'.repeat(200) }, ['name']],
  [
    'a private key',
    'importPublicKey',
    { name: 'a', publicKeyMaterial: '-----BEGIN PRIVATE KEY-----' },
    ['publicKeyMaterial'],
  ],
  [
    'a viewer',
    'revokeViewerSession',
    { channelArn: arnOf('channel/MainStage001'), viewerId: '' },
    ['viewerId'],
  ],
  [
    'a version',
    'revokeViewerSession',
    {
      channelArn: arnOf('channel/MainStage001'),
      viewerId: 'a',
      viewerSessionVersionsLessThanOrEqualTo: -1,
    },
    ['viewerSessionVersionsLessThanOrEqualTo'],
  ],
])('names the member: %s', async (_what, mutation, input, path) => {
  expect(await refuse(mutation, input)).toMatchObject({
    __typename: 'ValidationError',
    path,
    violations: [{ path }],
  });
});

const tokens = { participantTokenConfigurations: [{ userId: 'a' }, { userId: 'b' }] };

it.each([
  [
    'two members',
    { name: 'a b', tags: [{ key: '', value: '' }] },
    "2 validation errors detected: Value 'a b' at 'name' failed to satisfy constraint: Member must match; Value '' at 'tags' failed to satisfy constraint: no",
    [['name'], ['tags']],
  ],
  [
    'an item, counted from 1',
    tokens,
    "1 validation error detected: Value 'b' at 'participantTokenConfigurations.2.member.userId' failed to satisfy constraint: no",
    [['participantTokenConfigurations', '1', 'userId']],
  ],
  [
    'an item, as a pointer',
    tokens,
    "1 validation error detected: Value at '/participantTokenConfigurations/1/userId' failed to satisfy constraint: no",
    [['participantTokenConfigurations', '1', 'userId']],
  ],
  [
    'a member that has another name here',
    tokens,
    '1 validation error detected: participantTokenConfigurations[0].duration: too long',
    [['participantTokenConfigurations', '0', 'durationMinutes']],
  ],
  [
    'a key of a map',
    {},
    '2 validation errors detected: name: too long; a key of tags: too long',
    [['name'], ['tags']],
  ],
  [
    'a value that reads like a violation',
    {},
    "1 validation error detected: Value 'x; name: y' at 'name' failed to satisfy constraint: no",
    [['name']],
  ],
  ['a member that is missing', {}, '1 validation error detected: name: is required', [['name']]],
  ['no member', {}, 'Nothing to create', [[]]],
  [
    'a rule of its own',
    {},
    'participantTokenConfigurations[0]: too many',
    [['participantTokenConfigurations', '0']],
  ],
])('reads what AWS names: %s', async (_what, input, message, paths) => {
  const { path, violations } = await refuse('createStage', input, message);
  expect(violations.map((one: { path: string[] }) => one.path)).toEqual(paths);
  expect(path).toEqual(paths[0]);
});

it('shows each violation of the emulator, which names them as AWS does', async () => {
  const input = {
    stageArn,
    destinations: [{ s3: { storageConfigurationArn: 'x', encoderConfigurationArns: ['y'] } }],
  };
  const { violations } = await refuse('startComposition', input);
  expect(violations.map(({ path }: { path: string[] }) => path.join('.'))).toEqual(
    expect.arrayContaining([expect.stringMatching(/^destinations\.0\.s3/)]),
  );
});

it.each([
  [{ name: 'a', type: 'BASIC' }, 'when enabled it needs the type STANDARD'],
  [{ containerFormat: 'FRAGMENTED_MP4' }, 'when enabled it needs a policy'],
])('names the member of a rule that AWS reports without a count: %o', async (rest, message) => {
  const refused = await refuse('createChannel', { multitrackInputConfiguration: { enabled: true }, ...rest });
  const path = ['multitrackInputConfiguration'];
  expect(refused).toMatchObject({ path, violations: [{ path, message: expect.stringContaining(message) }] });
});

it.each<[string, string, object, string[][]]>([
  [
    'sizes',
    'createStage',
    { name: 'n'.repeat(200), tags: [{ key: 'k'.repeat(200), value: 'v'.repeat(300) }] },
    // AWS's maps are lists of entries here, and a key is the client's own word.
    [['name'], ['tags'], ['tags']],
  ],
  [
    'nulls that clear nothing',
    'updateChannel',
    { arn: arnOf('channel/MainStage001'), latencyMode: null, type: null },
    [['latencyMode'], ['type']],
  ],
  [
    'global ids',
    'startParticipantReplication',
    {
      sourceStageArn: Buffer.from(`Stage:${stageArn}`).toString('base64'),
      destinationStageArn: Buffer.from(`Stage:${stageArn}`).toString('base64'),
      participantId: 'a',
    },
    [['destinationStageArn'], ['sourceStageArn']],
  ],
  [
    'ARNs and an id',
    'stopParticipantReplication',
    { sourceStageArn: 'x', destinationStageArn: 'x', participantId: 'no id' },
    [['destinationStageArn'], ['participantId'], ['sourceStageArn']],
  ],
  [
    'rules of all kinds',
    'updateIngestConfiguration',
    {
      arn: Buffer.from(`IngestConfiguration:${stageArn}`).toString('base64'),
      stageArn: 'x',
    },
    [['arn'], ['stageArn']],
  ],
  [
    'a null, a size and an ARN',
    'updateChannel',
    { arn: 'x', name: 'n'.repeat(200), type: null },
    [['arn'], ['name'], ['type']],
  ],
  [
    'keys that stand twice, and an ARN',
    'createStreamKey',
    {
      channelArn: 'x',
      tags: ['a', 'b', 'a', 'b'].map((key) => ({ key, value: '' })),
    },
    [['channelArn'], ['tags', '2', 'key'], ['tags', '3', 'key']],
  ],
  ['an ARN and no tags', 'tagResource', { resourceArn: 'x', tags: [] }, [['resourceArn'], ['tags']]],
  [
    'an ARN and a key of AWS',
    'rotateStreamKey',
    { channelArn: 'x', tags: [{ key: 'aws:a', value: '' }] },
    [['channelArn'], ['tags']],
  ],
  [
    'a name and a private key',
    'importPublicKey',
    { name: 'n'.repeat(200), publicKeyMaterial: '-----BEGIN PRIVATE KEY-----' },
    [['name'], ['publicKeyMaterial']],
  ],
  [
    'all members of a pair',
    'revokeViewerSession',
    { channelArn: 'x', viewerId: '', viewerSessionVersionsLessThanOrEqualTo: -1 },
    [['channelArn'], ['viewerId'], ['viewerSessionVersionsLessThanOrEqualTo']],
  ],
])('several at once: %s', async (_what, mutation, input, paths) => {
  const { violations } = await refuse(mutation, input);
  expect(violations.map(({ path }: { path: string[] }) => path).sort()).toEqual(paths);
});

it('of thousands the first twenty', async () => {
  const tags = Array.from({ length: 3000 }, () => ({ key: 'k', value: '' }));
  const { violations } = await refuse('createStage', { tags });
  expect(violations).toHaveLength(20);
});
