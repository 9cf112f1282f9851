// What Redis does for one cold read, one write and one event, with 1, 8 and 32 gateways: commands, messages and CPU, from which
// follows how many of them one primary serves. The gateways are in this process; what they do when idle is subtracted.
// npm run build && node bench/redis.mjs [times=200]
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createIvsGateway } from '../dist/index.js';
import { counted, startRedis } from './harness/redis.mjs';
import { withStandIn } from './harness/stand-in.mjs';
import { fixed, table } from './harness/table.mjs';

const TIMES = Number(process.argv[2] ?? 200);
const GATEWAYS = [1, 8, 32];
const IDLE_MS = 5_000;
const SECRET = 'a-secret-of-the-bench';
const ENDPOINT = 'http://localhost';

// The SDK's default chain
Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' });

const quiet = { error() {}, warn() {}, info() {} };

/** @typedef {Awaited<ReturnType<typeof createIvsGateway>>} Gateway */

/** @param {number} count @param {string} redisUrl @param {string} awsUrl */
async function startGateways(count, redisUrl, awsUrl) {
  /** @type {Gateway[]} */
  const gateways = [];
  for (let index = 0; index < count; index += 1)
    gateways.push(
      await createIvsGateway({
        backend: 'aws',
        awsRegion: 'us-west-2',
        awsEndpointUrl: awsUrl,
        authMode: 'none',
        redisUrl,
        eventsSecret: [SECRET],
        // No call waits: a wait costs a command of its own
        callRates: { GetStage: 10_000, UpdateStage: 10_000 },
        logger: quiet,
      }),
    );
  await pause(1_500); // until each has heard of all others
  return gateways;
}

/** @param {Gateway} gateway @param {string} path @param {object} body @param {Record<string, string>} [headers] */
async function post(gateway, path, body, headers) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  const answer = await gateway.fetch(
    new Request(`${ENDPOINT}${path}`, { ...init, body: JSON.stringify(body) }),
  );
  const text = await answer.text();
  if (!answer.ok || text.includes('"errors"')) throw new Error(`${answer.status} ${text}`);
}

/** One after the other, each at another gateway. @type {Record<string, (gateway: Gateway, arn: string, number: number) => Promise<void>>} */
const works = {
  'cold read': (gateway, arn) =>
    post(gateway, '/graphql', { query: `{ stage(arn: "${arn}") { endpoints { whip } } }` }),
  write: (gateway, arn, number) =>
    post(gateway, '/graphql', {
      query: `mutation { updateStage(input: { arn: "${arn}", name: "n${number}" }) { __typename } }`,
    }),
  event: (gateway, arn, number) =>
    post(gateway, '/events', stageUpdate(arn, number), { 'x-ivs-events-key': SECRET }),
};

/** @param {string} arn @param {number} number */
const stageUpdate = (arn, number) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'IVS Stage Update',
  source: 'aws.ivs',
  account: '123456789012',
  time: new Date().toISOString(),
  region: 'us-west-2',
  resources: [arn],
  detail: { session_id: 'st-1', event_name: 'Participant Published', participant_id: `p${number}` },
});

/** @typedef {Awaited<ReturnType<typeof counted>>} Counts */
const names = /** @type {const} */ (['scripts', 'pings', 'inner', 'published', 'cpuMs']);

/** @param {import('./harness/redis.mjs').RedisServer} redis @param {() => Promise<unknown>} work */
async function perMs(redis, work) {
  const from = performance.now();
  const spent = await counted(redis, work);
  return { spent, ms: performance.now() - from };
}

/**
 * @param {Gateway[]} gateways @param {string[]} arns @param {import('./harness/redis.mjs').RedisServer} redis
 * @returns {Promise<(string | number)[][]>}
 */
async function measure(gateways, arns, redis) {
  const idle = await perMs(redis, () => pause(IDLE_MS));
  const rows = [];
  for (const [name, work] of Object.entries(works)) {
    const { spent, ms } = await perMs(redis, async () => {
      for (const [number, arn] of arns.entries())
        await work(/** @type {Gateway} */ (gateways[number % gateways.length]), arn, number);
    });
    const [scripts, pings, inner, published, cpuMs] = names.map((one) =>
      Math.max(0, (spent[one] - (idle.spent[one] / idle.ms) * ms) / arns.length),
    );
    const heard = published * gateways.length;
    rows.push([
      gateways.length,
      name,
      ...[scripts + pings, inner, heard].map((each) => fixed(each, 1)),
      `${fixed(cpuMs * 1000, 0)} µs`,
      fixed(1000 / cpuMs, 0),
    ]);
  }
  const cpu = `${fixed((idle.spent.cpuMs / idle.ms) * 100, 1)} % of a core`;
  rows.push([
    gateways.length,
    'idle, per second',
    ...[idle.spent.scripts + idle.spent.pings, idle.spent.inner, idle.spent.published * gateways.length].map(
      (each) => fixed((each / idle.ms) * 1000, 1),
    ),
    cpu,
    '',
  ]);
  return rows;
}

const rows = [];
for (const count of GATEWAYS) {
  const redis = await startRedis();
  await withStandIn({}, async (standIn) => {
    const arns = [];
    for (let index = 0; index < TIMES; index += 1)
      arns.push((await standIn.addStage(`s${index}`, 1)).stageArn);
    const gateways = await startGateways(count, redis.url, standIn.url);
    rows.push(...(await measure(gateways, arns, redis)));
    await Promise.all(gateways.map((gateway) => gateway.close()));
  });
  redis.stop();
}
console.log(
  table(
    [
      'gateways',
      'work',
      'commands sent',
      'commands in scripts',
      'messages received',
      "Redis's CPU",
      'per second and core',
    ],
    rows,
  ),
);
process.exit(0);
