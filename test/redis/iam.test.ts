// Users of ElastiCache and MemoryDB: a token of IAM in place of a password, which changes while the gateway runs.
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { tokensOf } from '../../src/redis/iam.ts';
import { ChangingPassword } from '../../src/redis/password.ts';
import { startGateway } from '../support/gateway.ts';
import { run } from '../support/processes.ts';
import { connect, isInstalled, startRedis, untilElsewhere } from '../support/redis.ts';
import { createStage } from '../support/world.ts';

const CREDENTIALS = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'a/+=' };
const CACHE = { service: 'elasticache', isServerless: false, name: 'my-cache' } as const;

describe('a token of IAM', () => {
  const tokenOf = (cache: Parameters<typeof tokensOf>[0]['cache']) =>
    tokensOf({ cache, user: 'gateway', region: 'eu-west-1', credentials: CREDENTIALS })();

  it.each([
    [CACHE, 'my-cache', { 'X-Amz-Credential': /\/eu-west-1\/elasticache\/aws4_request$/ }],
    [{ ...CACHE, isServerless: true }, 'my-cache', { ResourceType: /^ServerlessCache$/ }],
    [
      { ...CACHE, service: 'memorydb' as const },
      'my-cache',
      { 'X-Amz-Credential': /\/memorydb\/aws4_request$/ },
    ],
  ])('is a signed request to connect, without its scheme: %o', async (cache, host, more) => {
    const token = await tokenOf(cache);
    expect(token.startsWith(`${host}/?Action=connect&User=gateway&`)).toBe(true);
    const query = new URL(`http://${token}`).searchParams;
    const members = {
      'X-Amz-Expires': /^900$/,
      'X-Amz-SignedHeaders': /^host$/,
      'X-Amz-Security-Token': /^a\/\+=$/,
      'X-Amz-Signature': /^[\da-f]{64}$/,
      ...more,
    };
    for (const [name, value] of Object.entries(members)) expect(query.get(name)).toMatch(value);
    expect(query.has('ResourceType')).toBe(cache.isServerless);
  });
});

describe('REDIS_IAM', () => {
  const problems = (REDIS_IAM: string, REDIS_URL?: string): string => {
    try {
      readConfig({ REDIS_IAM, ...(REDIS_URL && { REDIS_URL }) });
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };

  it.each([
    ['elasticache', 'rediss://u@h', 'REDIS_IAM: expected elasticache:<replication group>'],
    ['memorydb-serverless:a', 'rediss://u@h', 'REDIS_IAM: expected elasticache:<replication group>'],
    ['elasticache:a', undefined, 'REDIS_URL: expected a URL with a user'],
    ['elasticache:a', 'rediss://h', 'REDIS_URL: expected a user, as in'],
    ['elasticache:a', 'rediss://u:p@h', 'REDIS_URL: expected a user without a password'],
    ['elasticache:a', 'redis://u@h', 'REDIS_URL: expected rediss, for TLS'],
  ])('%s with %s is refused', (iam, url, message) => {
    expect(problems(iam, url)).toContain(message);
  });

  it.each(['elasticache:My-Cache', 'elasticache-serverless:my-cache', 'memorydb:my-cache'])(
    'takes %s',
    (iam) => {
      expect(problems(iam, 'rediss+cluster://u@h')).toBe('');
    },
  );
});

describe.skipIf(!isInstalled)('a Redis whose password changes', { timeout: 60_000 }, () => {
  /** Redis accepts the last three tokens: a token of AWS lives three times as long as until the next one. */
  async function startChanging(renewMs: number) {
    const server = await startRedis();
    let number = 0;
    const next = async () => {
      number += 1;
      const token = `token-${number}`;
      const valid = [number, number - 1, number - 2].map((one) => `>token-${one}`);
      server.ask('ACL', 'SETUSER', 'gateway', 'reset', 'on', ...valid, '~*', '&*', '+@all');
      return token;
    };
    const warnings: string[] = [];
    const log = { warn: (text: string) => warnings.push(text) };
    const password = await ChangingPassword.create({ next, log: log as never, renewMs });
    const url = server.url.replace('//', '//gateway@');
    return { server, password, url, tokens: () => number, warnings };
  }

  it('is reached by --check with a token of the credentials of the process, which must be there', async () => {
    const server = await startRedis();
    server.ask('ACL', 'SETUSER', 'gateway', 'on', 'nopass', '~*', '&*', '+@all');
    server.ask('ACL', 'SETUSER', 'default', 'off');
    const REDIS_URL = server.url.replace('//', '//gateway@');
    const env = { REDIS_URL, REDIS_IAM: 'elasticache:a', AWS_EC2_METADATA_DISABLED: 'true' };
    const key = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };
    const { code, out } = await run(['serve', '--check'], { ...env, ...key });
    expect([code, out]).toEqual([0, expect.stringMatching(/^ok +Redis$/m)]);
    const without = await run(['serve', '--check'], env);
    expect([without.code, without.out]).toEqual([
      1,
      expect.stringContaining('REDIS_URL: expected AWS credentials for REDIS_IAM, got none ('),
    ]);
  });

  it('costs no response: connections that AWS cuts come back with the newest token', async () => {
    const { server, password, url, tokens } = await startChanging(300);
    const { redis, said } = await connect({ url, password });
    const gateway = await startGateway({ shared: redis });
    const arn = await createStage(gateway, 'a');
    const seen = { ok: 0, lost: 0 };
    const cuts = new Set<number>();
    while (tokens() < 12) {
      const { errors } = await gateway.ask(
        `mutation { updateStage(input: { arn: "${arn}", name: "n${seen.ok}" }) { __typename } }`,
      );
      const read = await gateway.ask(`{ stage(arn: "${arn}") { name } }`);
      if (errors || read.data?.stage?.name !== `n${seen.ok}`) seen.lost += 1;
      seen.ok += 1;
      // AWS does so after 12 hours.
      if (tokens() % 4 === 0 && !cuts.has(tokens())) {
        cuts.add(tokens());
        server.ask('CLIENT', 'KILL', 'USER', 'gateway');
      }
      await pause(20);
    }
    expect(seen.lost).toBe(0);
    await untilElsewhere(() => redis.isUp());
    expect(cuts.size).toBeGreaterThan(1);
    expect(said.filter((line) => /WRONGPASS|NOAUTH/.test(line))).toEqual([]);
  });

  it('is told each new token on the connections of now, which AWS lets live 12 hours from there', async () => {
    const { server, password, url, tokens } = await startChanging(100);
    await connect({ url, password });
    server.ask('CONFIG', 'RESETSTAT');
    const before = tokens();
    await untilElsewhere(() => tokens() >= before + 4);
    const auths = Number(/cmdstat_auth:calls=(\d+)/.exec(server.ask('INFO', 'commandstats'))?.[1]);
    expect(auths).toBeGreaterThanOrEqual(2 * 3);
    expect(server.ask('INFO', 'commandstats')).not.toMatch(/cmdstat_auth:.*failed_calls=[1-9]/);
    expect(server.ask('CLIENT', 'LIST')).toMatch(/user=gateway/);
  });

  it('keeps the last token while there is no new one, says so, and tries again', async () => {
    const warnings: string[] = [];
    let count = 0;
    const next = async () => {
      count += 1;
      if (count === 2) throw new Error('no credentials');
      return `token-${count}`;
    };
    const log = { warn: (text: string) => warnings.push(text) };
    const password = await ChangingPassword.create({ next, log: log as never, renewMs: 20 });
    onTestFinished(() => password.close());
    await untilElsewhere(() => warnings.length > 0);
    expect(['token-1', 'token-3']).toContain(password.value);
    await untilElsewhere(() => count >= 3);
    expect(warnings).toEqual([expect.stringContaining('no new token of IAM (no credentials)')]);
  });
});
