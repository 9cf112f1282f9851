// Each program is a process of its own, known by its pid, and none outlives the run.
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

const START_MS = 30_000;
const STOP_MS = 2_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const [signal, code] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])) {
  process.once(signal, () => process.exit(code));
}

/**
 * Nothing of whoever runs this: no profile, no real credentials, no proxy.
 * @param {Record<string, string>} more
 */
const environment = (more) => ({
  PATH: process.env.PATH,
  NODE_ENV: 'production',
  AWS_REGION: 'us-west-2',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  ...more,
});

/**
 * @typedef {{ url: string, pid: number, stop: () => Promise<void> }} Program
 * @typedef {{ command?: string, args: string[], env?: Record<string, string>, url?: string }} Launch
 */

/**
 * Starts a program and waits until it listens: at `url`, or at the first address that it prints.
 * @param {Launch} launch
 * @returns {Promise<Program>}
 */
export async function start({ command = process.execPath, args, env = {}, url }) {
  const { child, stop, said } = spawnProgram({ command, args, env });
  const deadline = Date.now() + START_MS;
  for (;;) {
    const address = url ?? /http:\/\/127\.0\.0\.1:\d+/.exec(said())?.[0];
    if (address && (await listens(address))) return { url: address, pid: child.pid ?? 0, stop };
    const isGone = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    if (isGone || Date.now() > deadline) {
      await stop();
      throw new Error(`${command} ${args.join(' ')} did not start: ${said().trim().slice(-300)}`);
    }
    await pause(50);
  }
}

/**
 * Starts a program, and does not wait.
 * @param {Launch} launch
 */
export function spawnProgram({ command = process.execPath, args, env = {} }) {
  const child = spawn(command, args, { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  ended.then(() => running.delete(child));
  let output = '';
  const hear = (/** @type {Buffer} */ chunk) => {
    // What it says after its start is of no interest, but must be read, or it would be stuck.
    if (output.length < 10_000) output += chunk;
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return { child, pid: child.pid ?? 0, stop: () => end(child, ended), said: () => output };
}

/** @param {string} url */
const listens = (url) =>
  fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    async (answer) => {
      await answer.body?.cancel();
      return true;
    },
    () => false,
  );

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<unknown>} ended
 */
async function end(child, ended) {
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(late);
}
