import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { people } from '../../support/people.ts';
import { createStage } from '../../support/world.ts';

const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';

it('looks 100 participants up in one page of their list when that tells enough', async () => {
  const { gateway, entities, representationOf, participantIds } = await people(100);
  const found = await entities(participantIds.map(representationOf), 'userId state');
  expect(found.map(({ userId }: { userId: string }) => userId)).toEqual(
    participantIds.map((_, index) => `user-${index}`),
  );
  expect(gateway.calls()).toEqual({ ListParticipants: 1 });
});

it('gets each once when a detail is selected, and hears their list', async () => {
  const { gateway, entities, representationOf, participantIds } = await people(30);
  const twice = [...participantIds, ...participantIds].map(representationOf);
  const found = await entities(twice, 'userId browserName');
  expect(found).toHaveLength(60);
  expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: 30 });
});

it('reads no list for the details of fewer than ten', async () => {
  const { gateway, entities, representationOf, participantIds } = await people(9);
  await entities(participantIds.map(representationOf), 'browserName');
  expect(gateway.calls()).toEqual({ GetParticipant: 9 });
});

it('reads one page for ten details at most, and gets them all though it tells of few', async () => {
  const { gateway, entities, representationOf, participantIds } = await people(1500);
  const scattered = participantIds.filter((_, index) => index % 60 === 0);
  const found = await entities(scattered.map(representationOf), 'userId browserName');
  expect(found).toHaveLength(25);
  expect(found).not.toContain(null);
  expect(gateway.calls()).toEqual({ ListParticipants: 2, GetParticipant: 25 });
});

it('gets the details of whom it may not list, and of whom the list does not name', async () => {
  const { gateway, entities, representationOf, participantIds } = await people(10);
  const asked = [...participantIds, 'nobody'].map(representationOf);
  expect((await entities(asked, 'browserName')).at(-1)).toBeNull();
  expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: 11 });
  gateway.emulator.faults.add({
    operation: 'ListParticipants',
    status: 403,
    errorType: 'AccessDeniedException',
  });
  expect((await entities(asked, 'browserName')).filter(Boolean)).toHaveLength(10);
  expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: 11 });
});

it('gets one alone, since that costs one call as well', async () => {
  const { gateway, entities, representationOf, participantIds } = await people(5);
  await entities([representationOf(participantIds[3] as string)], 'userId');
  expect(gateway.calls()).toEqual({ GetParticipant: 1 });
});

it('knows from the end of the list that somebody does not exist', async () => {
  const { gateway, entities, representationOf, participantIds } = await people(5);
  const asked = ['nobody', participantIds[0] as string, 'nobody-else'].map(representationOf);
  expect(await entities(asked, 'userId')).toEqual([null, { userId: 'user-0' }, null]);
  expect(gateway.calls()).toEqual({ ListParticipants: 1 });
});

it('stops reading a list of thousands that tells too little, and gets the rest', async () => {
  const { gateway, entities, representationOf, participantIds } = await people(1500);
  const last = participantIds.slice(-3).map(representationOf);
  const found = await entities(last, 'userId');
  expect(found.map(({ userId }: { userId: string }) => userId)).toEqual([
    'user-1497',
    'user-1498',
    'user-1499',
  ]);
  expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: 3 });
});

it('gets what it may not list', async () => {
  const { gateway, entities, representationOf, participantIds } = await people(3);
  gateway.emulator.faults.add({
    operation: 'ListParticipants',
    status: 403,
    errorType: 'AccessDeniedException',
  });
  expect(await entities(participantIds.map(representationOf), 'userId')).toHaveLength(3);
  expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: 3 });
});

it.each([
  ['a fault', { status: 500, errorType: 'InternalServerException' }],
  ['throttling', { status: 429, errorType: 'ThrottlingException' }],
  ['what is no JSON', { body: '<html>' }],
  ['a cut connection', { reset: true as const }],
])(
  'asks a list no second time that answers with %s, when details can do without it',
  async (_what, fault) => {
    const { gateway, entities, representationOf, participantIds } = await people(10);
    gateway.emulator.faults.add({ operation: 'ListParticipants', ...fault });
    const found = await entities(participantIds.map(representationOf), 'browserName');
    expect(found).toEqual(Array(10).fill({ browserName: 'Firefox' }));
    expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: 10 });
  },
);

it('asks again when somebody joins who cannot do without it', async () => {
  const { gateway, entities, representationOf, participantIds } = await people(10);
  const { stageArn, sessionId } = representationOf('anybody');
  const fault = { status: 500, errorType: 'InternalServerException' };
  gateway.emulator.faults.add({ operation: 'ListParticipants', times: 1, delayMs: 300, ...fault });
  const details = entities(participantIds.map(representationOf), 'browserName');
  while (gateway.emulator.calls.count('ListParticipants') === 0) await new Promise(setImmediate);
  const { participants } = await gateway.data(
    `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}", first: 100) { nodes { userId } } }`,
  );
  expect(participants.nodes).toHaveLength(10);
  expect(await details).toHaveLength(10);
  expect(gateway.calls()).toEqual({ ListParticipants: 2, GetParticipant: 10 });
});

it('does the same for stages named one by one, and for those that things refer to', async () => {
  const gateway = await startGateway();
  const arns = [];
  for (const name of ['a', 'b', 'c']) arns.push(await createStage(gateway, name));
  const fields = arns.map((arn, index) => `s${index}: stage(arn: "${arn}") { name }`);
  const answer = await gateway.data(
    `{ ${fields.join(' ')} detailed: stage(arn: "${arns[0]}") { endpoints { whip } } }`,
  );
  expect([answer.s0, answer.s1, answer.s2]).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
  expect(gateway.calls()).toEqual({ ListStages: 1, GetStage: 1 });
});

it('finds the streams of all channels of a list in one call', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { channels } = await gateway.data('{ channels { nodes { arn stream { streamId viewerCount } } } }');
  const live = channels.nodes.filter(({ stream }: { stream: object | null }) => stream);
  expect(live.map(({ arn }: { arn: string }) => arn)).toContain(MAIN);
  expect(live.length).toBeLessThan(channels.nodes.length);
  expect(gateway.calls()).toEqual({ ListChannels: 1, ListStreams: 1 });
});
