// Sixteen gateways on one Redis before one emulator that enforces AWS's call rates, for a minute of uneven load: responses with
// 429, calls against the rate, and what the clients of the most and of the least loaded gateway receive.
// npm run build && node bench/replicas.mjs [gateways=16] [seconds=60]
import { setTimeout as pause } from 'node:timers/promises';
import { cpuMs } from './harness/load.mjs';
import { post } from './harness/post.mjs';
import { start } from './harness/programs.mjs';
import { counted, startRedis } from './harness/redis.mjs';
import { main, withStandIn } from './harness/stand-in.mjs';
import { fixed, table } from './harness/table.mjs';

const [count = '16', duration = '60'] = process.argv.slice(2);
const [GATEWAYS, SECONDS, STAGES, BUSIEST] = [Number(count), Number(duration), 20, 24];
const WARM_MS = 10_000;
const [PER_SECOND, MARGIN, DEADLINE_MS] = [5, 0.98, 35_000];

/** Each client repeats one of them; `no-cache` reads, so that all of them need a call. */
const requests = {
  GetStage: ({ stageArn }) => `{ stage(arn: "${stageArn}") { endpoints { whip } } }`,
  ListParticipants: ({ stageArn, sessionId }) =>
    `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}", first: 5) { nodes { userId } } }`,
  UpdateStage: ({ stageArn }, number) =>
    `mutation { updateStage(input: { arn: "${stageArn}", name: "n${number}" }) { __typename } }`,
};
const kinds = Object.keys(requests);

/** The first gateway has the most clients, the second half as many, the third a third. */
const clientsOf = (gateway) => Math.max(kinds.length, Math.floor(BUSIEST / (gateway + 1)));

/** @param {string} redisUrl @param {string} awsUrl */
async function startGateways(redisUrl, awsUrl) {
  const env = {
    PORT: '0',
    IVS_BACKEND: 'aws',
    AUTH_MODE: 'none',
    AWS_ENDPOINT_URL: awsUrl,
    REDIS_URL: redisUrl,
  };
  const gateways = [];
  for (let index = 0; index < GATEWAYS; index += 1)
    gateways.push(await start({ args: [main, 'serve'], env }));
  return gateways;
}

/** One request after the other until `end`. */
async function client({ url, gateway, kind, stages, end }) {
  const seen = { gateway, kind, complete: 0, failed: 0, worstMs: 0 };
  for (let number = 0; performance.now() < end; number += 1) {
    const stage = stages[Math.floor(Math.random() * stages.length)];
    const from = performance.now();
    try {
      const body = { query: requests[kind](stage, number) };
      const { errors } = await post(`${url}/graphql`, body, DEADLINE_MS, { 'cache-control': 'no-cache' });
      if (errors) throw new Error(errors[0].message);
      seen.complete += 1;
    } catch {
      seen.failed += 1;
      await pause(1000);
    }
    seen.worstMs = Math.max(seen.worstMs, performance.now() - from);
  }
  return seen;
}

const load = (gateways, stages) => {
  const end = performance.now() + SECONDS * 1000 + WARM_MS;
  return Promise.all(
    gateways.flatMap(({ url }, gateway) =>
      Array.from({ length: clientsOf(gateway) }, (_, index) =>
        client({ url, gateway, kind: kinds[index % kinds.length], stages, end }),
      ),
    ),
  );
};

const cpuOf = async (gateways) =>
  (await Promise.all(gateways.map(({ pid }) => cpuMs(pid)))).reduce((sum, ms) => sum + ms, 0);

/** Counts once all gateways have made their first calls. */
async function measure(gateways, stages, standIn) {
  const clients = load(gateways, stages);
  await pause(WARM_MS);
  const [before, cpuBefore, from] = [await standIn.calls(), await cpuOf(gateways), performance.now()];
  const spent = await counted(redis, () => pause(SECONDS * 1000));
  const [after, seconds] = [await standIn.calls(), (performance.now() - from) / 1000];
  const cpu = (await cpuOf(gateways)) - cpuBefore;
  const calls = Object.keys(requests).map((name) => [name, after.counts[name] - before.counts[name]]);
  return { calls, seconds, spent, cpu, clients: await clients };
}

function report({ calls, seconds, spent, cpu, clients }, { throttled, total }) {
  const ofRate = (count) => `${fixed((count / (PER_SECOND * MARGIN * seconds)) * 100, 1)} %`;
  const perSecond = (number) => fixed(number / seconds, 1);
  console.log(
    `${GATEWAYS} gateways, ${clients.length} clients: ${throttled} responses with 429 of ${total} calls\n`,
  );
  console.log(
    table(
      ['operation', 'calls/s', `of ${PER_SECOND * MARGIN}/s`],
      calls.map(([name, count]) => [name, perSecond(count), ofRate(count)]),
    ),
  );
  const rowOf = (name, some) => [
    name,
    some.length,
    Math.min(...some.map(({ complete }) => complete)),
    Math.max(...some.map(({ complete }) => complete)),
    some.reduce((sum, { failed }) => sum + failed, 0),
    `${fixed(Math.max(...some.map(({ worstMs }) => worstMs)) / 1000, 1)} s`,
  ];
  const columns = ['clients of', 'clients', 'fewest responses', 'most', 'errors', 'longest wait'];
  const rows = [rowOf('busiest gateway', of(clients, 0, 0)), rowOf('others', of(clients, 1, GATEWAYS))];
  console.log(`\n${table(columns, rows)}`);
  console.log(
    `\nRedis per second: ${perSecond(spent.scripts)} scripts, ${perSecond(spent.pings)} pings, ${perSecond(spent.inner)} commands inside scripts, ${perSecond(spent.published)} messages; ${fixed(spent.cpuMs / seconds / 10, 1)} % of a core. All gateways: ${fixed(cpu / seconds / 10, 0)} % of a core.`,
  );
}

const of = (clients, from, to) => clients.filter(({ gateway }) => gateway >= from && gateway <= to);

const redis = await startRedis();
await withStandIn({ callRates: true }, async (standIn) => {
  const stages = [];
  for (let index = 0; index < STAGES; index += 1) stages.push(await standIn.addStage(`s${index}`, 5));
  await standIn.resetCalls();
  const gateways = await startGateways(redis.url, standIn.url);
  const measured = await measure(gateways, stages, standIn);
  const all = await standIn.calls();
  await Promise.all(gateways.map(({ stop }) => stop()));
  report(measured, all);
  if (all.throttled > 0) process.exitCode = 1;
});
redis.stop();
