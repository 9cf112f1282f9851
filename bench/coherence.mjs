// How many reads through three gateways on one Redis are older than a write whose answer had come before the read was sent:
// random writes and reads, each read compared with the emulator's state. In modes: Redis up; hung, which is stopped for 0.6 s
// every 2.5 s; lost, which is killed for 2 s every 5 s.
// npm run build && node bench/coherence.mjs [reads=10000] [modes=up,hung,lost] [dist]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SERVER } from './harness/redis.mjs';

const [reads = '10000', modes = 'up,hung,lost', dist = resolve(import.meta.dirname, '../dist')] =
  process.argv.slice(2);
const [STAGES, WRITERS, READERS, WRITE_PAUSE_MS] = [6, 2, 8, 40];
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const { startEmulator } = await import(resolve(dist, 'emulator/emulator.js'));

const running = new Set();
async function launch(file, args, env, isReady) {
  const child = spawn(file, args, { env: { PATH: process.env.PATH, ...env } });
  running.add(child);
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  while (!isReady.test(said)) {
    if (child.exitCode !== null) throw new Error(said);
    await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), once(child, 'exit')]);
  }
  return { child, ready: isReady.exec(said)[0] };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function ask(url, query) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

const pick = (items) => items[Math.floor(Math.random() * items.length)];

/** What happens to Redis until `isOver`. */
async function disturb(mode, redis, startRedis, isOver) {
  while (mode !== 'up' && !isOver()) {
    await pause(mode === 'hung' ? 1900 : 3000);
    if (mode === 'hung') {
      redis.child.kill('SIGSTOP');
      await pause(600);
      redis.child.kill('SIGCONT');
    } else {
      redis.child.kill('SIGKILL');
      await pause(2000);
      redis = await startRedis();
    }
  }
}

/** An emulator, and three gateways in front of it. */
async function startGateways(port) {
  const emulator = await startEmulator();
  const env = {
    PORT: '0',
    IVS_BACKEND: 'aws',
    AUTH_MODE: 'none',
    AWS_REGION: 'us-west-2',
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_ENDPOINT_URL: emulator.url,
    AWS_EC2_METADATA_DISABLED: 'true',
    IVS_CALL_RATES: 'GetStage=2000,UpdateStage=2000,CreateStage=2000',
    REDIS_URL: `redis://127.0.0.1:${port}`,
  };
  const main = resolve(dist, 'main.js');
  const gateways = await Promise.all(
    [1, 2, 3].map(() => launch(process.execPath, [main], env, /http:\/\/[\d.]+:\d+/)),
  );
  return { emulator, urls: gateways.map(({ ready }) => ready) };
}

const createStages = (url) =>
  Promise.all(
    Array.from({ length: STAGES }, async () => {
      const { createStage } = await ask(
        url,
        'mutation { createStage(input: { name: "n0" }) { ... on CreateStagePayload { stage { arn } } } }',
      );
      return { arn: createStage.stage.arn, next: 1, written: 0 };
    }),
  );

async function write(stage, { urls, counts, waits }) {
  const name = stage.next++;
  const start = performance.now();
  const input = `{ arn: "${stage.arn}", name: "n${name}" }`;
  try {
    await ask(pick(urls), `mutation { updateStage(input: ${input}) { __typename } }`);
    stage.written = name;
    stage.writtenAt = performance.now();
    counts.writes += 1;
    waits.push(stage.writtenAt - start);
  } catch {
    counts.refused += 1;
  }
}

async function read(stage, { urls, counts }) {
  const { written, writtenAt } = stage;
  const sentAt = performance.now();
  try {
    const { stage: found } = await ask(
      pick(urls),
      `{ stage(arn: "${stage.arn}") { name endpoints { whip } } }`,
    );
    counts.reads += 1;
    if (Number(found.name.slice(1)) >= written) return;
    counts.stale += 1;
    counts.worstMs = Math.max(counts.worstMs, Math.round(sentAt - writtenAt));
  } catch {
    counts.refused += 1;
  }
}

async function measure(mode) {
  const port = await freePort();
  const startRedis = () =>
    launch(SERVER, ['--port', `${port}`, '--bind', '127.0.0.1', '--save', ''], {}, /Ready to accept/);
  const redis = await startRedis();
  const { emulator, urls } = await startGateways(port);
  const stages = await createStages(urls[0]);
  emulator.calls.reset();
  const counts = { reads: 0, stale: 0, worstMs: 0, writes: 0, refused: 0 };
  const run = { urls, counts, waits: [] };
  const isOver = () => counts.reads >= Number(reads);
  const repeat = async (step) => {
    while (!isOver()) await step();
  };
  const start = performance.now();
  await Promise.all([
    disturb(mode, redis, startRedis, isOver),
    ...Array.from({ length: WRITERS }, (_, writer) => {
      // Each stage has one writer at a time, so that AWS's order of its names is known.
      const own = stages.filter((_, index) => index % WRITERS === writer);
      return repeat(async () => {
        await write(pick(own), run);
        await pause(Math.random() * WRITE_PAUSE_MS);
      });
    }),
    ...Array.from({ length: READERS }, () => repeat(() => read(pick(stages), run))),
  ]);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  report(mode, run, emulator.calls.count('GetStage'), seconds);
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  await emulator.close();
  return counts.stale;
}

function report(mode, { counts, waits }, calls, seconds) {
  waits.sort((a, b) => a - b);
  const at = (share) => Math.round(waits[Math.floor(waits.length * share)]);
  console.log(
    `Redis ${mode}: ${counts.stale} of ${counts.reads} reads stale (sent up to ${counts.worstMs} ms after the write returned), ${counts.writes} writes (median ${at(0.5)} ms, 99 % ${at(0.99)} ms), ${calls} GetStage, ${counts.refused} refused, ${seconds} s`,
  );
}

for (const mode of modes.split(',')) {
  const stale = await measure(mode);
  if (mode === 'up' && stale > 0) process.exitCode = 1;
}
process.exit();
