// What one read costs the gateway's process in CPU when the cache has its response: 100 participants, one request after the
// other. npm run build && node bench/hit-cost.mjs [<dist of another build> …]
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { GetParticipantCommand } from '@aws-sdk/client-ivs-realtime';

const [PARTICIPANTS, REQUESTS, ROUNDS] = [100, 1000, 9];
const target = { account: undefined, region: 'us-west-2' };
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
const commandFor = (_, index) =>
  new GetParticipantCommand({
    stageArn: 'arn:aws:ivs:us-west-2:123456789012:stage/abcdEFGHijkl',
    sessionId: 'st-0123456789abc',
    participantId: `participant${index}`,
  });

/** An upstream whose cache has each participant, and where no time passes. */
async function openWarm(dist, endpoint) {
  const { createUpstream } = await import(resolve(dist, 'upstream/upstream.js'));
  const upstream = createUpstream({
    regions: [target.region],
    endpoint,
    credentials,
    rates: { GetParticipant: 1e6 },
    clock: { now: () => 0, after: () => () => {} },
  });
  const ask = async () => {
    const { send } = upstream.open({ signal: new AbortController().signal, timeoutMs: 30_000 });
    await Promise.all(Array.from({ length: PARTICIPANTS }, (_, index) => send(target, commandFor(_, index))));
  };
  await ask();
  return ask;
}

async function microseconds(ask) {
  const before = process.cpuUsage();
  for (let request = 0; request < REQUESTS; request += 1) await ask();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / REQUESTS / PARTICIPANTS;
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const aws = createServer((_, response) => response.end('{"participant":{"state":"CONNECTED"}}'));
await new Promise((listening) => aws.listen(0, '127.0.0.1', listening));
const builds = process.argv.length > 2 ? process.argv.slice(2) : [resolve(import.meta.dirname, '../dist')];
const askers = [];
for (const build of builds) askers.push(await openWarm(build, `http://127.0.0.1:${aws.address().port}`));
const costs = builds.map(() => []);
// The first two rounds warm up; in turn, so that a busy machine is busy for all.
for (let round = -2; round < ROUNDS; round += 1)
  for (const [index, ask] of askers.entries()) {
    const cost = await microseconds(ask);
    if (round >= 0) costs[index].push(cost);
  }
for (const [index, build] of builds.entries())
  console.log(`${build}: ${costs[index].sort((a, b) => a - b)[ROUNDS >> 1].toFixed(1)} µs`);
process.exit();
