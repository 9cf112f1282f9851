// Good and hostile traffic side by side, for some minutes, against the real program on its embedded emulator. It ends well
// when every good request was answered well, memory is flat, and the program stops in order.
// npm run build && node bench/soak.mjs [minutes]
import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const MINUTES = Number(process.argv[2] ?? 4);
const [SAMPLE_MS, WARM_UP_SHARE, GROWTH] = [1000, 0.2, 1.15];
const arn = 'arn:aws:ivs:us-west-2:123456789012';

const program = spawn(process.execPath, ['dist/main.js'], {
  env: { PATH: process.env.PATH, PORT: '0', IVS_CALL_RATES: rates() },
  stdio: ['ignore', 'pipe', 'pipe'],
});
let errors = '';
program.stderr.on('data', (text) => (errors += text));
while (!/"msg":"started"/.test(errors)) await once(program.stderr, 'data');
const url = /http:\/\/[\d.]+:\d+/.exec(errors)[0];
errors = '';
const { hostname, port } = new URL(url);
const endAt = Date.now() + MINUTES * 60_000;
const counts = {};
const lost = [];

/** AWS's own rates would let most of the traffic wait. */
function rates() {
  const calls = ['ListStages', 'ListParticipants', 'GetParticipant', 'ListChannels', 'BatchGetChannel'];
  return [...calls, 'CreateStage', 'DeleteStage', 'GetStage', 'GetStageSession']
    .map((name) => `${name}=500`)
    .join();
}

const post = (body, init) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'cache-control': randomInt(2) ? 'no-cache' : 'max-age=60',
    },
    body,
    ...init,
  });
const ask = async (query, variables) => (await post(JSON.stringify({ query, variables }))).json();

/** A raw connection that nobody waits for longer than `ms`. */
async function raw(text, { ms = 2000, reads = true } = {}) {
  const socket = connect(Number(port), hostname).on('error', () => {});
  if (!reads) socket.pause();
  else socket.resume();
  socket.write(text);
  await Promise.race([once(socket, 'close').catch(() => {}), pause(ms)]);
  socket.destroy();
}
const head = (length) =>
  `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

const PEOPLE = `{ stages(first: 10) { nodes { name activeSession { sessionId participants(first: 20) {
  nodes { userId state browserName } } } } } channels(first: 10) { nodes { name playbackUrl } } }`;

/** Each answers whether all is well; there is no other answer that is. */
const good = {
  nested: async () => {
    const { data, errors } = await ask(PEOPLE);
    return !errors && data.stages.nodes.length === 10;
  },
  aliases: async () => {
    const { data, errors } = await ask('{ a: stages { nodes { arn } } b: stages { nodes { name } } }');
    return !errors && data.a.nodes.length === data.b.nodes.length;
  },
  mutations: async () => {
    const made = await ask(
      `mutation { createStage(input: { name: "soak" }) { ... on CreateStagePayload { stage { arn } } } }`,
    );
    const stage = made.data?.createStage.stage?.arn;
    const gone = await ask(`mutation { deleteStage(input: { arn: "${stage}" }) { __typename } }`);
    return gone.data?.deleteStage.__typename === 'DeleteStagePayload';
  },
  wrong: async () => (await ask('{ nothing }')).errors?.length === 1,
  alive: async () => (await fetch(`${url}/livez`)).ok && (await fetch(`${url}/metrics`)).ok,
};

const hostile = {
  cancelled: () => post(JSON.stringify({ query: PEOPLE }), { signal: AbortSignal.timeout(randomInt(1, 60)) }),
  halfBody: () => raw(`${head(1000)}{"query":`, { ms: randomInt(10, 1000) }),
  halfHeaders: () => raw('POST /graphql HTTP/1.1\r\nhost:', { ms: randomInt(10, 1000) }),
  slowReader: () => {
    const body = JSON.stringify({ query: PEOPLE });
    return raw((head(body.length) + body).repeat(20), { ms: 3000, reads: false });
  },
  giantBody: () => post(JSON.stringify({ query: `{ __typename } # ${'x'.repeat(3 * 2 ** 20)}` })),
  deep: () =>
    ask(
      `{ stage(arn: "${arn}:stage/TownHall0001") { ${'activeSession { stage { '.repeat(200)} name ${'} } '.repeat(200)} } }`,
    ),
  wide: () => ask(`{ ${Array.from({ length: 2000 }, (_, i) => `a${i}: __typename`).join(' ')} }`),
  randomBytes: () => raw(randomBytes(randomInt(1, 5000)), { ms: 500 }),
  randomBody: () => post(randomBytes(randomInt(1, 5000))),
};

async function drive(name, request, isGood) {
  while (Date.now() < endAt) {
    counts[name] = (counts[name] ?? 0) + 1;
    const outcome = await Promise.resolve(request()).catch((error) => error);
    if (isGood && outcome !== true) lost.push(`${name}: ${outcome?.stack ?? outcome}`);
    await pause(randomInt(5, 100));
  }
}

const samples = [];
async function watch() {
  while (Date.now() < endAt) {
    const status = readFileSync(`/proc/${program.pid}/status`, 'utf8');
    const rss = Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
    samples.push({ rss, handles: readdirSync(`/proc/${program.pid}/fd`).length });
    await pause(SAMPLE_MS);
  }
}

await Promise.all([
  watch(),
  ...Object.entries(good).map(([name, request]) => drive(name, request, true)),
  ...Object.entries(hostile).map(([name, request]) => drive(name, request, false)),
]);
const isAlive = program.exitCode === null && (await good.nested().catch(() => false));
program.kill('SIGTERM');
const [code] = await once(program, 'close');

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const warm = samples.slice(Math.floor(samples.length * WARM_UP_SHARE));
const quarter = (i) => warm.slice(Math.floor((i * warm.length) / 4), Math.floor(((i + 1) * warm.length) / 4));
const quarters = [0, 1, 2, 3].map((i) => ({
  rssMB: Math.round(median(quarter(i).map(({ rss }) => rss))),
  handles: median(quarter(i).map(({ handles }) => handles)),
}));
const isFlat =
  quarters[3].rssMB <= quarters[0].rssMB * GROWTH && quarters[3].handles <= quarters[0].handles * 1.5;
console.table(quarters);
console.log(counts);
console.log({ lost: lost.length, isFlat, isAlive, code, logged: errors.split('\n').length - 1 });
for (const line of [...lost.slice(0, 5), errors.slice(0, 2000)]) if (line) console.log(line);
process.exitCode = lost.length === 0 && isFlat && isAlive && code === 0 ? 0 : 1;
