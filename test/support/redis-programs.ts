// The server that tests start, and the client beside it: those of PATH, or of another version or of Valkey.
import { spawnSync } from 'node:child_process';

const named = process.env.REDIS_SERVER;

export const SERVER = named ?? 'redis-server';
export const CLI = SERVER.replace(/server$/, 'cli');

const runs = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

export const isInstalled = runs(SERVER);
// A mistyped name would skip all that it is given for.
if (named && !(isInstalled && CLI !== SERVER && runs(CLI)))
  throw new Error(
    `REDIS_SERVER: expected a redis-server or valkey-server with its CLI beside it, got ${named}`,
  );
/** Says so loudly where it is not. */
if (!isInstalled)
  console.warn('SKIPPED: there is no `redis-server`. On Debian: apt-get install redis-server');
