// What the gateway takes at 10, 100 and 1,000 requests a second, for docs/how-to/sizing.md: CPU and resident memory of its
// process, with the emulator in another. Requests come at their rate, with at most 64 in progress.
// npm run build && node bench/sizing.mjs [seconds] [node …]   (a path for each version of Node; NODE_FLAGS for all)
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from 'undici';
import { cpuMs, residentMb } from './harness/load.mjs';
import { start } from './harness/programs.mjs';
import { fixed, table } from './harness/table.mjs';

const [seconds = '20', ...nodes] = process.argv.slice(2);
const [WARM_UP_MS, TICK_MS, CONNECTIONS, RATES] = [5_000, 10, 64, [0, 10, 100, 1_000]];
const flags = (process.env.NODE_FLAGS ?? '').split(' ').filter(Boolean);

// At the published rates these lists would wait for AWS as they expire, which takes neither CPU nor much memory.
const RAISED = ['ListStages', 'ListParticipants', 'GetStage', 'ListChannels', 'TagResource'];
const IVS_CALL_RATES = RAISED.map((name) => `${name}=200`).join();

/** @type {string[]} */
let arns = [];
const PEOPLE = 'activeSession { sessionId participants(first: 20) { nodes { userId state published } } }';
const FIELDS = ['arn', 'region', 'accountId', 'isLive', 'resourceId', 'id'];
/** @satisfies {Record<string, (index: number) => { query: string, fresh?: true }>} */
const kinds = {
  equal: (/** @type {number} */ index) => ({
    query: `{ stages(first: ${10 + (index % 3)}) { nodes { name ${PEOPLE} } } channels { nodes { name } } }`,
  }),
  shaped: (/** @type {number} */ index) => ({
    query: `{ stages(first: 10) { nodes { name ${FIELDS.filter((_, bit) => (index >> bit) & 1).join(' ')} ${PEOPLE} } } }`,
  }),
  uncached: (/** @type {number} */ index) => ({
    query: `{ stage(arn: "${arns[index % arns.length]}") { name ${PEOPLE} } }`,
    fresh: true,
  }),
  write: (/** @type {number} */ index) => ({
    query: `mutation { tagResource(input: { resourceArn: "${arns[index % arns.length]}", tags: [{ key: "k", value: "${index}" }] }) { __typename } }`,
  }),
};
// Uncached work is little, at any rate of requests: AWS allows no more. Of the rest, two thirds are equal to earlier requests,
// and one third are other documents on AWS responses in the cache.
const UNCACHED_PER_SECOND = 2;
const WRITES_PER_SECOND = 1;
/** @param {number} index @param {number} rate */
function kindOf(index, rate) {
  const place = index % rate;
  if (place < WRITES_PER_SECOND) return kinds.write;
  if (place < WRITES_PER_SECOND + UNCACHED_PER_SECOND) return kinds.uncached;
  return index % 3 === 0 ? kinds.shaped : kinds.equal;
}

const agent = new Agent({ connections: CONNECTIONS });
/** @param {string} url @param {{ query: string, fresh?: true }} request */
async function send(url, { query, fresh }) {
  const headers = { 'content-type': 'application/json', ...(fresh && { 'cache-control': 'no-cache' }) };
  const response = await fetch(
    `${url}/graphql`,
    /** @type {RequestInit} */ ({
      method: 'POST',
      headers,
      body: JSON.stringify({ query }),
      dispatcher: agent,
    }),
  );
  const { data, errors } = await response.json();
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}

/** @param {string} url @param {number} rate @param {number} ms */
async function sendAt(url, rate, ms) {
  /** @type {{ times: number[], errors: string[] }} */
  const seen = { times: [], errors: [] };
  /** @type {Set<Promise<unknown>>} */
  const running = new Set();
  const from = performance.now();
  for (let sent = 0; performance.now() - from < ms; await pause(TICK_MS))
    for (; sent < ((performance.now() - from) * rate) / 1000 && running.size < CONNECTIONS; sent += 1) {
      const begun = performance.now();
      const request = send(url, kindOf(sent, rate)(sent)).then(
        () => seen.times.push(performance.now() - begun),
        (error) => seen.errors.push(error.message),
      );
      running.add(request);
      request.then(() => running.delete(request));
    }
  await Promise.all(running);
  return { ...seen, tookMs: performance.now() - from };
}

/** @param {string} command @param {number} rate */
async function measure(command, rate) {
  const emulator = await start({ args: ['dist/main.js', 'emulator', '--port', '0', '--still'] });
  const env = {
    IVS_BACKEND: 'aws',
    AUTH_MODE: 'none',
    PORT: '0',
    AWS_ENDPOINT_URL: emulator.url,
    IVS_CALL_RATES,
  };
  const gateway = await start({ command, args: [...flags, 'dist/main.js'], env });
  arns = (await send(gateway.url, { query: '{ stages { nodes { arn } } }' })).stages.nodes.map(
    (/** @type {{ arn: string }} */ { arn }) => arn,
  );
  await sendAt(gateway.url, rate, WARM_UP_MS);
  let most = 0;
  const sampling = setInterval(async () => (most = Math.max(most, await residentMb(gateway.pid))), 250);
  const before = await cpuMs(gateway.pid);
  const { times, errors, tookMs } = await sendAt(gateway.url, rate, Number(seconds) * 1000);
  const cpu = (await cpuMs(gateway.pid)) - before;
  clearInterval(sampling);
  await Promise.all([gateway.stop(), emulator.stop()]);
  times.sort((a, b) => a - b);
  if (errors.length > 0) console.error(`${errors.length} failed: ${errors[0]}`);
  return [
    rate,
    fixed((times.length * 1000) / tookMs, 0),
    errors.length,
    fixed(cpu / tookMs, 3),
    fixed(cpu / (times.length || 1)),
    fixed(most, 0),
    fixed(times[times.length >> 1] ?? 0, 1),
    fixed(times[Math.floor(times.length * 0.99)] ?? 0, 0),
  ];
}

const lines = [];
for (const command of nodes.length > 0 ? nodes : [process.execPath])
  for (const rate of RATES) {
    const version = execFileSync(command, ['--version'], { encoding: 'utf8' }).trim();
    lines.push([version, ...(await measure(command, rate))]);
    console.error(lines.at(-1)?.join(' | '));
  }
console.log(
  table(
    [
      'Node',
      'requests/s',
      'responses/s',
      'failed',
      'cores',
      'CPU ms/request',
      'resident MB, at most',
      'p50 ms',
      'p99 ms',
    ],
    lines,
  ),
);
process.exit();
