// A Redis Cluster is found by what the URL says, or by itself, and each node of it leads to the one that has the keys.
import { describe, expect, it } from 'vitest';
import { slotOf } from '../../src/redis/slot.ts';
import { askPort } from '../support/ports.ts';
import { run } from '../support/processes.ts';
import { connect, isInstalled, startRedis, until, untilElsewhere } from '../support/redis.ts';
import { type ClusterServer, useCluster } from '../support/redis-cluster.ts';

/** The slot of its keys, from their primary to another one: key by key, while both gateways go on. */
async function moveSlot(cluster: ClusterServer): Promise<void> {
  const slot = `${slotOf(cluster.prefix)}`;
  const nodes = cluster.ask('CLUSTER', 'NODES').split('\n');
  const primaries = nodes.filter((line) => / (myself,)?master /.test(line));
  const nodeOf = (line = '') => ({ id: line.slice(0, 40), port: /:(\d+)@/.exec(line)?.[1] ?? '' });
  const from = nodeOf(primaries.find((line) => line.includes('myself')));
  const to = nodeOf(primaries.find((line) => !line.includes('myself')));
  askPort(to.port, 'CLUSTER', 'SETSLOT', slot, 'IMPORTING', from.id);
  askPort(from.port, 'CLUSTER', 'SETSLOT', slot, 'MIGRATING', to.id);
  const keys = () => askPort(from.port, 'CLUSTER', 'GETKEYSINSLOT', slot, '1').split('\n');
  for (let [key] = keys(); key; [key] = keys()) {
    askPort(from.port, 'MIGRATE', '127.0.0.1', to.port, key, '0', '5000');
    await new Promise(setImmediate);
  }
  for (const { port } of [to, from, ...primaries.map(nodeOf)])
    askPort(port, 'CLUSTER', 'SETSLOT', slot, 'NODE', to.id);
}

describe.skipIf(!isInstalled)('a cluster', { timeout: 60_000 }, () => {
  const open = useCluster();

  it('is noticed behind a plain URL of any node, and has the replicas of all', async () => {
    const cluster = await open();
    const { redis: first } = await connect(cluster);
    const heard: string[] = [];
    first.listen('news', (text) => heard.push(text));
    for (const url of cluster.nodes) {
      const { redis, said } = await connect({ ...cluster, url });
      expect(said).toEqual([expect.stringMatching(/^info Redis answers/)]);
      await redis.run(`publish('news', ARGV[1])`, [], [url]);
    }
    await until(() => heard.length === cluster.nodes.length);
    expect(heard).toEqual(cluster.nodes);
  });

  it('is followed by both connections when the old primary lives on as a replica', async () => {
    const cluster = await open();
    const [one, other] = [await connect(cluster), await connect(cluster)];
    const heard: string[] = [];
    other.redis.listen('news', (text) => heard.push(text));
    await cluster.swap();
    const subscribers = () => cluster.ask('PUBSUB', 'SHARDNUMSUB', cluster.keyOf('said'));
    await untilElsewhere(() => subscribers().endsWith('2') && one.redis.isUp() && other.redis.isUp());
    await one.redis.run(`publish('news', 'here')`, [], []);
    await until(() => heard.length > 0);
    expect(heard).toEqual(['here']);
  });

  it('is followed by both connections when the slot of the keys moves to another primary', async () => {
    const cluster = await open();
    const [one, other] = [await connect(cluster), await connect(cluster)];
    const heard: string[] = [];
    other.redis.listen('news', (text) => heard.push(text));
    await one.redis.run(`redis.call('SET', KEYS[1], 'kept')`, ['key'], []);
    await moveSlot(cluster);
    const subscribers = () => cluster.ask('PUBSUB', 'SHARDNUMSUB', cluster.keyOf('said'));
    await untilElsewhere(() => subscribers().endsWith('2') && one.redis.isUp() && other.redis.isUp());
    await one.redis.run(`publish('news', redis.call('GET', KEYS[1]))`, ['key'], []);
    await until(() => heard.length > 0);
    expect(heard).toEqual(['kept']);
  });

  it('is found while a node of the URL is gone', async () => {
    const cluster = await open();
    const { redis } = await connect({ ...cluster, url: cluster.url.replace('//', '//127.0.0.1:1,') });
    expect(redis.isUp()).toBe(true);
  });

  it('ends the start and --check with one line if the URL has a database', async () => {
    const { nodes } = await open();
    const REDIS_URL = `${nodes[0]}/1`;
    const reason = 'REDIS_URL: expected database 0, since this is a Redis Cluster, got 1';
    const { code, err } = await run([], { PORT: '0', REDIS_URL });
    expect([code, err]).toEqual([1, expect.stringMatching(new RegExp(`^ivs-graphql: ${reason}.*\n$`))]);
    const checked = await run(['serve', '--check'], { REDIS_URL });
    expect([checked.code, checked.out]).toEqual([1, expect.stringContaining(`failed  Redis: ${reason}`)]);
  });

  it('passes --check', async () => {
    const { url, nodes } = await open();
    for (const REDIS_URL of [url, ...nodes.slice(-1)]) {
      const { code, out } = await run(['serve', '--check'], { REDIS_URL, REDIS_PREFIX: 'mine' });
      expect([code, out]).toEqual([0, expect.stringMatching(/^ok +Redis$/m)]);
    }
  });
});

describe.skipIf(!isInstalled)('a Redis that stands alone', { timeout: 60_000 }, () => {
  it('is refused as a cluster, with one line', async () => {
    const { url } = await startRedis();
    await expect(connect({ url: url.replace('redis:', 'redis+cluster:') })).rejects.toThrow(
      'expected a node of a Redis Cluster, got another Redis (ERR This instance has cluster support disabled)',
    );
  });

  it('is refused as a Sentinel, with one line', async () => {
    const { url } = await startRedis();
    await expect(connect({ url: `${url.replace('redis:', 'redis+sentinel:')}/main` })).rejects.toThrow(
      /^expected a Redis Sentinel, got another server \(ERR unknown command/,
    );
  });
});
