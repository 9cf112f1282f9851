import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/ids.ts';
import { createSession } from '../../support/world.ts';

const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';

it('finds every type again by the id that it gave out', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { stageArn, sessionId, participantIds } = await createSession(gateway, 1);
  const { stage, channel } = await gateway.data(
    `{ stage(arn: "${stageArn}") { id activeSession { id participant(participantId: "${participantIds[0]}") { id } } } channel(arn: "${MAIN}") { id } }`,
  );
  const ids = [stage.id, stage.activeSession.id, stage.activeSession.participant.id, channel.id];
  gateway.calls();

  const { nodes } = await gateway.data(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Stage { name } ... on StageSession { startTime } ... on Participant { userId browserName } ... on Channel { playbackUrl } } }`,
    { ids },
  );
  expect(nodes.map((node: { id: string }) => node.id)).toEqual(ids);
  expect(nodes).toMatchObject([
    { __typename: 'Stage', name: 'a-stage' },
    { __typename: 'StageSession', startTime: expect.any(String) },
    { __typename: 'Participant', userId: 'user-0', browserName: 'Firefox' },
    { __typename: 'Channel', playbackUrl: expect.any(String) },
  ]);
  expect(gateway.calls()).toEqual({ GetStage: 1, GetStageSession: 1, GetParticipant: 1, GetChannel: 1 });
  expect(sessionId).toMatch(/^st-/);
});

it('answers each id alone: what is gone is null, what is no id is an error', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const ids = [
    globalId('Channel', MAIN),
    globalId('Channel', 'arn:aws:ivs:us-west-2:123456789012:channel/gone'),
    'rubbish',
    globalId('PageInfo', 'x'),
    globalId('Participant', 'one part only'),
    globalId('__proto__', 'x'),
    globalId('Channel', MAIN.replace('us-west-2', 'mars-north-1')),
    '',
  ];
  const { data, errors } = await gateway.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
  expect(data.nodes).toEqual([{ id: ids[0] }, null, null, null, null, null, null, null]);
  expect(errors?.map(({ path, extensions }) => [path?.[1], extensions?.code])).toEqual([
    [2, 'BAD_USER_INPUT'],
    [3, 'BAD_USER_INPUT'],
    [4, 'BAD_USER_INPUT'],
    [5, 'BAD_USER_INPUT'],
    [6, 'REGION_NOT_ALLOWED'],
    [7, 'BAD_USER_INPUT'],
  ]);
});

it('answers node(id) with null for what is gone', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const id = globalId('Stage', 'arn:aws:ivs:us-west-2:123456789012:stage/gone');
  expect(
    await gateway.data('query ($id: ID!) { node(id: $id) { id ... on Stage { name } } }', { id }),
  ).toEqual({ node: null });
});
