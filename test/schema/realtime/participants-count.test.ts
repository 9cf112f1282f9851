import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { createSession } from '../../support/world.ts';

const PEOPLE = 230;

async function crowd() {
  const gateway = await startGateway();
  const { stageArn, sessionId, participantIds } = await createSession(gateway, PEOPLE);
  const [, ...leaving] = participantIds;
  for (const participantId of leaving.slice(0, 29))
    gateway.emulator.control.leave({ stageArn, participantId });
  const session = (fields: string) =>
    `{ _entities(representations: [{ __typename: "StageSession", stageArn: "${stageArn}", sessionId: "${sessionId}" }]) {
      ... on StageSession { ${fields} } } }`;
  return { gateway, session };
}

it('counts all, those of a filter, and says where it stopped', async () => {
  const { gateway, session } = await crowd();
  const { _entities } = await gateway.data(
    session(`all: participantsCount { count precision }
      present: participantsCount(filter: { state: CONNECTED }) { count precision }
      first: participantsCount(upTo: 1) { count precision }
      unfiltered: participantsCount(filter: null, upTo: null) { count }`),
  );
  expect(_entities).toEqual([
    {
      all: { count: PEOPLE, precision: 'EXACT' },
      present: { count: PEOPLE - 29, precision: 'EXACT' },
      first: { count: 100, precision: 'AT_LEAST' },
      unfiltered: { count: PEOPLE },
    },
  ]);
  // Three pages of all, and three of those present.
  expect(gateway.calls()).toEqual({ ListParticipants: 6 });
});

it('shares its first page with the participants, whatever their `first`', async () => {
  const { gateway, session } = await crowd();
  const { _entities } = await gateway.data(
    session(
      'participants { nodes { userId } pageInfo { hasNextPage } } participantsCount(upTo: 100) { count precision }',
    ),
  );
  const [{ participants, participantsCount }] = _entities;
  expect(participants.nodes).toHaveLength(20);
  expect(participants.pageInfo).toEqual({ hasNextPage: true });
  expect(participantsCount).toEqual({ count: 100, precision: 'AT_LEAST' });
  expect(gateway.calls()).toEqual({ ListParticipants: 1 });
});

it('counts a participant once that stands on two pages of a list that moves', async () => {
  const { gateway, session } = await crowd();
  let page = 0;
  gateway.emulator.faults.add({
    operation: 'ListParticipants',
    match: () => ++page === 2,
    status: 200,
    body: JSON.stringify({ participants: [{ participantId: 'twice' }, { participantId: 'twice' }] }),
  });
  const { _entities } = await gateway.data(session('participantsCount { count precision }'));
  expect(_entities).toEqual([{ participantsCount: { count: 101, precision: 'EXACT' } }]);
});

it('refuses a bound that is out of range before any call', async () => {
  const { gateway, session } = await crowd();
  for (const upTo of [0, 10_001]) {
    const { errors } = await gateway.ask(session(`participantsCount(upTo: ${upTo}) { count }`));
    expect(errors).toMatchObject([
      {
        message: `Expected \`upTo\` to be from 1 to 10000, got: ${upTo}`,
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  }
  expect(gateway.calls()).toEqual({});
});

it('a count in each session of each stage passes the limit of calls without any `first`', async () => {
  const gateway = await startGateway({ seed: 'demo', callRates: true });
  const { stages } = await gateway.data(
    '{ stages { nodes { name sessions { nodes { participantsCount { count precision } participants { nodes { userId } } } } } } }',
  );
  const [townHall] = stages.nodes;
  expect(townHall.sessions.nodes).toMatchObject([{ participantsCount: { count: 120, precision: 'EXACT' } }]);
  // One for each of 25 sessions, and a second page for the largest.
  expect(gateway.calls()).toEqual({ ListStages: 1, ListStageSessions: 14, ListParticipants: 26 });
});
