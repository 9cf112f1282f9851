// A hundred replicas with uneven load on one Redis, before the emulator's own call rates, in simulated time: each client is
// served, the sum is at the rate, and what it costs Redis is a formula (docs/explanation/replicas.md).
import { describe, expect, it } from 'vitest';
import { Judge } from '../../support/quota.ts';
import { isInstalled } from '../../support/redis.ts';
import { startShared } from '../../support/shared-quota.ts';

const SECONDS = 60;
/** A second's worth at once, then the rate less the margin. */
const atRate = (seconds: number): number => 5 + 5 * 0.98 * seconds;

/** Of a client that was refused. */
const RETRY_MS = 1000;

interface Load {
  /** How many clients each replica has, which send one request after the other. */
  clients: number[];
  seconds?: number;
  callsOf?: (replica: number) => number;
  /** Between a response and the next request. */
  thinkMs?: (replica: number, number: number) => number;
}

const each = (of: (replica: number) => number, count = 100): number[] =>
  Array.from({ length: count }, (_, replica) => of(replica));

async function run({ clients, seconds = SECONDS, callsOf = () => 1, thinkMs = () => 0 }: Load) {
  const { clock, shared, commands } = await startShared(clients.length);
  const judge = new Judge({ clock });
  const isOver = () => clock.now() >= seconds * 1000;
  const client = async (replica: number, call: ReturnType<Judge['replica']>['call']) => {
    const seen = { replica, served: 0, refused: 0, longestMs: 0 };
    await judge.pause(thinkMs(replica, 0));
    for (let number = 1; !isOver(); number += 1) {
      const [caller, start, before] = [{}, clock.now(), seen.refused];
      const send = () =>
        call(caller).then(
          () => (seen.served += 1),
          () => (seen.refused += 1),
        );
      await Promise.all(Array.from({ length: callsOf(replica) }, send));
      seen.longestMs = Math.max(seen.longestMs, clock.now() - start);
      await judge.pause(thinkMs(replica, number) + (seen.refused > before ? RETRY_MS : 0));
    }
    return seen;
  };
  const all = await Promise.all(
    clients.flatMap((count, replica) => {
      const { call } = judge.replica(shared[replica]);
      return Array.from({ length: count }, () => client(replica, call));
    }),
  );
  const arrived = judge.arrivals.filter((at) => at <= seconds * 1000).length;
  return { clients: all, arrived, calls: judge.arrivals.length, throttled: judge.throttled, commands };
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
const mean = (numbers: number[]): number => sum(numbers) / numbers.length;
const total = (counts: Record<string, number>): number => sum(Object.values(counts));
const isBusiest = ({ replica }: { replica: number }): boolean => replica === 0;
/** From 20 to 40 s, the same in each run. */
const randomMs = (replica: number, number: number): number =>
  20_000 + ((replica * 7919 + number * 104_729) % 20_000);
const served = (clients: { served: number }[]): number[] => clients.map((client) => client.served);

describe.skipIf(!isInstalled)('the quota of a hundred replicas', { timeout: 60_000 }, () => {
  it('serves all clients equally and at the rate: 30 at one replica, 2 at nine and 1 at ninety', async () => {
    const uneven = each((replica) => (replica === 0 ? 30 : replica < 10 ? 2 : 1));
    const { clients, arrived, throttled } = await run({ clients: uneven });
    expect(throttled).toBe(0);
    expect(arrived).toBeGreaterThan(atRate(SECONDS) - 2);
    expect(arrived).toBeLessThanOrEqual(atRate(SECONDS));
    expect(sum(clients.map(({ refused }) => refused))).toBe(0);
    expect(Math.max(...clients.map(({ longestMs }) => longestMs))).toBeLessThan(30_000);
    expect(Math.max(...served(clients)) - Math.min(...served(clients))).toBeLessThanOrEqual(1);
  });

  it('serves clients of every replica when more request than can be served: 120 at one, 1 at each of 99', async () => {
    const overload = each((replica) => (replica === 0 ? 120 : 1));
    const { clients, arrived, throttled, commands, calls } = await run({
      clients: overload,
      seconds: 2 * SECONDS,
      thinkMs: (replica, number) => number && randomMs(replica, number) / 10,
    });
    const refused = sum(clients.map((client) => client.refused));
    expect(throttled).toBe(0);
    expect(arrived).toBeGreaterThan(atRate(2 * SECONDS) - 2);
    expect(arrived).toBeLessThanOrEqual(atRate(2 * SECONDS));
    // 147 can be served within the deadline; the others are refused at once, and repeat their request.
    expect(refused).toBeGreaterThan(100);
    expect(Math.min(...served(clients))).toBeGreaterThan(0);
    const [busy, quiet] = [clients.filter(isBusiest), clients.filter((client) => !isBusiest(client))];
    expect(mean(served(quiet))).toBeGreaterThan(0.9 * mean(served(busy)));
    expect(total(commands)).toBeLessThanOrEqual(3 * calls + 2 * refused);
  });

  it('delays requests of one call little for requests of 50 calls at ten replicas', async () => {
    const { clients, arrived, throttled } = await run({
      clients: each(() => 1),
      callsOf: (replica) => (replica < 10 ? 50 : 1),
      thinkMs: (replica, number) => (replica < 10 ? 0 : randomMs(replica, number)),
    });
    const small = clients.filter(({ replica }) => replica >= 10);
    expect(throttled).toBe(0);
    expect(arrived).toBeGreaterThan(atRate(SECONDS) - 2);
    expect(sum(small.map(({ refused }) => refused))).toBe(0);
    expect(Math.max(...small.map(({ longestMs }) => longestMs))).toBeLessThan(10_000);
  });

  describe('commands to Redis', () => {
    it.each([
      [1, 1.6],
      [10, 2.1],
      [100, 3],
    ])(
      'are a number per call, not per replica: 100 waiting clients at %i replicas',
      async (replicas, most) => {
        const { calls, commands } = await run({ clients: each(() => 100 / replicas, replicas), seconds: 20 });
        expect(commands.RELEASE).toBe(calls);
        expect(commands).toMatchObject({ GIVE_BACK: 0, SLOW_DOWN: 0 });
        expect(total(commands) / calls).toBeLessThanOrEqual(most);
      },
    );

    it('are two for each call that does not wait', async () => {
      const { calls, commands } = await run({
        clients: each(() => 1),
        thinkMs: (...of) => 2 * randomMs(...of),
      });
      expect(commands).toEqual({ RESERVE: calls, RELEASE: calls, GIVE_BACK: 0, SLOW_DOWN: 0 });
    });
  });
});
