// A Redis of its own on a free port, what it has done and what that has cost.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port.mjs';
import { cpuMs } from './load.mjs';

/** Another version, or Valkey, by its path; its CLI is beside it. */
export const SERVER = process.env.REDIS_SERVER ?? 'redis-server';
const CLI = SERVER.replace(/server$/, 'cli');

/** Sent by the gateways; all others run inside scripts. */
const SENT = ['evalsha', 'eval', 'ping'];

/** @typedef {Awaited<ReturnType<typeof startRedis>>} RedisServer */

export async function startRedis(port = 0) {
  const own = port || (await freePort());
  const child = spawn(SERVER, ['--port', `${own}`, '--bind', '127.0.0.1', '--save', '']);
  const stop = () => child.kill('SIGKILL');
  process.once('exit', stop);
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  while (!output.includes('Ready to accept connections')) {
    if (child.exitCode !== null) throw new Error(output);
    await once(child.stdout, 'data');
  }
  /** @param {string[]} command */
  const ask = (...command) => execFileSync(CLI, ['-p', `${own}`, ...command], { encoding: 'utf8' });
  return { url: `redis://127.0.0.1:${own}`, port: own, pid: child.pid ?? 0, stop, ask };
}

/**
 * What Redis does during `work`: commands sent by the gateways, commands inside their scripts, messages, CPU.
 * @param {RedisServer} redis @param {() => Promise<unknown>} work
 */
export async function counted(redis, work) {
  redis.ask('CONFIG', 'RESETSTAT');
  const before = await cpuMs(redis.pid);
  await work();
  const cpu = (await cpuMs(redis.pid)) - before;
  const counts = countsOf(redis.ask('INFO', 'commandstats'));
  const sum = (/** @type {(name: string) => boolean} */ isMeant) =>
    [...counts].reduce((total, [name, calls]) => total + (isMeant(name) ? calls : 0), 0);
  return {
    scripts: (counts.get('evalsha') ?? 0) + (counts.get('eval') ?? 0),
    pings: counts.get('ping') ?? 0,
    inner: sum((name) => !SENT.includes(name) && !/^(config|info)/.test(name)),
    published: (counts.get('publish') ?? 0) + (counts.get('spublish') ?? 0),
    cpuMs: cpu,
  };
}

/** @param {string} text @returns {Map<string, number>} */
const countsOf = (text) =>
  new Map(
    [...text.matchAll(/^cmdstat_(\S+):calls=(\d+)/gm)].map(([, name = '', calls]) => [name, Number(calls)]),
  );
