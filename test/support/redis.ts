// A real redis-server for tests, on a free port, that can be killed and started again.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { Redis, type RedisOptions } from '../../src/redis/redis.ts';
import { startGateway, type TestGateway, type TestGatewayOptions } from './gateway.ts';
import { askPort, freePort } from './ports.ts';
import { useCluster } from './redis-cluster.ts';
import { isInstalled, SERVER } from './redis-programs.ts';
import type { createSession } from './world.ts';

export { isInstalled };

/** Redis's time when the tests' begins. */
export const START = Date.parse('2026-01-01T00:00:00Z');

const GIVE_UP_MS = 60_000;
const POLL_MS = 5;

/** In braces, as that of the gateway: it decides where a cluster has the keys. */
const PREFIX = '{test}:';

export interface RedisServer {
  url: string;
  /** Of the keys of this test. */
  prefix: string;
  keyOf(name: string): string;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Holds it, as a network that swallows everything would; -CONT lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** What redis-cli prints. */
  ask(...command: string[]): string;
  /** The same of each node. */
  askAll(...command: string[]): string[];
}

async function startOne(...options: string[]): Promise<RedisServer> {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'redis-'));
  let child: ChildProcess;
  const start = async () => {
    const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, '--save', '', ...options];
    child = spawn(SERVER, args);
    let said = '';
    child.stdout?.on('data', (text) => (said += text));
    while (!said.includes('Ready to accept connections')) {
      if (child.exitCode !== null) throw new Error(said);
      await once(child.stdout as NodeJS.ReadableStream, 'data');
    }
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await start();
  onTestFinished(async () => {
    await kill();
    rmSync(dir, { recursive: true });
  });
  const ask = (...command: string[]) => askPort(port, ...command);
  return {
    url: `redis://127.0.0.1:${port}`,
    prefix: PREFIX,
    keyOf: (name) => `${PREFIX}0:${name}`,
    start,
    kill,
    ask,
    askAll: (...command) => [ask(...command)],
    signal: (signal) => void child.kill(signal),
  };
}

type StartRedis = () => Promise<RedisServer>;

const standard: StartRedis = () => startOne();
/** As the tests that run now want it. */
let start = standard;

/** Of its own for a test with options; else of the kind that it runs on. */
export const startRedis = (...options: string[]): Promise<RedisServer> =>
  options.length > 0 ? startOne(...options) : start();

/** Tests that hold for whatever Redis is: they run on one that stands alone, then on a cluster. */
export function onEachRedis(title: string, options: { timeout?: number }, define: () => void): void {
  const kinds = { 'one Redis': () => standard, 'a cluster': useCluster };
  for (const [kind, use] of Object.entries(kinds))
    describe.skipIf(!isInstalled)(`${title}, on ${kind}`, options, () => {
      const own = use();
      beforeAll(() => {
        start = own;
      });
      afterAll(() => {
        start = standard;
      });
      define();
    });
}

/** A connection, and what it has log. It has patience, so that a slow machine is not taken for a lost Redis. */
export async function connect({
  url,
  password,
  now,
  timeoutMs = 10_000,
  prefix = PREFIX,
}: Pick<RedisOptions, 'url' | 'password' | 'now' | 'timeoutMs'> & { prefix?: string }) {
  const said: string[] = [];
  const log = {
    info: (text: string) => said.push(`info ${text}`),
    warn: (text: string) => said.push(`warn ${text}`),
  };
  const redis = await Redis.connect({ url, password, now, timeoutMs, prefix, log: log as never });
  onTestFinished(() => redis.close());
  return { redis, said };
}

export interface Replica extends TestGateway {
  redis: Redis;
  said: string[];
}

/** Gateways on one Redis and one emulator, which enforces call rates unless told otherwise; `lead` is not on Redis and makes the world. */
export async function startReplicas(
  count: number,
  {
    timeoutMs,
    callRates = true,
    passing,
    startServer = startRedis,
    ...options
  }: TestGatewayOptions & { timeoutMs?: number; startServer?: StartRedis } = {},
) {
  const server = await startServer();
  const lead = await startGateway({ callRates, passing });
  const replicas: Replica[] = [];
  for (let index = 0; index < count; index += 1) {
    const now = () => START + lead.clock.now();
    const connection = await connect({ ...server, now, timeoutMs });
    const gateway = await startGateway({ ...options, beside: lead, shared: connection.redis });
    replicas.push({ ...gateway, ...connection });
  }
  return { server, lead, replicas: replicas as [Replica, Replica, ...Replica[]] };
}

/** Looks at each turn of the event loop, so that what comes next comes before anything else of this process. */
export const until = (isSo: () => boolean): Promise<void> => waitFor(isSo, () => new Promise(setImmediate));

/** For what takes real time, or other processes do: they get the CPU meanwhile. */
export const untilElsewhere = (isSo: () => boolean): Promise<void> => waitFor(isSo, () => pause(POLL_MS));

async function waitFor(isSo: () => boolean, turn: () => Promise<void>): Promise<void> {
  for (const start = performance.now(); !isSo(); await turn())
    if (performance.now() - start > GIVE_UP_MS) throw new Error(`Expected within a minute: ${isSo}`);
}

/** Until this replica has heard what the next write forgets. */
export const heard = (redis: Redis): Promise<void> =>
  new Promise((resolve) => redis.listen('forgotten', () => resolve()));

/** Answers of AWS that said: too many calls. */
export const throttled = ({ emulator }: TestGateway): number =>
  emulator.calls.log().filter(({ status }) => status === 429).length;

type Session = Awaited<ReturnType<typeof createSession>>;

/** Asks for what takes a call for each participant. */
export const detail = ({ stageArn, sessionId }: Session, first = 100): string =>
  `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}", first: ${first}) { nodes { browserName } } }`;
