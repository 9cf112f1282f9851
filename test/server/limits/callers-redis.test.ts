// The rate of one caller, counted by all replicas.
import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { connect, onEachRedis, startRedis } from '../../support/redis.ts';

const ASKED = '{ __typename }';

async function startLimited() {
  const server = await startRedis();
  const replica = async () => {
    const { redis } = await connect(server);
    const rateStore = { storeClient: redis.client, keyPrefix: redis.keyOf('rate') };
    return startGateway({ server: { limits: { perSecond: 2 }, rateStore } });
  };
  return { server, replicas: [await replica(), await replica()] as const };
}

onEachRedis('the rate of a caller', { timeout: 30_000 }, () => {
  it('is counted by all replicas, under keys of their own account', async () => {
    const { server, replicas } = await startLimited();
    const answers = await Promise.all([0, 1, 0, 1, 0, 1].map((index) => replicas[index as 0].ask(ASKED)));
    // Each replica by itself would let two through.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    const keys = server.ask('KEYS', server.keyOf('rate*')).split('\n');
    for (const key of keys) expect(key.startsWith(server.keyOf('rate:'))).toBe(true);
    expect(keys).toHaveLength(1);
  });

  it('waits for Redis a quarter of a second at most, and counts by itself then', async () => {
    const { server, replicas } = await startLimited();
    const [gateway] = replicas;
    await gateway.ask(ASKED);
    server.signal('SIGSTOP');
    const start = performance.now();
    const answers = await Promise.all([1, 2, 3].map(() => gateway.ask(ASKED)));
    const elapsed = performance.now() - start;
    server.signal('SIGCONT');
    console.log(`Redis stopped: answered after ${Math.round(elapsed)} ms`);
    expect(elapsed).toBeLessThan(1000);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
  });
});
