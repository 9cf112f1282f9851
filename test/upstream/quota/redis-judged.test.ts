// What replicas on one Redis send, before the emulator's own call rates, in simulated time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shared } from '../../../src/upstream/shared.ts';
import { LeapingClock } from '../../support/clock.ts';
import { Judge } from '../../support/quota.ts';
import { isInstalled } from '../../support/redis.ts';
import { startShared } from '../../support/shared-quota.ts';

const pause = (clock: LeapingClock, milliseconds: number) =>
  new Promise<void>((resolve) => clock.after(milliseconds, resolve));

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

describe.skipIf(!isInstalled)('the quota of replicas, as AWS sees it', { timeout: 60_000 }, () => {
  describe('with the first five calls held up for 600 ms, on connections that are cold', () => {
    const twelve = async (clock: LeapingClock, shared: (Shared | undefined)[]) => {
      const judge = new Judge({ clock, onItsWay: (call) => (call <= 5 ? 600 : 1) });
      const replicas = shared.map((one) => judge.replica(one));
      const calls = Array.from({ length: 12 }, (_, index) => replicas[index % replicas.length]?.call({}));
      await Promise.allSettled(calls);
      return { sixth: judge.sent[5] as number, throttled: judge.throttled, arrived: judge.arrivals.length };
    };

    it.each([1, 4])(
      'lets the sixth start when one has landed, as without Redis: %i replicas',
      async (count) => {
        const { clock, shared } = await startShared(count);
        const together = await twelve(clock, shared);
        const alone = await twelve(new LeapingClock(), [undefined]);
        console.log(
          `${count} replicas: the sixth after ${together.sixth} ms, without Redis after ${alone.sixth} ms; ${together.throttled} 429s`,
        );
        // They arrive after 600 ms and are over 30 ms later; the next token comes 1000 / 4.9 ms after that.
        expect(alone.sixth).toBeGreaterThan(630 + 204);
        expect(Math.abs(together.sixth - alone.sixth)).toBeLessThan(2);
        expect(together).toMatchObject({ throttled: 0, arrived: 12 });
      },
    );
  });

  it('draws no 429, however long calls are on their way, and leaves no call waiting', async () => {
    const { clock, shared, server } = await startShared(4);
    let calls = 0;
    const work = fc.array(
      fc.record({ at: fc.nat(4000), replica: fc.nat(3), calls: fc.integer({ min: 1, max: 12 }) }),
      { minLength: 1, maxLength: 8, size: 'max' },
    );
    const delays = fc.array(fc.nat(900), { minLength: 1, maxLength: 10, size: 'max' });
    await fc.assert(
      fc.asyncProperty(work, delays, async (requests, delays) => {
        server.ask('FLUSHDB');
        // AWS's bucket is full again, and all calls of before have landed.
        await pause(clock, 3000);
        const judge = new Judge({ clock, onItsWay: (call) => delays[call % delays.length] as number });
        const replicas = shared.map((one) => judge.replica({ ...one, listen: () => {} }));
        await Promise.all(
          requests.map(async (request) => {
            await pause(clock, request.at);
            const caller = {};
            const call = () => replicas[request.replica]?.call(caller);
            await Promise.all(Array.from({ length: request.calls }, call));
          }),
        );
        expect(judge.throttled).toBe(0);
        calls += judge.arrivals.length;
      }),
      { numRuns: 20 },
    );
    expect(calls).toBeGreaterThan(200);
  });

  it('goes round requests, not replicas: 40 at one and one at each of 99 others are all served in time', async () => {
    const { clock, shared, commands } = await startShared(100);
    const judge = new Judge({ clock });
    const [crowded, ...quiet] = shared.map((one) => judge.replica(one));
    const late = { crowded: 0, quiet: 0 };
    const waits: number[] = [];
    let isOver = false;
    const many = Array.from({ length: 40 }, () => crowded?.call({}).catch(() => (late.crowded += 1)));
    // At the others there is always one that waits.
    const ones = quiet.map(async (replica) => {
      for (let start = clock.now(); !isOver; start = clock.now()) {
        await replica.call({}).catch(() => (late.quiet += 1));
        waits.push(clock.now() - start);
      }
    });
    await Promise.all(many);
    const [calls, inMs] = [judge.arrivals.length, clock.now()];
    console.log(
      `40 of one replica in ${inMs} ms, ${waits.length} of others in ${Math.max(...waits)} ms at most; late ${JSON.stringify(late)}; ${calls} calls, ${sum(commands)} commands, ${judge.throttled} 429s`,
    );
    isOver = true;
    await Promise.all(ones);
    expect(late).toEqual({ crowded: 0, quiet: 0 });
    expect(judge.throttled).toBe(0);
    // The sum is at the rate: 5 at once, then 4.9 a second.
    expect(calls).toBeGreaterThan(5 + 4.9 * (inMs / 1000) - 2);
  });

  it('calls the next in line when those before it have left', async () => {
    const { clock, shared, lastCommandAt } = await startShared(2);
    const { isBusy } = clock;
    // The call comes on a connection of its own, which nobody waits for.
    clock.isBusy = () => isBusy() || performance.now() - lastCommandAt() < 20;
    const judge = new Judge({ clock });
    const [crowded, quiet] = shared.map((one) => judge.replica(one));
    const clients = new AbortController();
    const many = Promise.allSettled(Array.from({ length: 60 }, () => crowded?.call({}, clients.signal)));
    await pause(clock, 1000);
    const one = quiet?.call({});
    await pause(clock, 1000);
    clients.abort();
    const start = clock.now();
    await one;
    expect(clock.now() - start).toBeLessThan(300);
    await many;
  });
});
