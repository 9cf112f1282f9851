// What requests cost that are made to cost much: CPU of the gateway and how long its event loop answered nobody else.
// npm run build && node bench/hostile.mjs [dist of another build]
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { start } from './harness/programs.mjs';
import { cases, randomCases, seeded } from './hostile/cases.mjs';

const [RANDOM, SEED, AT_ONCE, TIMEOUT_MS] = [20, 1, 50, 60_000];
const [ISSUER, AUDIENCE] = ['https://issuer.example/', 'ivs-graphql'];

/** @typedef {import('./hostile/cases.mjs').Case} Case */
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
    LOG_LEVEL: 'silent',
    REQUEST_TIMEOUT_MS: '5000',
  };
  const program = await start({ args: [main], env });
  const probe = new Worker(new URL('./hostile/probe.mjs', import.meta.url), { workerData: program.url });
  const longestGap = () =>
    new Promise((resolve) => {
      probe.once('message', resolve);
      probe.postMessage('tell');
    });
  await pause(300);
  await longestGap();
  return {
    ...program,
    longestGap,
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
  await gateway.longestGap();
  const before = cpuOf(gateway.pid);
  const outcome = await post(gateway.url, one).catch((error) => String(error.name));
  const cpuMs = cpuOf(gateway.pid) - before;
  return { cpuMs, gapMs: await gateway.longestGap(), outcome };
}

/** The longest wait for /livez while `AT_ONCE` of these are sent together. @param {Gateway} gateway @param {readonly Case[]} some */
async function crowd(gateway, some) {
  await gateway.longestGap();
  const sent = Array.from({ length: AT_ONCE }, (_, index) => some[index % some.length]);
  await Promise.all(sent.map((one) => one && post(gateway.url, one).catch(() => {})));
  return gateway.longestGap();
}

const everything = [...cases, ...randomCases(RANDOM, seeded(SEED))];
const builds = [here, ...process.argv.slice(2, 3)];
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
const gateway = await startGateway(here);
const gaps = [];
for (const one of everything) gaps.push({ name: one.name, gapMs: await crowd(gateway, [one]) });
const worst = gaps.toSorted((a, b) => b.gapMs - a.gapMs).slice(0, 5);
console.log(`ours, ${AT_ONCE} of each at once: longest waits for /livez`);
for (const { name, gapMs } of worst) console.log(`  ${gapMs.toFixed(0)} ms  ${name}`);
await gateway.end();
await emulator.stop();
issuer.close();
process.exit();
