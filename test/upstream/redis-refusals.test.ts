// A Redis that answers, and says no: what the log tells of it, and the least that a user of it needs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Outage } from '../../src/redis/outage.ts';
import type { Redis } from '../../src/redis/redis.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { run } from '../support/processes.ts';
import {
  connect,
  detail,
  isInstalled,
  onEachRedis,
  START,
  startRedis,
  until,
  untilElsewhere,
} from '../support/redis.ts';
import { createSession } from '../support/world.ts';

/** The words of SECURITY.md behind `user`. */
const [name, ...rules] = (
  /^user (.+)$/m.exec(readFileSync(join(import.meta.dirname, '../../SECURITY.md'), 'utf8'))?.[1] ?? ''
).split(' ') as [string, ...string[]];
/** As Redis 7.0 says it of a command in a script, and later versions and Valkey. */
const LACKS = /user executing the script can't run|ACL failure in script/;
const prefix = '{ivs-graphql}:aws:';

const as = (url: string, password = 'password') => url.replace('//', `//${name}:${password}@`);

it('says in SECURITY.md what the scripts call, and no more', () => {
  const root = join(import.meta.dirname, '../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const calls = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/redis\.p?call\(\s*'([A-Z]+)'/g)].map(
      ([, command]) => command,
    ),
  );
  // ioredis's own and ours beside scripts, and rate-limiter-flexible's.
  const others = ['cluster|slots', 'eval', 'evalsha', 'info', 'ping', 'ssubscribe', 'subscribe'];
  const limiter = ['expire', 'incrby', 'pttl'];
  const expected = new Set([...others, ...limiter, ...calls.map((command) => command?.toLowerCase())]);
  const granted = rules.filter((rule) => rule.startsWith('+')).map((rule) => rule.slice(1));
  expect(granted.sort()).toEqual([...expected].sort());
});

const refusal = (text: string) => Object.assign(new Error(text), { name: 'ReplyError' });

it('is left alone for half a minute while its protected mode refuses other hosts', () => {
  const outage = new Outage();
  outage.note(refusal('DENIED Running in protected mode because protected mode is enabled'));
  expect(outage.pauseMs).toBeGreaterThan(20_000);
});

it('is told of each permission that is missing, once', () => {
  const outage = new Outage();
  const [channel, key, get, set] = [
    'NOPERM No permissions to access a channel',
    'NOPERM No permissions to access a key',
    "ERR ACL failure in script: User a has no permissions to run the 'get' command",
    "ERR ACL failure in script: User a has no permissions to run the 'set' command",
  ] as const;
  expect(outage.begin(refusal(channel))).toBe(channel);
  const inScript = [`${get} script: 15db, on @user_script:1.`, `${set} script: on @user_script:8.`];
  const texts = [channel, key, key, ...inScript, `${get} script: 9fb1, on @user_script:2.`];
  const news = texts.map((text) => outage.news(refusal(text)));
  expect(news).toEqual([undefined, key, undefined, ...inScript, undefined]);
});

onEachRedis('a Redis with users', { timeout: 60_000 }, () => {
  it('is enough for the gateway with the user of SECURITY.md', async () => {
    const server = await startRedis();
    server.askAll('ACL', 'SETUSER', name, ...rules);
    const lead = await startGateway();
    const now = () => START + lead.clock.now();
    const replicas: { gateway: TestGateway; redis: Redis; said: string[] }[] = [];
    for (let index = 0; index < 2; index += 1) {
      const { redis, said } = await connect({ url: as(server.url), prefix, now });
      const gateway = await startGateway({
        beside: lead,
        shared: redis,
        cached: true,
      });
      replicas.push({ gateway, redis, said });
    }
    await until(() => replicas.every(({ redis }) => redis.replicas() === 2));
    const session = await createSession(lead, 20);
    const [first, second] = replicas.map(({ gateway }) => gateway) as [typeof lead, typeof lead];
    await Promise.all([first.data(detail(session)), second.data(detail(session))]);
    await first.data(
      `mutation { updateStage(input: { arn: "${session.stageArn}", name: "new" }) { __typename } }`,
    );
    const { stage } = await second.data(`{ stage(arn: "${session.stageArn}") { name } }`);
    expect(stage.name).toBe('new');
    const { redis } = replicas[0] as (typeof replicas)[0];
    const rateStore = { storeClient: redis.client, keyPrefix: redis.keyOf('rate') };
    for (const status of [200, 429]) {
      const limited = await startGateway({ server: { limits: { perSecond: 1 }, rateStore } });
      expect((await limited.ask('{ __typename }')).status).toBe(status);
    }
    for (const { redis } of replicas) await redis.close();
    for (const { said } of replicas) expect(said).toEqual([expect.stringMatching(/^info Redis answers/)]);
    expect(server.askAll('ACL', 'LOG').join('')).toBe('');
  });
});

describe.skipIf(!isInstalled)('a Redis that refuses', { timeout: 60_000 }, () => {
  it.each([
    ['a channel', ['resetchannels'], /NOPERM.*channel/],
    ['a command of a script', ['-zadd'], LACKS],
    ['scripts at all', ['-evalsha'], /NOPERM.*evalsha/],
  ])('is told with its reason when the user lacks %s', async (_what, without, reason) => {
    const server = await startRedis();
    server.ask('ACL', 'SETUSER', name, ...rules, ...without);
    const { redis, said } = await connect({ url: as(server.url), prefix });
    expect(redis.isUp()).toBe(false);
    expect(said).toEqual([expect.stringMatching(reason)]);
  });

  it('is told with its reason when it takes no further connection', async () => {
    const { redis, said } = await connect(await startRedis('--maxclients', '1'));
    expect(redis.isUp()).toBe(false);
    expect(said).toEqual([expect.stringContaining('max number of clients reached')]);
  });

  it('does not come and go when only some of its scripts are refused', async () => {
    const server = await startRedis();
    server.ask('ACL', 'SETUSER', name, ...rules, '-hset', '-hget');
    const { redis, said } = await connect({ url: as(server.url), prefix });
    expect(redis.isUp()).toBe(true);
    await expect(redis.run(`redis.call('HSET', KEYS[1], 'a', 1)`, ['key'], [])).rejects.toThrow(LACKS);
    let backs = 0;
    redis.onBack(() => (backs += 1));
    // Longer than a heartbeat, after which it would try again.
    const end = performance.now() + 1_500;
    await untilElsewhere(() => performance.now() > end);
    expect(backs).toBe(0);
    expect(said).toEqual([expect.stringMatching(/^info/), expect.stringMatching(LACKS)]);
  });

  it('is told with its reason when it takes another password while the gateway runs', async () => {
    const server = await startRedis();
    server.ask('ACL', 'SETUSER', name, ...rules);
    const { said } = await connect({ url: as(server.url), prefix });
    server.ask('ACL', 'SETUSER', name, 'resetpass', '>sesame');
    server.ask('CLIENT', 'KILL', 'USER', name);
    await untilElsewhere(() => said.some((line) => line.includes('WRONGPASS')));
    expect(said.filter((line) => line.includes('WRONGPASS'))).toHaveLength(1);
    expect(said.join()).not.toMatch(/>|:password|sesame/);
  });

  it('is told with its reason, and a script by its hash, when it becomes a replica', async () => {
    const [server, primary] = [await startRedis(), await startRedis()];
    const { redis, said } = await connect({ url: server.url });
    server.ask('REPLICAOF', '127.0.0.1', new URL(primary.url).port);
    await untilElsewhere(() => said.some((line) => line.includes('READONLY')));
    expect(redis.isUp()).toBe(false);
    server.ask('REPLICAOF', 'NO', 'ONE');
    await untilElsewhere(() => redis.isUp());
  });

  it('ends the start and --check with one line when it does not have the database of the URL', async () => {
    const server = await startRedis('--databases', '2');
    const { redis } = await connect({ url: `${server.url}/1` });
    expect(redis.isUp()).toBe(true);
    const REDIS_URL = `${server.url}/2`;
    const reason = 'expected a database that Redis has, got 2 (ERR DB index is out of range)';
    const started = await run([], { PORT: '0', REDIS_URL });
    expect(started.code).toBe(1);
    expect(started.err.split('\n')).toEqual([
      expect.stringContaining(`ivs-graphql: REDIS_URL: ${reason}`),
      '',
    ]);
    const { code, out } = await run(['serve', '--check'], { REDIS_URL });
    expect(code).toBe(1);
    expect(out).toContain(`failed  Redis: REDIS_URL: ${reason}\n`);
    expect(server.ask('-n', '0', 'KEYS', '*')).toBe('');
  });

  it('is told with its reason when the user may not select the database of the URL', async () => {
    const server = await startRedis();
    server.ask('ACL', 'SETUSER', name, ...rules, 'allchannels');
    const { redis, said } = await connect({ url: `${as(server.url)}/1`, prefix });
    expect(redis.isUp()).toBe(false);
    expect(said).toEqual([expect.stringMatching(/NOPERM.*select/)]);
  });
});
