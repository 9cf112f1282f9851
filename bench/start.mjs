// What a start costs, in CPU and in time, until the program answers: two builds in turn, so that a busy machine is busy for
// both. node bench/start.mjs <dist> <dist> [rounds] [serve|emulator]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { medians } from './harness/measure.mjs';
import { fixed, table } from './harness/table.mjs';

const START_MS = 60_000;

/** Reports the CPU of the whole process, its threads included. */
const reporter =
  'data:text/javascript,process.on("message",()=>process.send(process.cpuUsage()));process.channel.unref()';

/** @type {Record<string, { args: string[], ask: (url: string) => Promise<Response> }>} */
const commands = {
  serve: {
    args: ['serve'],
    ask: (url) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      }),
  },
  emulator: { args: ['emulator', '--port', '0'], ask: (url) => fetch(`${url}/_control`) },
};

/** @param {import('node:child_process').ChildProcess} child */
async function addressOf({ stdout, stderr }) {
  let output = '';
  return new Promise((resolve, reject) => {
    const look = (/** @type {unknown} */ chunk) => {
      output += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (address) resolve(address);
    };
    // The log is on one of the two, depending on the version
    for (const stream of [stdout, stderr]) stream?.on('data', look);
    stdout?.on('end', () => reject(new Error(`no address in: ${output}`)));
  });
}

/**
 * @param {string} dist
 * @param {(typeof commands)[string]} command
 */
async function measure(dist, { args, ask }) {
  const from = performance.now();
  const child = fork(resolve(dist, 'main.js'), args, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: '0', LOG_LEVEL: 'info' },
    execArgv: ['--import', reporter],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const isLate = pause(START_MS, undefined, { ref: false }).then(() => child.kill('SIGKILL'));
  try {
    const response = await ask(await addressOf(child));
    if (!response.ok) throw new Error(`answered ${response.status}`);
    await response.text();
    const wall = performance.now() - from;
    child.send('report');
    const [{ user, system }] = await once(child, 'message');
    return { cpu: (user + system) / 1000, wall };
  } finally {
    child.kill('SIGKILL');
    await Promise.race([isLate, once(child, 'exit')]);
  }
}

const [, , before = '', after = '', rounds = '5', name = 'serve'] = process.argv;
const command = commands[name];
if (!after || !command || !(Number(rounds) > 0)) {
  console.error('node bench/start.mjs <dist> <dist> [rounds] [serve|emulator]');
  process.exit(2);
}
/** @type {[{ cpu: number, wall: number }[], { cpu: number, wall: number }[]]} */
const results = [[], []];
// The first round warms up the file system.
for (let round = -1; round < Number(rounds); round += 1) {
  const turn = [await measure(before, command), await measure(after, command)];
  if (round >= 0) for (const [index, result] of turn.entries()) results[index]?.push(result);
}
const [first, second] = [medians(results[0], 'cpu', 'wall'), medians(results[1], 'cpu', 'wall')];
const line = (/** @type {string} */ dist, /** @type {typeof first} */ { cpu, wall }) => [
  dist,
  `${fixed(cpu, 0)} ms`,
  `${fixed(wall, 0)} ms`,
];
const ratio = ['ratio', fixed(second.cpu / first.cpu), fixed(second.wall / first.wall)];
console.log(`${name}, Node ${process.version}, ${cpus().length} cores, median of ${rounds} rounds\n`);
console.log(
  table(['build', 'CPU to ready', 'wall to ready'], [line(before, first), line(after, second), ratio]),
);
process.exit();
