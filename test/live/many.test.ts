// Many watched stages share AWS's rates, and leave most of them to queries.
import { expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { listen } from '../support/listen.ts';
import { createStage } from '../support/world.ts';

const QUERY = `subscription ($stage: ID!) {
  participants(stageArn: $stage) {
    __typename
    ... on LiveEvent { seenAt }
    ... on ParticipantsState { nodes { userId } }
    ... on ParticipantJoined { participant { userId } }
  }
}`;
const STAGES = 300;
const LIVE = 40;

it('300 stages at once all get a state, at 40 % of the rate, and take turns after that', async () => {
  const gateway = await startGateway({
    callRates: false,
    server: { limits: { subscriptionsPerCaller: 1000 } },
  });
  const { control, calls } = gateway.emulator;
  const stages: string[] = [];
  for (let index = 0; index < STAGES; index += 1) stages.push(await createStage(gateway, `s${index}`));
  for (const stageArn of stages.slice(0, LIVE)) control.join({ stageArn, userId: 'host' });
  calls.reset();
  const startedAt = gateway.clock.now();
  const listeners = await Promise.all(stages.map((stage) => listen(gateway, QUERY, { stage })));
  const states = await Promise.all(listeners.map(({ until }) => until('ParticipantsState')));
  const hosts = states.map(([{ nodes }]) => nodes.length);
  expect(hosts).toEqual([...Array(LIVE).fill(1), ...Array(STAGES - LIVE).fill(0)]);
  const seconds = (gateway.clock.now() - startedAt) / 1000;
  const counts = calls.counts();
  // Two calls a second of each: the first one at once.
  expect(counts.ListParticipants).toBe(LIVE);
  for (const name of ['GetStage', 'ListStages', 'ListParticipants'])
    expect(counts[name] ?? 0).toBeLessThanOrEqual(2 * seconds + 3);
  expect((counts.GetStage ?? 0) + (counts.ListStages ?? 0)).toBeLessThan(STAGES / 2);
  for (const stageArn of [stages[0], stages[LIVE - 1], stages[STAGES - 1]])
    control.join({ stageArn: stageArn as string, userId: 'late' });
  for (const index of [0, LIVE - 1, STAGES - 1])
    expect((await listeners[index]?.until('ParticipantJoined'))?.at(-1)).toMatchObject({
      participant: { userId: 'late' },
    });
}, 60_000);
