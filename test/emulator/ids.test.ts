// Ids, ARNs and keys that are the same run after run.
import { ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emulate } from './support/emulate.ts';
import { call, randomSteps, readAll, take } from './support/random-world.ts';

test('two emulators with one seed return the same for the same calls, events included', async () => {
  await fc.assert(
    fc.asyncProperty(randomSteps, async (steps) => {
      const [one, two] = [await emulate({ ids: 'a seed' }), await emulate({ ids: 'a seed' })];
      expect(await take(two, steps)).toEqual(await take(one, steps));
      expect(await readAll(two)).toEqual(await readAll(one));
      const events = ({ emulator }: typeof one) =>
        JSON.stringify(emulator.control.events().events.map((event) => ({ ...event, resources: [] })));
      expect(events(two)).toBe(events(one));
    }),
    { numRuns: 5 },
  );
});

test('request ids are the same, and reads do not change which ids are created', async () => {
  const [one, two] = [await emulate({ ids: 'a seed' }), await emulate({ ids: 'a seed' })];
  const requestId = async ({ realtime }: typeof one) =>
    (await realtime.send(new ListStagesCommand({}))).$metadata.requestId;
  expect(await requestId(one)).toBe(await requestId(two));
  expect(await requestId(one)).not.toBe(await requestId(two).then(() => requestId(two)));
  expect(await call(one, 'CreateStage')).toEqual(await call(two, 'CreateStage'));
});

test('another seed, account or region has other ids, and one without a seed is random', async () => {
  const idOf = async (world: Awaited<ReturnType<typeof emulate>>) =>
    (await call(world, 'CreateStage')).stage as { arn: string };
  const worlds = [
    await emulate({ ids: 'a seed' }),
    await emulate({ ids: 'another' }),
    await emulate({ ids: 'a seed', accountId: '210987654321' }),
    await emulate(),
    await emulate(),
  ];
  const arns = await Promise.all(worlds.map(idOf));
  expect(new Set(arns.map(({ arn }) => arn.split('/')[1])).size).toBe(worlds.length);
});

test('a reset begins with the first ids again', async () => {
  const world = await emulate({ ids: 'a seed' });
  const first = await call(world, 'CreateStage', { participantTokenConfigurations: [{}] });
  world.emulator.control.reset();
  expect(await call(world, 'CreateStage', { participantTokenConfigurations: [{}] })).toEqual(first);
});
