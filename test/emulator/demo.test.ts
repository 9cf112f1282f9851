import { paginateListChannels } from '@aws-sdk/client-ivs';
import {
  DisconnectParticipantCommand,
  GetParticipantCommand,
  ListIngestConfigurationsCommand,
  ListParticipantEventsCommand,
  ListParticipantReplicasCommand,
  ListParticipantsCommand,
  ListPublicKeysCommand,
  ListStageSessionsCommand,
  ListStagesCommand,
  paginateListParticipants,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test, vi } from 'vitest';
import { live } from '../../src/emulator/demo/life.ts';
import { isPublishing } from '../../src/emulator/realtime/subscription.ts';
import { Accounts } from '../../src/emulator/world/accounts.ts';
import { ManualClock } from './support/clock.ts';
import { emulate, MAIN_STAGE, TOWN_HALL, TOWN_HALL_SESSION } from './support/emulate.ts';

const session = { stageArn: TOWN_HALL, sessionId: TOWN_HALL_SESSION };

test('the ids that the documentation names are there', async () => {
  const { realtime, ivs } = await emulate({ seed: 'demo' });
  const { stages = [] } = await realtime.send(new ListStagesCommand({}));
  expect(stages.length).toBeGreaterThanOrEqual(12);
  expect(stages[0]).toMatchObject({ arn: TOWN_HALL, name: 'town-hall', activeSessionId: TOWN_HALL_SESSION });
  expect(stages.some(({ activeSessionId }) => activeSessionId === '')).toBe(true);
  const { participants = [] } = await realtime.send(new ListParticipantsCommand(session));
  expect(participants.slice(0, 2)).toMatchObject([
    { participantId: 'alice0000001', userId: 'alice', published: true },
    { participantId: 'bob000000001', userId: 'bob', published: true },
  ]);
  const channels = [];
  for await (const page of paginateListChannels({ client: ivs }, {})) channels.push(...(page.channels ?? []));
  expect(channels.length).toBeGreaterThanOrEqual(9);
  expect(channels[0]).toMatchObject({ arn: MAIN_STAGE, name: 'main-stage', authorized: true });
});

test('a stage has several sessions behind it, the newest first', async () => {
  const { realtime } = await emulate({ seed: 'demo' });
  const stageArn = TOWN_HALL.replace('TownHall0001', 'PodcastStud1');
  const { stageSessions = [] } = await realtime.send(new ListStageSessionsCommand({ stageArn }));
  expect(stageSessions).toHaveLength(6);
  expect(stageSessions[0]?.endTime).toBeUndefined();
  expect(stageSessions.slice(1).every(({ endTime }) => endTime instanceof Date)).toBe(true);
  const starts = stageSessions.map(({ startTime }) => Number(startTime));
  expect(starts).toEqual([...starts].sort((a, b) => b - a));
});

test('it is the same world each time', async () => {
  const worlds = [await emulate({ seed: 'demo' }), await emulate({ seed: 'demo' })];
  const get = new GetParticipantCommand({ ...session, participantId: 'carol0000001' });
  const [one, two] = await Promise.all(
    worlds.map(async ({ realtime }) => (await realtime.send(get)).participant),
  );
  expect(one).toEqual(two);
  expect(one).toMatchObject({
    userId: 'carol',
    browserName: expect.any(String),
    attributes: { displayName: 'carol' },
  });
});

async function townHall(realtime: Awaited<ReturnType<typeof emulate>>['realtime']) {
  const everybody = [];
  for await (const page of paginateListParticipants({ client: realtime, pageSize: 100 }, { ...session })) {
    everybody.push(...(page.participants ?? []));
  }
  return everybody;
}

test('alive it moves with its clock, within bounds, and those the documentation names stay', async () => {
  const { clock, realtime } = await emulate({ seed: 'demo', alive: true });
  const before = await townHall(realtime);
  clock.advance(60_000);
  expect(await townHall(realtime)).not.toEqual(before);
  clock.advance(24 * 60 * 60_000);
  const after = await townHall(realtime);
  expect(after.length).toBeLessThanOrEqual(150);
  expect(after.slice(0, 2)).toMatchObject([
    { participantId: 'alice0000001', state: 'CONNECTED' },
    { participantId: 'bob000000001', state: 'CONNECTED' },
  ]);
});

test('otherwise it stands still', async () => {
  const { clock, realtime } = await emulate({ seed: 'demo' });
  const before = await townHall(realtime);
  clock.advance(60_000);
  expect(await townHall(realtime)).toEqual(before);
});

test('it is alive after a reset to it as at the start, in any account, and another world is not', async () => {
  const { clock, emulator } = await emulate({ seed: 'empty', alive: true });
  const { control, accounts } = emulator;
  const OTHER = '000000000001';
  /** Whether participants come and go within a minute. */
  const moves = (account: string) => {
    const events = () =>
      JSON.stringify(
        accounts
          .of(account)
          .worlds()
          .map(({ stages }) =>
            [...stages.values()].map((stage) =>
              [...stage.sessions.values()].map((one) => [
                one.participants.count('state', 'CONNECTED'),
                [...one.participants.values()].map(isPublishing),
              ]),
            ),
          ),
      );
    const before = events();
    clock.advance(63_000); // an odd number of ticks: at a frozen time each would be the same
    return events() !== before;
  };
  const own = '123456789012';
  control.reset({ seed: 'demo' });
  const { id } = control.snapshot();
  expect(moves(own)).toBe(true);
  control.reset({ seed: 'demo', account: OTHER });
  expect(moves(OTHER)).toBe(true);
  control.freezeClock({ frozen: true, account: OTHER });
  expect([moves(OTHER), moves(own)]).toEqual([false, true]);
  control.reset({ seed: 'empty' });
  expect(moves(own)).toBe(false);
  control.restore({ id });
  expect(moves(own)).toBe(true);
  control.reset();
  control.reset({
    world: {
      stages: [{ name: 'show', sessions: [{ participants: [{ userId: 'zoe' }, { userId: 'yuki' }] }] }],
    },
  });
  expect(moves(own)).toBe(false);
});

test('after close it moves no more', async () => {
  const stopped = vi.fn();
  const { emulator } = await emulate({ alive: true, clock: { now: () => new Date(), every: () => stopped } });
  expect(stopped).not.toHaveBeenCalled();
  await emulator.close();
  expect(stopped).toHaveBeenCalledTimes(1);
});

test('a camera, a copy and an exchanged token are on its stages, and stay while it lives', async () => {
  const { clock, realtime } = await emulate({ seed: 'demo', alive: true });
  clock.advance(60 * 60_000);
  const stageArn = TOWN_HALL.replace('TownHall0001', 'OpenMic00001');
  const { ingestConfigurations } = await realtime.send(new ListIngestConfigurationsCommand({}));
  expect(ingestConfigurations).toMatchObject([
    { name: 'stage-camera', stageArn, participantId: 'stagecamera1', state: 'ACTIVE' },
    { name: 'spare-camera', state: 'INACTIVE', redundantIngest: true },
  ]);
  const carol = { sourceStageArn: TOWN_HALL, participantId: 'carol0000001' };
  const { replicas } = await realtime.send(new ListParticipantReplicasCommand(carol));
  expect(replicas).toMatchObject([
    { destinationStageArn: expect.stringContaining('GreenRoom001'), replicationState: 'ACTIVE' },
  ]);
  const dave = { ...session, participantId: 'dave00000001' };
  const { events } = await realtime.send(new ListParticipantEventsCommand(dave));
  expect(events?.find(({ name }) => name === 'TOKEN_EXCHANGED')).toMatchObject({
    newToken: { userId: 'dave', attributes: { role: 'moderator' } },
  });
  const { publicKeys } = await realtime.send(new ListPublicKeysCommand({}));
  expect(publicKeys).toMatchObject([{ name: 'token-signing' }]);
});

test('a tick of the demo world that fails is logged and ends nothing', () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const clock = new ManualClock();
  const accounts = new Accounts('123456789012', clock);
  accounts.own.isDemo = true;
  accounts.own.world('us-west-2').after(1, () => {
    throw new Error('a fault of ours');
  });
  const rest = live(accounts);
  clock.advance(60_000);
  rest();
  expect(log).toHaveBeenCalledTimes(1);
});

test('it brings nobody back whom somebody has disconnected', async () => {
  const { realtime, clock } = await emulate({ seed: 'demo', alive: true });
  const list = async () => {
    const ids = [];
    for await (const { participants = [] } of paginateListParticipants(
      { client: realtime },
      { ...session, filterByState: 'CONNECTED' },
    ))
      ids.push(...participants.map(({ participantId = '' }) => participantId));
    return ids;
  };
  const gone = (await list()).slice(2);
  for (const participantId of gone)
    await realtime.send(new DisconnectParticipantCommand({ stageArn: TOWN_HALL, participantId }));
  // Long enough that the stage is full, when those who were there before come back
  clock.advance(3000 * 6000);
  const there = await list();
  expect(there.length).toBeGreaterThan(2);
  expect(there.filter((id) => gone.includes(id))).toEqual([]);
});
