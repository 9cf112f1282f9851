// Requests over kept connections, one after the other on each, and what the server spends on them.
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';

const CONNECTIONS = 32;
/** Of Linux, in which `/proc/<pid>/stat` counts. */
const TICK_MS = 10;

/** @param {number} pid */
export async function cpuMs(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = text.slice(text.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
  return (user + system) * TICK_MS;
}

/** @param {number} pid */
export async function residentMb(pid) {
  const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]);
  return (pages * 4096) / 2 ** 20;
}

/** @param {URL} url @param {Agent} agent @param {string} body @param {object} [more] headers @returns {Promise<string>} */
const send = (url, agent, body, more) =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'content-length': Buffer.byteLength(body),
      ...more,
    };
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on('error', reject);
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
    });
    sent.on('error', reject);
    sent.end(body);
  });

/**
 * Sends for so long; `bodyOf` makes the body of a request from its number, `check` throws for a wrong response.
 * @param {{ url: string, pid: number, headers?: object, path?: string }} program @param {number} ms
 * @param {(index: number) => string} bodyOf @param {(text: string, index: number) => void} check
 */
export async function load({ url, pid, headers, path = '/graphql' }, ms, bodyOf, check) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const [before, from] = [await cpuMs(pid), performance.now()];
  let index = 0;
  const work = async () => {
    while (performance.now() - from < ms) {
      const mine = index;
      index += 1;
      check(await send(new URL(path, url), agent, bodyOf(mine), headers), mine);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  const [cpu, took] = [(await cpuMs(pid)) - before, performance.now() - from];
  agent.destroy();
  return { perSecond: (index * 1000) / took, cpuUs: (cpu * 1000) / index };
}
