// A Redis Cluster is found by what the URL says, or by itself, and each node of it leads to the one that has the keys.
import { describe, expect, it } from 'vitest';
import { run } from '../support/processes.ts';
import { connect, isInstalled, startRedis, until, untilElsewhere } from '../support/redis.ts';
import { useCluster } from '../support/redis-cluster.ts';

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
