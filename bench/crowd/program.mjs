// An emulator whose main thread is watched from outside: what each call costs it, and what of that is garbage collection.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { resolve } from 'node:path';
import { authorization } from '../harness/stand-in.mjs';

/** Collections stop the main thread: their pauses are told when asked. */
const WATCH = `
import { PerformanceObserver } from 'node:perf_hooks';
let gc = 0;
const add = (entries) => { for (const { duration } of entries) gc += duration; };
const observer = new PerformanceObserver((list) => add(list.getEntries()));
observer.observe({ entryTypes: ['gc'] });
process.on('message', () => { add(observer.takeRecords()); process.send({ gc, rss: process.memoryUsage.rss() }); });
process.channel.unref();`;

/** @param {string} dist @param {string[]} args */
export async function startWatched(dist, args) {
  const child = fork(resolve(dist, 'main.js'), ['emulator', '--port', '0', ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    execArgv: ['--import', `data:text/javascript,${encodeURIComponent(WATCH)}`],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const url = await addressOf(child);
  const agent = new Agent({ keepAlive: true });
  const post = poster(url, agent);

  const report = async () => {
    child.send('report');
    /** @type {[{ gc: number, rss: number }]} */
    const [said] = /** @type {any} */ (await once(child, 'message'));
    return said;
  };

  /** @param {string} path @param {object} body */
  async function measure(path, body) {
    const { gc: before } = await report();
    const [cpu, from] = [await mainThreadMs(child.pid), performance.now()];
    const answer = await post(path, body);
    const wall = performance.now() - from;
    const all = (await mainThreadMs(child.pid)) - cpu;
    const gc = (await report()).gc - before;
    return { wall, gc, cpu: Math.max(0, all - gc), answer };
  }

  return {
    post,
    measure,
    memoryMb: async () => (await report()).rss / 1e6,
    stop: () => child.kill('SIGKILL'),
  };
}

/** In nanoseconds since its start, as Linux counts it. @param {number | undefined} pid */
async function mainThreadMs(pid) {
  const text = await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'utf8');
  return Number(text.split(' ')[0]) / 1e6;
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<string>} */
function addressOf(child) {
  let output = '';
  return new Promise((found, failed) => {
    const look = (/** @type {unknown} */ chunk) => {
      output += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (address) found(address);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', look);
    child.once('exit', () => failed(new Error(`did not start: ${output}`)));
  });
}

/** @param {string} url @param {Agent} agent */
const poster = (url, agent) => (/** @type {string} */ path, /** @type {object} */ body) =>
  new Promise((done, failed) => {
    const isStudio = path.startsWith('/_control/studio');
    const text = isStudio ? '' : JSON.stringify(body);
    const target = isStudio ? `${path}?${new URLSearchParams(/** @type {any} */ (body))}` : path;
    const headers = { authorization, 'content-length': Buffer.byteLength(text) };
    const method = isStudio ? 'GET' : 'POST';
    const sent = request(new URL(target, url), { method, agent, headers }, (response) => {
      let answer = '';
      response.on('data', (chunk) => (answer += chunk));
      response.on('error', failed);
      response.on('end', () => {
        if ((response.statusCode ?? 500) >= 300) failed(new Error(`${path}: ${answer.slice(0, 300)}`));
        else done(answer === '' ? {} : JSON.parse(answer));
      });
    });
    sent.on('error', failed);
    sent.end(text);
  });
