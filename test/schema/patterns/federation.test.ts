import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { createSession } from '../../support/world.ts';

const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
const entities = (fields: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ${fields} } }`;

it('prints the subgraph with the keys of its entities', async () => {
  const gateway = await startGateway();
  const { _service } = await gateway.data('{ _service { sdl } }');
  expect(_service.sdl).toContain('https://specs.apollo.dev/federation/v2');
  for (const [type, key] of [
    ['Stage', 'arn'],
    ['StageSession', 'stageArn sessionId'],
    ['Participant', 'stageArn sessionId participantId'],
    ['Channel', 'arn'],
    ['StreamKey', 'arn'],
    ['RecordingConfiguration', 'arn'],
    ['PlaybackRestrictionPolicy', 'arn'],
    ['PlaybackKeyPair', 'arn'],
  ]) {
    expect(_service.sdl).toMatch(new RegExp(`type ${type}\\b[^{]*@key\\(fields: "${key}"\\)`));
  }
});

it('answers entities of every type, in their places, with as few calls as there are things', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { stageArn, sessionId, participantIds } = await createSession(gateway, 2);
  const [a, b] = participantIds.map((participantId) => ({
    __typename: 'Participant',
    stageArn,
    sessionId,
    participantId,
  }));
  const representations = [
    a,
    { __typename: 'Stage', arn: stageArn },
    b,
    { __typename: 'StageSession', stageArn, sessionId },
    a,
    { __typename: 'Channel', arn: MAIN },
  ];
  const { _entities } = await gateway.data(
    entities(
      '... on Participant { userId browserName } ... on Stage { name } ... on StageSession { startTime } ... on Channel { name }',
    ),
    { representations },
  );
  expect(_entities).toMatchObject([
    { __typename: 'Participant', userId: 'user-0', browserName: 'Firefox' },
    { __typename: 'Stage', name: 'a-stage' },
    { __typename: 'Participant', userId: 'user-1' },
    { __typename: 'StageSession', startTime: expect.any(String) },
    { __typename: 'Participant', userId: 'user-0' },
    { __typename: 'Channel', name: 'main-stage' },
  ]);
  expect(gateway.calls()).toEqual({ GetParticipant: 2, GetStage: 1, GetStageSession: 1, GetChannel: 1 });
});

it('makes no call for key fields alone', async () => {
  const gateway = await startGateway();
  const stageArn = 'arn:aws:ivs:us-west-2:123456789012:stage/any';
  const { _entities } = await gateway.data(
    entities('... on Stage { id arn } ... on Participant { participantId stage { arn } }'),
    {
      representations: [
        { __typename: 'Stage', arn: stageArn },
        { __typename: 'Participant', stageArn, sessionId: 'st-1234567890abc', participantId: 'p' },
      ],
    },
  );
  expect(_entities).toMatchObject([{ arn: stageArn }, { participantId: 'p', stage: { arn: stageArn } }]);
  expect(gateway.calls()).toEqual({});
});

it('lets what is gone be null and what is malformed fail alone', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const representations = [
    { __typename: 'Channel', arn: MAIN },
    { __typename: 'Channel', arn: `${MAIN}x` },
    { __typename: 'Channel', arn: 5 },
    { __typename: 'Channel' },
    { __typename: 'Nothing', arn: MAIN },
    { arn: MAIN },
    'text',
    { __typename: '__proto__' },
  ];
  const { data, errors } = await gateway.ask(entities('... on Channel { name }'), { representations });
  expect(data._entities).toEqual([{ __typename: 'Channel', name: 'main-stage' }, ...Array(7).fill(null)]);
  expect(errors?.map(({ path, extensions }) => [path?.[1], extensions?.code])).toEqual(
    [2, 3, 4, 5, 6, 7].map((index) => [index, 'BAD_USER_INPUT']),
  );
});
