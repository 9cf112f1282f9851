// A Redis that evicts keys when its memory is full.
import { expect, it } from 'vitest';
import { run, serving } from '../support/processes.ts';
import { isInstalled, startRedis } from '../support/redis.ts';

const ADVICE = /REDIS_URL: expected a Redis whose maxmemory-policy is noeviction, got allkeys-lru: /;

it.skipIf(!isInstalled)('is a warning of the log and of --check, once', async () => {
  const server = await startRedis();
  const check = () => run(['serve', '--check'], { REDIS_URL: server.url });
  expect((await check()).out).not.toContain('warning');
  server.ask('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
  const { code, out } = await check();
  expect([code, out.split('\n')]).toEqual([
    0,
    [
      'ok      settings',
      expect.stringMatching(new RegExp(`^warning Redis: ${ADVICE.source}`)),
      'ok      Redis',
      '',
    ],
  ]);
  const { said } = await serving(['serve'], { REDIS_URL: server.url, PORT: '0' });
  const warnings = () => said.err.split('\n').filter((line) => ADVICE.test(line) && line.includes('"warn"'));
  expect(warnings()).toHaveLength(1);
  // A connection that is closed and restored changes nothing.
  server.askAll('CLIENT', 'KILL', 'TYPE', 'normal');
  await expect.poll(() => said.err.match(/Redis answers/g)).toHaveLength(2);
  expect(warnings()).toHaveLength(1);
});
