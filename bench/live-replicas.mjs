// Events in, subscribers out, through three gateways on one Redis: events that a subscriber neither got nor heard a gap about,
// events that it got twice, and how late they were. In modes: up; redis, which is killed for 2 s; replica, of which one is killed.
// Senders repeat what is answered 503 or not at all, as EventBridge does; clients reconnect elsewhere behind their cursor.
// npm run build && node bench/live-replicas.mjs [modes=up,redis,replica] [events a second=50]
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './harness/free-port.mjs';
import { start } from './harness/programs.mjs';
import { SERVER } from './harness/redis.mjs';
import { subscribe as open } from './harness/sse.mjs';
import { main } from './harness/stand-in.mjs';

const [modes = 'up,redis,replica', rate = '50'] = process.argv.slice(2);
const [SECONDS, SUBSCRIBERS, REPLICAS] = [12, 30, 3];
const dist = resolve(import.meta.dirname, '../dist');
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const { startEmulator } = await import(resolve(dist, 'emulator/emulator.js'));
const STAGE = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';

async function startRedis(port) {
  const child = spawn(SERVER, ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '']);
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  while (!said.includes('Ready to accept connections')) {
    if (child.exitCode !== null) throw new Error(said);
    await once(child.stdout, 'data');
  }
  return child;
}

const eventOf = (id) => ({
  version: '0',
  id,
  'detail-type': 'IVS Stage Update',
  source: 'aws.ivs',
  account: '123456789012',
  time: new Date().toISOString(),
  region: 'us-west-2',
  resources: [STAGE],
  detail: { event_name: 'Participant Unpublished', session_id: 'st-TownHall00001', participant_id: 'alice' },
});

/** As EventBridge does, with shorter pauses. */
async function deliver(urls, event) {
  for (let attempt = 0; ; attempt += 1) {
    const url = urls[Math.floor(Math.random() * urls.length)];
    const response = await fetch(`${url}/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
    }).catch(() => undefined);
    if (response?.ok) return;
    if (attempt > 200) throw new Error(`not delivered: ${response?.status}`);
    await pause(100);
  }
}

const QUERY = `subscription ($after: String) { stageEvents(stageArns: ["${STAGE}"], after: $after) {
  __typename ... on LiveEvent { id cursor } ... on LiveGap { reason } } }`;

/** Reads, and connects again behind its cursor. */
function subscribe(urls, first, sentAt, isOver) {
  const seen = { got: new Set(), twice: 0, gaps: [], latencies: [], connections: 0 };
  let after;
  const take = ({ stageEvents: message }) => {
    after = message.cursor;
    if (message.__typename === 'LiveGap') seen.gaps.push(message.reason);
    else if (seen.got.has(message.id)) seen.twice += 1;
    else {
      seen.got.add(message.id);
      seen.latencies.push(Date.now() - sentAt.get(message.id));
    }
  };
  const read = async (url) => {
    seen.connections += 1;
    await open(url, { query: QUERY, variables: { after } }, take, isOver.signal);
  };
  const run = async () => {
    for (let index = first; !isOver.signal.aborted; index += 1) {
      await read(urls[index % urls.length]).catch(() => {});
      if (!isOver.signal.aborted) await pause(50 + Math.random() * 100);
    }
  };
  return { seen, ended: run() };
}

async function disturb(mode, { gateways, redis, restart }) {
  await pause((SECONDS * 1000) / 3);
  if (mode === 'replica') process.kill(gateways[0].pid, 'SIGKILL');
  if (mode !== 'redis') return redis;
  redis.kill('SIGKILL');
  await pause(2000);
  return restart();
}

async function run(mode) {
  const emulator = await startEmulator({ seed: 'demo' });
  const port = await freePort();
  let redis = await startRedis(port);
  const env = {
    PORT: '0',
    IVS_BACKEND: 'aws',
    AUTH_MODE: 'none',
    AWS_ENDPOINT_URL: emulator.url,
    REDIS_URL: `redis://127.0.0.1:${port}`,
    LIMITS: 'subscriptionsPerCaller=1000',
  };
  const gateways = [];
  for (let index = 0; index < REPLICAS; index += 1)
    gateways.push(await start({ args: [main, 'serve'], env }));
  const urls = gateways.map(({ url }) => url);
  const sentAt = new Map();
  const isOver = new AbortController();
  const clients = Array.from({ length: SUBSCRIBERS }, (_, index) => subscribe(urls, index, sentAt, isOver));
  while (clients.some(({ seen }) => seen.connections === 0)) await pause(20);
  await pause(500);
  const disturbed = disturb(mode, { gateways, redis, restart: () => startRedis(port) });
  const deliveries = [];
  for (let number = 0; number < SECONDS * Number(rate); number += 1) {
    const id = randomUUID();
    sentAt.set(id, Date.now());
    deliveries.push(deliver(urls, eventOf(id)));
    await pause(1000 / Number(rate));
  }
  redis = await disturbed;
  await Promise.all(deliveries);
  await pause(4000);
  isOver.abort();
  await Promise.all(clients.map(({ ended }) => ended));
  redis.kill('SIGKILL');
  await Promise.all(gateways.map(({ stop }) => stop()));
  await emulator.close();
  const all = clients.map(({ seen }) => seen);
  const missing = ({ got }) => sentAt.size - got.size;
  const latencies = all.flatMap(({ latencies: some }) => some).sort((a, b) => a - b);
  const at = (share) => latencies[Math.floor(latencies.length * share)];
  return {
    mode,
    events: sentAt.size,
    deliveries: latencies.length,
    'missing without a gap': all.reduce((sum, one) => sum + (one.gaps.length === 0 ? missing(one) : 0), 0),
    'missing with a gap': all.reduce((sum, one) => sum + (one.gaps.length > 0 ? missing(one) : 0), 0),
    twice: all.reduce((sum, { twice }) => sum + twice, 0),
    gaps: all.reduce((sum, { gaps }) => sum + gaps.length, 0),
    reconnections: all.reduce((sum, { connections }) => sum + connections - 1, 0),
    'p50 ms': at(0.5),
    'p99 ms': at(0.99),
    'latest ms': latencies.at(-1),
  };
}

const rows = [];
for (const mode of modes.split(',')) rows.push(await run(mode));
console.table(rows);
