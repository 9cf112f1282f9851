import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { CLI } from './redis-programs.ts';

/** Below those that systems give to connections, which would take one between its choice and its use: Linux's begin at 32768. */
const FIRST = 10_000;
const LAST = 15_999;
const ATTEMPTS = 50;

const given = new Set<number>();

/** For a program that cannot choose one itself and say which. Never the same twice in a process. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`Expected a free port from ${FIRST} to ${LAST}`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}

/** What redis-cli prints. */
export const askPort = (port: number | string, ...command: string[]): string =>
  spawnSync(CLI, ['-p', `${port}`, ...command], { encoding: 'utf8' }).stdout.trim();
