// One replica of four loses Redis, and it alone: in real time, since heartbeats are.
import { once } from 'node:events';
import { type AddressInfo, connect as connectSocket, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Redis } from '../../../src/redis/redis.ts';
import { systemClock } from '../../../src/upstream/clock.ts';
import { RESERVE } from '../../../src/upstream/quota/shared-bucket-scripts.ts';
import { Judge } from '../../support/quota.ts';
import { connect, isInstalled, startRedis, untilElsewhere } from '../../support/redis.ts';

/** A way to Redis that can be cut. */
async function startProxy(url: string) {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const redis = connectSocket(Number(new URL(url).port), '127.0.0.1');
    for (const [one, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {}).on('close', () => other.destroy());
      one.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(cut);
  return { url: `redis://127.0.0.1:${port}`, cut };
}

async function startFour() {
  const server = await startRedis();
  const proxy = await startProxy(server.url);
  const urls = [server.url, server.url, server.url, proxy.url];
  const redises = await Promise.all(urls.map(async (url) => (await connect({ url })).redis));
  await untilElsewhere(() => redises.every((redis) => redis.replicas() === 4));
  return { server, proxy, redises };
}

describe.skipIf(!isInstalled)('a replica that alone has lost Redis', { timeout: 60_000 }, () => {
  it('is left its quarter of the rate by the others, who have three: no 429, and nothing unused', async () => {
    const { proxy, redises } = await startFour();
    const judge = new Judge({ clock: systemClock });
    let isOver = false;
    const sent = [0, 0, 0, 0];
    const asking = redises.flatMap((redis, index) => {
      const replica = judge.replica(redis);
      const count = () => (sent[index] = (sent[index] ?? 0) + 1);
      // A 429 is counted by the judge.
      const ask = async () => {
        while (!isOver) await replica.call({}).then(count, () => {});
      };
      return [ask(), ask(), ask()];
    });
    await judge.pause(2000);
    const [inAll, alone, start] = [judge.arrivals.length, sent[3] as number, performance.now()];
    proxy.cut();
    await judge.pause(10_000);
    const [calls, callsAlone] = [judge.arrivals.length - inAll, (sent[3] as number) - alone];
    const seconds = (performance.now() - start) / 1000;
    isOver = true;
    await Promise.all(asking);
    console.log(
      `${calls} calls in ${seconds.toFixed(1)} s, ${callsAlone} of them by the one alone, ${judge.throttled} 429s`,
    );
    expect(judge.throttled).toBe(0);
    expect(callsAlone).toBeGreaterThan(5);
    // For two seconds, until the others have noticed, the one that is alone holds still.
    expect(calls).toBeGreaterThan(4.9 * 0.9 * (seconds - 2));
    expect(calls).toBeLessThanOrEqual(5 * seconds + 1);
  });

  it('costs nothing when it has left in order, when another has come in its place, or after a minute', async () => {
    const { server, proxy, redises } = await startFour();
    const [first, second, third] = redises as [Redis, Redis, Redis];
    const part = async () => {
      const keys = ['bucket', 'flights', 'places', 'line'].map((what) => `quota:some:${what}`);
      const answer = await first.run(RESERVE, [...keys, 'members'], [5, 'any', 0, 0, 0]);
      return Number(String((answer as unknown[])[8]));
    };
    const untilPart = async (expected: number) => {
      while (Math.abs((await part()) - expected) > 0.01) await systemPause(50);
    };
    expect(await part()).toBe(1);
    await third.close();
    expect(await part()).toBe(1);

    proxy.cut();
    await untilPart(2 / 3);
    await untilElsewhere(() => first.replicas() === 3 && second.replicas() === 3);
    await connect({ url: server.url });
    expect(await part()).toBe(1);

    const members = '{test}:0:members';
    server.ask('ZADD', members, `${Date.now() - 50_000}`, 'gone for good');
    await untilPart(3 / 4);
    server.ask('ZADD', members, `${Date.now() - 60_000}`, 'gone for good');
    await untilPart(1);
  });
});

const systemPause = (ms: number) => new Promise<void>((resolve) => systemClock.after(ms, resolve));
