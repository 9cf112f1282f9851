import { GetStageCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { createUpstream } from '../../../src/upstream/upstream.ts';
import { LeapingClock } from '../../support/clock.ts';

const ARN = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
const target = { account: undefined, region: 'us-west-2' };

async function start() {
  const emulator = await startEmulator({ seed: 'demo' });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const clock = new LeapingClock();
  const upstream = createUpstream({ regions: [target.region], endpoint: emulator.url, credentials, clock });
  clock.isBusy = () => upstream.inFlight() > 0;
  onTestFinished(async () => {
    upstream.close();
    await emulator.close();
  });
  /** Asks like a request that lasts so long. */
  const get = (timeoutMs: number) => {
    const request = new AbortController();
    const endInTime = () => request.abort(new DOMException('The request took too long', 'TimeoutError'));
    clock.after(timeoutMs, endInTime);
    return upstream
      .open({ signal: request.signal, timeoutMs, fresh: true })
      .send(target, new GetStageCommand({ arn: ARN }));
  };
  const pass = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  return { emulator, clock, get, pass };
}

it('gives a shared call as long as the last one who joined can wait, and ends the first one at his own time', async () => {
  const { emulator, clock, get, pass } = await start();
  emulator.faults.add({ operation: 'GetStage', status: 429, errorType: 'ThrottlingException', times: 5 });
  const first = get(3_000).catch((error) => ({ ...error.extensions, at: clock.now() }));
  await pass(1_900);
  const second = get(20_000);
  expect(await first).toMatchObject({ code: 'UPSTREAM_TIMEOUT', at: 3_000 });
  expect((await second).stage?.name).toBe('town-hall');
  expect(clock.now()).toBeGreaterThan(3_000);
  expect(emulator.calls.counts()).toEqual({ GetStage: 6 });
});
