import { GetStageCommand, ListStagesCommand, UpdateStageCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { createUpstream } from '../../../src/upstream/upstream.ts';

const ARN = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
const target = { account: undefined, region: 'us-west-2' };
const timeoutMs = 30_000;

async function start() {
  const emulator = await startEmulator({ seed: 'demo' });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const upstream = createUpstream({ regions: [target.region], endpoint: emulator.url, credentials });
  onTestFinished(async () => {
    upstream.close();
    await emulator.close();
  });
  // Fresh, so that no answer comes out of the cache below the flights.
  const get = (signal = new AbortController().signal) =>
    upstream.open({ signal, timeoutMs, fresh: true }).send(target, new GetStageCommand({ arn: ARN }));
  return { emulator, upstream, get };
}

it('lets equal reads in flight share one call, and reads anew after it', async () => {
  const { emulator, get } = await start();
  const answers = await Promise.all(Array.from({ length: 1000 }, () => get()));
  expect(answers).toHaveLength(1000);
  expect(answers[999]?.stage?.name).toBe('town-hall');
  expect(emulator.calls.counts()).toEqual({ GetStage: 1 });
  await get();
  expect(emulator.calls.counts()).toEqual({ GetStage: 2 });
});

it('keeps different reads apart', async () => {
  const { emulator, upstream } = await start();
  const { signal } = new AbortController();
  await Promise.all(
    [1, 2, 1].map((maxResults) =>
      upstream.open({ signal, timeoutMs }).send(target, new ListStagesCommand({ maxResults })),
    ),
  );
  expect(emulator.calls.counts()).toEqual({ ListStages: 2 });
});

it('does not fail the others when the first asker leaves', async () => {
  const { emulator, get } = await start();
  const first = new AbortController();
  const answers = [get(first.signal), get()];
  first.abort();
  await expect(answers[0]).rejects.toThrow('cancelled');
  expect((await answers[1])?.stage?.name).toBe('town-hall');
  expect(emulator.calls.counts()).toEqual({ GetStage: 1 });
});

it('ends the call when the last asker has left, and begins anew for the next one', async () => {
  const { emulator, get } = await start();
  emulator.faults.add({ operation: 'GetStage', hang: true, times: 1 });
  const askers = [new AbortController(), new AbortController()];
  const answers = askers.map(({ signal }) => get(signal));
  const settled = Promise.allSettled(answers);
  while (emulator.calls.count() === 0) await new Promise(setImmediate);
  for (const asker of askers) asker.abort();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect((await get()).stage?.name).toBe('town-hall');
});

it('is not begun for what is cached', async () => {
  const { emulator, upstream } = await start();
  const { signal } = new AbortController();
  const read = async () => {
    const { send, cost } = upstream.open({ signal, timeoutMs });
    await Promise.all([1, 2, 3].map(() => send(target, new GetStageCommand({ arn: ARN }))));
    return cost().operations.map(({ calls, coalesced, cached }) => ({ calls, coalesced, cached }));
  };
  expect(await read()).toEqual([{ calls: 1, coalesced: 2, cached: 0 }]);
  expect(await read()).toEqual([{ calls: 0, coalesced: 0, cached: 3 }]);
  expect(emulator.calls.counts()).toEqual({ GetStage: 1 });
});

it('gives nothing to a request that has ended, be it cached', async () => {
  const { upstream } = await start();
  const read = (signal: AbortSignal, milliseconds = timeoutMs) =>
    upstream.open({ signal, timeoutMs: milliseconds }).send(target, new GetStageCommand({ arn: ARN }));
  const { signal } = new AbortController();
  await read(signal);
  await expect(read(AbortSignal.abort())).rejects.toThrow('cancelled');
  await expect(read(signal, 0)).rejects.toThrow('ran out of time');
});

it('never sends for somebody who has already left', async () => {
  const { emulator, get } = await start();
  await expect(get(AbortSignal.abort())).rejects.toThrow('cancelled');
  expect(emulator.calls.count()).toBe(0);
});

it('does not answer a read that begins after a write with one that began before it', async () => {
  const { emulator, upstream, get } = await start();
  const { signal } = new AbortController();
  emulator.faults.add({ operation: 'GetStage', hang: true, times: 1 });
  const early = new AbortController();
  const before = get(early.signal).catch(() => undefined);
  while (emulator.calls.count() === 0) await new Promise(setImmediate);
  await upstream
    .open({ signal, timeoutMs })
    .send(target, new UpdateStageCommand({ arn: ARN, name: 'renamed' }));
  expect((await get()).stage?.name).toBe('renamed');
  early.abort();
  await before;
});
