// What requests cost that are made to cost much: CPU of the gateway and how long its event loop answered nobody else.
// npm run build && node bench/hostile.mjs [dist of another build [part of the names of cases]]
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { getIntrospectionQuery } from 'graphql';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { start } from './harness/programs.mjs';
import { cases, randomCases, seeded } from './hostile/cases.mjs';

const [RANDOM, SEED, AT_ONCE, TIMEOUT_MS] = [20, 1, 50, 60_000];
const [CONNECTIONS, REQUESTS_OF_EACH, FLOOD_MS] = [100, 20, 120_000];
const [ISSUER, AUDIENCE] = ['https://issuer.example/', 'ivs-graphql'];

/** @typedef {import('./hostile/cases.mjs').Case} Case */
/** @typedef {{ kept: number, fresh: number }} Waits on a connection that is kept, and on new ones */
/** @typedef {{ cpuMs: number, gapMs: number, outcome: string }} Measured */

const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] });
const issuer = createServer((_request, response) => void response.end(keys)).listen(0, '127.0.0.1');
await new Promise((resolve) => issuer.once('listening', resolve));
const { port } = /** @type {import('node:net').AddressInfo} */ (issuer.address());

/** @param {string} scope */
const sign = (scope) =>
  new SignJWT({ scope })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject('hostile')
    .setExpirationTime('2h')
    .sign(privateKey);

const here = new URL('../dist/main.js', import.meta.url).pathname;
const emulator = await start({ args: [here, 'emulator', '--port', '0', '--still'] });

/** @param {string} main */
async function startGateway(main) {
  const env = {
    PORT: '0',
    IVS_BACKEND: 'aws',
    AWS_ENDPOINT_URL: emulator.url,
    AUTH_MODE: 'jwt',
    AUTH_JWKS_URI: `http://127.0.0.1:${port}/`,
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
    LOG_LEVEL: 'info',
    REQUEST_TIMEOUT_MS: '5000',
  };
  const program = await start({ args: [main], env });
  const probe = new Worker(new URL('./hostile/probe.mjs', import.meta.url), { workerData: program.url });
  /** @returns {Promise<Waits>} */
  const longestWaits = () =>
    new Promise((resolve) => {
      probe.once('message', resolve);
      probe.postMessage('tell');
    });
  await pause(300);
  await longestWaits();
  return {
    ...program,
    longestWaits,
    end: async () => void (await Promise.all([probe.terminate(), program.stop()])),
  };
}
/** @typedef {Awaited<ReturnType<typeof startGateway>>} Gateway */

/** User and system time in milliseconds; the kernel counts in hundredths of a second. @param {number} pid */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** @param {string} url @param {Case} one */
async function post(url, { scope = 'ivs:read', query, variables, accept = 'application/json' }) {
  const headers = {
    'content-type': 'application/json',
    accept,
    authorization: `Bearer ${await sign(scope)}`,
  };
  const body = JSON.stringify({ query, variables });
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body, signal });
  const text = await response.text();
  const code = /"code":"(\w+)"/.exec(text.slice(0, 100_000))?.[1] ?? 'ok';
  return `${response.status} ${code} ${(text.length / 1e6).toFixed(1)} MB`;
}

/** @param {Gateway} gateway @param {Case} one @returns {Promise<Measured>} */
async function measure(gateway, one) {
  await gateway.longestWaits();
  const before = cpuOf(gateway.pid);
  const outcome = await post(gateway.url, one).catch((error) => String(error.name));
  const cpuMs = cpuOf(gateway.pid) - before;
  return { cpuMs, gapMs: (await gateway.longestWaits()).kept, outcome };
}

/** The longest waits for /livez while `AT_ONCE` of these are sent together. @param {Gateway} gateway @param {Case} one */
async function crowd(gateway, one) {
  await gateway.longestWaits();
  await Promise.all(Array.from({ length: AT_ONCE }, () => post(gateway.url, one).catch(() => {})));
  return gateway.longestWaits();
}

/**
 * Many connections with many requests each, either all written at once or one after the other. Ends with the last response or
 * after FLOOD_MS. @param {Gateway} gateway @param {boolean} isPipelined
 */
async function flood(gateway, isPipelined) {
  const token = await sign('ivs:read');
  const { hostname, port } = new URL(gateway.url);
  /** @param {number} index */
  const requestOf = (index) => {
    const body = JSON.stringify({ query: `${getIntrospectionQuery()} # ${index}` });
    const head = `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${token}\r\n`;
    return `${head}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  };
  const endAt = performance.now() + FLOOD_MS;
  /** @param {number} connection */
  const run = async (connection) => {
    const requests = Array.from({ length: REQUESTS_OF_EACH }, (_, index) =>
      requestOf(connection * REQUESTS_OF_EACH + index),
    );
    const socket = connect(Number(port), hostname).on('error', () => {});
    let answered = 0;
    let tail = '';
    socket.on('data', (chunk) => {
      const lines = (tail + chunk.toString('latin1')).split('\n');
      tail = lines.pop() ?? '';
      answered += lines.filter((line) => line.includes('HTTP/1.1 ')).length;
    });
    for (const [index, text] of (isPipelined ? [requests.join('')] : requests).entries()) {
      socket.write(text);
      const expected = isPipelined ? REQUESTS_OF_EACH : index + 1;
      while (answered < expected && !socket.destroyed && performance.now() < endAt) await pause(20);
    }
    socket.destroy();
    return answered;
  };
  await gateway.longestWaits();
  const counts = await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => run(index)));
  return { ...(await gateway.longestWaits()), answered: counts.reduce((sum, count) => sum + count, 0) };
}

const isMeant = (/** @type {Case} */ { name }) => name.includes(process.argv[3] ?? '');
const everything = [...cases, ...randomCases(RANDOM, seeded(SEED))].filter(isMeant);
const others = process.argv
  .slice(2, 3)
  .filter(Boolean)
  .map((dist) => resolve(dist, 'main.js'));
const builds = [here, ...others];
/** @type {Record<string, Record<string, string>>} */
const table = {};
for (const one of everything) table[one.name] = {};
for (const [index, main] of builds.entries()) {
  const build = index === 0 ? 'ours' : 'other';
  let gateway = await startGateway(main);
  for (const one of everything) {
    const { cpuMs, gapMs, outcome } = await measure(gateway, one);
    Object.assign(table[one.name] ?? {}, {
      [`${build}: CPU ms`]: cpuMs.toFixed(0),
      [`${build}: longest gap ms`]: gapMs.toFixed(0),
      [`${build}: outcome`]: outcome,
    });
    if (outcome !== 'TimeoutError') continue;
    await gateway.end();
    gateway = await startGateway(main);
  }
  await gateway.end();
}
console.table(table);
/** @param {Waits} waits */
const shown = ({ kept, fresh }) => `${kept.toFixed(0)} ms kept, ${fresh.toFixed(0)} ms new`;
for (const [index, main] of builds.entries()) {
  const build = index === 0 ? 'ours' : 'other';
  for (const isPipelined of [false, true]) {
    const gateway = await startGateway(main);
    const waits = await flood(gateway, isPipelined);
    const how = isPipelined ? 'pipelined' : 'one after the other';
    console.log(
      `${build}, ${CONNECTIONS} connections with ${REQUESTS_OF_EACH} introspections, ${how}: waits for /livez of ${shown(waits)} connection, ${waits.answered} answers`,
    );
    await gateway.end();
  }
}
const gateway = await startGateway(here);
const crowds = [];
for (const one of everything) crowds.push({ name: one.name, waits: await crowd(gateway, one) });
const longest = (/** @type {Waits} */ waits) => Math.max(waits.kept, waits.fresh);
const worst = crowds.toSorted((a, b) => longest(b.waits) - longest(a.waits)).slice(0, 5);
console.log(`ours, ${AT_ONCE} of each at once: longest waits for /livez`);
for (const { name, waits } of worst) console.log(`  ${shown(waits)}  ${name}`);
await gateway.end();
await emulator.stop();
issuer.close();
process.exit();
