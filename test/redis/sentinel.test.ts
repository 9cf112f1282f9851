// A primary and its replica behind three Sentinels, which promote the replica when the primary is gone.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askPort, freePort } from '../support/ports.ts';
import { run } from '../support/processes.ts';
import {
  connect,
  detail,
  isInstalled,
  type RedisServer,
  startRedis,
  startReplicas,
  throttled,
  untilElsewhere,
} from '../support/redis.ts';
import { SERVER } from '../support/redis-programs.ts';
import { createSession } from '../support/world.ts';

/** After the promotion. */
const BACK_WITHIN_MS = 5_000;

async function startSentinel(primary: RedisServer, settings: string[]): Promise<number> {
  const [port, dir] = [await freePort(), mkdtempSync(join(tmpdir(), 'sentinel-'))];
  const file = join(dir, 'sentinel.conf');
  const monitored = `127.0.0.1 ${new URL(primary.url).port}`;
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${dir}`,
    `sentinel monitor main ${monitored} 2`,
    'sentinel down-after-milliseconds main 500',
    'sentinel failover-timeout main 5000',
    ...settings,
  ];
  writeFileSync(file, lines.join('\n'));
  const child: ChildProcess = spawn(SERVER, [file, '--sentinel'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(async () => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    rmSync(dir, { recursive: true });
  });
  let said = '';
  child.stdout?.on('data', (text) => (said += text));
  await untilElsewhere(() => said.includes('+monitor'));
  return port;
}

async function open(...settings: string[]) {
  const primary = await startRedis();
  const replica = await startRedis('--replicaof', '127.0.0.1', new URL(primary.url).port);
  const ports = [];
  for (let index = 0; index < 3; index += 1) ports.push(await startSentinel(primary, settings));
  const hosts = ports.map((port) => `127.0.0.1:${port}`).join();
  const url = `redis+sentinel://${hosts}/main`;
  return { server: { ...primary, url }, primary, replica, ports };
}

describe.skipIf(!isInstalled)('Redis behind Sentinels', { timeout: 120_000 }, () => {
  it('is found again after a failover: no 429, back within 5 s', async () => {
    const { server, primary, replica } = await open();
    const { lead, replicas } = await startReplicas(3, { startServer: async () => server });
    await untilElsewhere(() => replicas.every(({ redis }) => redis.replicas() === 3));
    // The Sentinels know the replica, and of each other, only some time after they have started.
    const untilKnown = () => replica.ask('INFO', 'replication').includes('master_link_status:up');
    await untilElsewhere(untilKnown);
    const session = await createSession(lead, 10);
    const answers = Promise.all(replicas.map((one) => one.data(detail(session))));
    await untilElsewhere(() => lead.emulator.calls.count('GetParticipant') > 5);
    await primary.kill();
    await untilElsewhere(() => replica.ask('ROLE').startsWith('master'));
    const promoted = performance.now();
    await untilElsewhere(() => replicas.every(({ redis }) => redis.isUp()));
    const backMs = performance.now() - promoted;
    for (const { participants } of await answers) expect(participants.nodes).toHaveLength(10);
    console.log(`Sentinel: back ${backMs.toFixed(0)} ms after the promotion, ${throttled(lead)} 429s`);
    expect(backMs).toBeLessThan(BACK_WITHIN_MS);
    expect(throttled(lead)).toBe(0);
  });

  it('is followed by both connections when the old primary lives on as a replica', async () => {
    const { server, replica, ports } = await open();
    const [one, other] = [await connect(server), await connect(server)];
    const heard: string[] = [];
    other.redis.listen('news', (text) => heard.push(text));
    const cli = (...command: string[]) => askPort(ports[0] as number, ...command);
    await untilElsewhere(() => cli('SENTINEL', 'REPLICAS', 'main').includes('127.0.0.1'));
    await untilElsewhere(() => cli('SENTINEL', 'FAILOVER', 'main') === 'OK');
    await untilElsewhere(() => server.ask('ROLE').startsWith('slave'));
    await untilElsewhere(() => replica.ask('PUBSUB', 'NUMSUB', server.keyOf('said')).endsWith('2'));
    await untilElsewhere(() => one.redis.isUp() && other.redis.isUp());
    await one.redis.run(`publish('news', 'here')`, [], []);
    await untilElsewhere(() => heard.length > 0);
    expect(heard).toEqual(['here']);
  });

  it('takes the credentials of the Sentinels from the URL', async () => {
    const { server } = await open('requirepass sesame');
    const { redis, said } = await connect({ ...server, url: `${server.url}?sentinelPassword=sesame` });
    expect([redis.isUp(), said.length]).toEqual([true, 1]);
    const without = await connect(server);
    expect(without.said).toEqual([expect.stringMatching(/NOAUTH/)]);
  });

  it('is refused with one line under a name that they do not know, and through a plain URL', async () => {
    const { server, ports } = await open();
    await expect(connect({ ...server, url: server.url.replace('/main', '/other') })).rejects.toThrow(
      'expected a name that the Sentinels know, got "other"',
    );
    await expect(connect({ ...server, url: `redis://127.0.0.1:${ports[0]}` })).rejects.toThrow(
      'expected redis+sentinel:// for a Redis Sentinel, got redis://',
    );
    const { code, out } = await run(['serve', '--check'], { REDIS_URL: server.url });
    expect([code, out]).toEqual([0, expect.stringMatching(/^ok +Redis$/m)]);
  });

  it('counts as lost while no Sentinel answers', async () => {
    const { redis, said } = await connect({ url: 'redis+sentinel://127.0.0.1:1/main' });
    expect(redis.isUp()).toBe(false);
    expect(said).toEqual([expect.stringContaining('(ECONNREFUSED)')]);
  });
});
