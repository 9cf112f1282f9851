// Snapshots bring back whole worlds.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CreateStageCommand, GetStageCommand, ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emulate, failureOf, MAIN_STAGE, TOWN_HALL, TOWN_HALL_SESSION } from '../support/emulate.ts';
import { call, randomSteps, readAll, take } from '../support/random-world.ts';

test('a restored world is one that ran only what came before, and what is due in it still happens', async () => {
  await fc.assert(
    fc.asyncProperty(randomSteps, randomSteps, randomSteps, async (before, between, after) => {
      const [restored, fresh] = [await emulate({ ids: 'a seed' }), await emulate({ ids: 'a seed' })];
      await take(restored, before);
      const { id } = restored.emulator.control.snapshot();
      await take(restored, between);
      restored.emulator.control.restore({ id });
      await take(fresh, before);
      expect(await readAll(restored)).toEqual(await readAll(fresh));
      expect(await take(restored, after)).toEqual(await take(fresh, after));
      for (const { emulator } of [restored, fresh]) emulator.control.advanceClock({ seconds: 400 });
      expect(await readAll(restored)).toEqual(await readAll(fresh));
      // Once more: what happened after a restore has not changed the snapshot
      restored.emulator.control.restore({ id });
      expect(await take(restored, after)).toEqual(await emulateAgain(before, after));
    }),
    { numRuns: 8 },
  );
});

async function emulateAgain(before: Parameters<typeof take>[1], after: Parameters<typeof take>[1]) {
  const world = await emulate({ ids: 'a seed' });
  await take(world, before);
  return take(world, after);
}

async function emulateCommands(options: Parameters<typeof emulate>[0] = {}) {
  const world = await emulate(options);
  const command = async (name: string, input: unknown = {}) => {
    const response = await world.post(`/_control/${name}`, JSON.stringify(input), {});
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const names = async () =>
    (await world.realtime.send(new ListStagesCommand({}))).stages?.map(({ name }) => name);
  return { ...world, command, names };
}

test('over HTTP: named or not, listed, restored with their time, deleted', async () => {
  const { command, realtime, names } = await emulateCommands();
  await realtime.send(new CreateStageCommand({ name: 'one' }));
  expect(await command('snapshot')).toEqual({ status: 200, body: { id: 'snapshot-1' } });
  await command('setClock', { time: '2026-01-02T00:00:00Z' });
  await realtime.send(new CreateStageCommand({ name: 'two' }));
  expect((await command('snapshot', { name: 'later' })).body).toEqual({ id: 'later' });
  await command('restore', { id: 'snapshot-1' });
  expect([await names(), (await command('clock')).body.time]).toEqual([['one'], '2026-01-01T00:00:00.000Z']);
  await command('restore', { id: 'later' });
  expect([await names(), (await command('clock')).body.time]).toEqual([
    ['one', 'two'],
    '2026-01-02T00:00:00.000Z',
  ]);
  expect((await command('snapshots')).body.snapshots).toMatchObject([
    { id: 'snapshot-1', time: '2026-01-01T00:00:00.000Z', bytes: expect.any(Number) },
    { id: 'later', time: '2026-01-02T00:00:00.000Z' },
  ]);
  await command('deleteSnapshot', { id: 'snapshot-1' });
  expect((await command('restore', { id: 'snapshot-1' })).body.error).toBe(
    'restore: expected the id of a snapshot (there are: later), got "snapshot-1"',
  );
});

test('a snapshot of the same name replaces the earlier one', async () => {
  const { emulator, realtime, names } = await emulateCommands();
  emulator.control.snapshot({ name: 'base' });
  await realtime.send(new CreateStageCommand({ name: 'one' }));
  emulator.control.snapshot({ name: 'base' });
  emulator.control.reset();
  emulator.control.restore({ id: 'base' });
  expect(await names()).toEqual(['one']);
});

test('restore keeps calls, faults and events; reset to a snapshot drops them', async () => {
  const { emulator, names } = await emulateCommands({ seed: 'demo' });
  const { control } = emulator;
  const { id } = control.snapshot();
  const count = (await names())?.length;
  control.reset({ seed: 'empty' });
  expect(await names()).toEqual([]);
  control.addFault({ operation: 'GetStage', status: 500 });
  control.breachLimit({ limit: 'Concurrent Viewers', region: 'us-west-2' });
  control.restore({ id });
  expect(await names()).toHaveLength(count ?? 0);
  expect(control.events({ eventName: 'Concurrent Viewers' }).events).toHaveLength(1);
  expect(emulator.calls.count()).toBe(2);
  control.reset({ snapshot: id });
  expect([emulator.calls.count(), control.events().events]).toEqual([0, []]);
  expect(await names()).toHaveLength(count ?? 0);
  control.reset({ seed: 'demo' });
  expect(await names()).toHaveLength(count ?? 0);
});

test('accounts and regions come back, and those that were not there are empty', async () => {
  const { emulator, realtime, realtimeIn } = await emulateCommands();
  await realtimeIn('eu-west-1').send(new CreateStageCommand({ name: 'there' }));
  const { id } = emulator.control.snapshot();
  await realtimeIn('ap-south-1').send(new CreateStageCommand({ name: 'new' }));
  await realtime.send(new CreateStageCommand({ name: 'new' }));
  emulator.control.restore({ id });
  const names = (region: string) =>
    realtimeIn(region)
      .send(new ListStagesCommand({}))
      .then(({ stages = [] }) => stages.map(({ name }) => name));
  expect(await Promise.all(['us-west-2', 'eu-west-1', 'ap-south-1'].map(names))).toEqual([[], ['there'], []]);
});

test('bans, tokens and revocations come back', async () => {
  const world = await emulateCommands({ seed: 'demo' });
  const { control } = world.emulator;
  const token = await call(world, 'CreateParticipantToken', { stageArn: TOWN_HALL });
  const { id } = control.snapshot();
  await call(world, 'DisconnectParticipant', { stageArn: TOWN_HALL, participantId: 'alice0000001' });
  await call(world, 'StartViewerSessionRevocation', { channelArn: MAIN_STAGE, viewerId: 'v' });
  control.restore({ id });
  expect(control.revocations()).toEqual([]);
  const session = { stageArn: TOWN_HALL, sessionId: TOWN_HALL_SESSION, participantId: 'alice0000001' };
  expect(await call(world, 'GetParticipant', session)).toMatchObject({ participant: { state: 'CONNECTED' } });
  const { token: text } = token.participantToken as { token: string };
  expect(control.join({ token: text }).sessionId).toBe(TOWN_HALL_SESSION);
});

test.each([
  ['restore', {}, 'restore: id: expected a string'],
  ['restore', { id: 'none' }, 'restore: expected the id of a snapshot (there are: none), got "none"'],
  ['reset', { snapshot: 'x' }, 'reset: expected the id of a snapshot'],
  ['reset', { snapshot: 'x', seed: 'demo' }, 'reset: expected at most one of seed, world, snapshot'],
  ['reset', { seed: 'full' }, 'reset: seed: expected one of demo, empty, got "full"'],
  [
    'snapshot',
    { name: 'a b' },
    'snapshot: name: expected 1 to 128 letters, digits and any of _ . : -, got "a b"',
  ],
  ['deleteSnapshot', { id: 'x' }, 'deleteSnapshot: expected the id of a snapshot'],
])('%s refuses %j', async (name, input, message) => {
  const { command } = await emulateCommands();
  const { status, body } = await command(name, input);
  expect(status).toBe(400);
  expect(body.error).toContain(message);
});

test('there are at most 100 snapshots', async () => {
  const { emulator } = await emulateCommands();
  for (let count = 0; count < 100; count += 1) emulator.control.snapshot();
  expect(() => emulator.control.snapshot()).toThrow(
    'snapshot: expected at most 100 snapshots, got one more: deleteSnapshot removes one',
  );
  emulator.control.snapshot({ name: 'snapshot-7' });
  expect(() => emulator.control.restore({ id: 'x' })).toThrow(
    '(there are: snapshot-1, snapshot-2, snapshot-3, snapshot-4, snapshot-5, … and 95 more), got "x"',
  );
});

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  for (let count = 0; count < 2; count += 1) collect();
  return process.memoryUsage().heapUsed;
}

test.each(['live', 'past'])('bytes of a %s crowd are about what it occupies', async (kind) => {
  const { emulator } = await emulate();
  const { control } = emulator;
  const times = kind === 'past' ? { startedAt: '-2d', endedAt: '-1d' } : { startedAt: '-2d' };
  const fill = () => {
    const participants = Array.from({ length: 5000 }, (_, index) => ({ userId: `u${index}` }));
    control.reset({ world: { stages: [{ name: 'crowd', sessions: [{ ...times, participants }] }] } });
    return control.snapshot().id;
  };
  control.deleteSnapshot({ id: fill() }); // what the first of them loads is of no snapshot
  control.reset({ seed: 'empty' });
  const before = heapBytes();
  for (let count = 0; count < 3; count += 1) fill();
  control.reset({ seed: 'empty' });
  const held = heapBytes() - before;
  const bytes = control.snapshots().snapshots.reduce((sum, one) => sum + one.bytes, 0);
  // The heap's own spare room, about a third, is the rest
  expect(bytes / held).toBeGreaterThan(1.1);
  expect(bytes / held).toBeLessThan(2.5);
});

test('a refused restore changes nothing', async () => {
  const { realtime, command } = await emulateCommands({ seed: 'demo' });
  await command('reset', { snapshot: 'none' });
  const { stage } = await realtime.send(new GetStageCommand({ arn: TOWN_HALL }));
  expect(stage?.activeSessionId).toBe(TOWN_HALL_SESSION);
  expect(await failureOf(realtime.send(new GetStageCommand({ arn: `${TOWN_HALL}x` })))).toMatchObject({
    status: 404,
  });
});
