import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../harness/free-port.mjs';
import { cpuMs, load, residentMb } from '../harness/load.mjs';
import { medians } from '../harness/measure.mjs';
import { spawnProgram } from '../harness/programs.mjs';
import { authorization, main } from '../harness/stand-in.mjs';
import { fixed } from '../harness/table.mjs';

const ROUNDS = 5;
const [REST_MS, WARM_MS, LOAD_MS, POLL_MS] = [1_000, 1_500, 2_000, 5];

export const title = 'The emulator beside those of other AWS services';
export const notes = `Each starts empty and answers a first request, the list of its resources; then its memory is read after ${REST_MS / 1000} s. Calls/s: one resource read again and again over 32 connections, per second of CPU that the server uses, so on one core. All in turn, median of ${ROUNDS} rounds. \`BENCH_BEFORE\` names the \`dist\` of an older build, \`BENCH_MOTO\` the program \`moto_server\` where it is not in \`PATH\`.`;
export const columns = [
  'server',
  'CPU to the first response',
  '×',
  'time',
  '×',
  'memory, empty',
  '×',
  'calls/s',
  '×',
];

/**
 * @typedef {object} Server
 * @property {string} name
 * @property {(port: number) => import('../harness/programs.mjs').Launch} launch
 * @property {Call} first
 * @property {Call[]} make of the resource that is read
 * @property {(made: any) => Call} read
 * @typedef {{ path: string, headers?: Record<string, string>, body: object }} Call
 */

const program = (name) => fileURLToPath(new URL(`../programs/${name}.mjs`, import.meta.url));

/** @param {string} path @param {object} body @returns {Call} */
const ivs = (path, body) => ({ path, headers: { authorization }, body });

/** @param {string} name @param {string} file @returns {Server} */
const ours = (name, file) => ({
  name,
  launch: (port) => ({ args: [file, 'emulator', '--port', String(port), '--seed', 'empty'] }),
  first: ivs('/ListStages', {}),
  make: [ivs('/CreateStage', { name: 'stage' })],
  read: ({ stage }) => ivs('/GetStage', { arn: stage.arn }),
});

/** @param {string} command @returns {Server} moto has no stages */
const moto = (command) => ({
  name: "moto's server, GetChannel",
  launch: (port) => ({ command, args: ['-H', '127.0.0.1', '-p', String(port)] }),
  first: ivs('/ListChannels', {}),
  make: [ivs('/CreateChannel', { name: 'channel' })],
  read: ({ channel }) => ivs('/GetChannel', { arn: channel.arn }),
});

/** @param {string} operation @param {object} body @returns {Call} */
const dynamo = (operation, body) => ({
  path: '/',
  headers: {
    authorization: authorization.replace('/ivs/', '/dynamodb/'),
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-date': '20260101T000000Z',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
  },
  body,
});
const key = { AttributeName: 'id' };
const item = { id: { S: 'one' } };

/** @returns {Server} */
const dynalite = () => ({
  name: 'dynalite, GetItem',
  launch: (port) => ({ args: [program('dynalite')], env: { PORT: String(port) } }),
  first: dynamo('ListTables', {}),
  make: [
    dynamo('CreateTable', {
      TableName: 'table',
      AttributeDefinitions: [{ ...key, AttributeType: 'S' }],
      KeySchema: [{ ...key, KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
    dynamo('PutItem', { TableName: 'table', Item: { ...item, text: { S: 'x'.repeat(500) } } }),
  ],
  read: () => dynamo('GetItem', { TableName: 'table', Key: item }),
});

function motoServer() {
  const inPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'moto_server'));
  return process.env.BENCH_MOTO ?? inPath.find((file) => existsSync(file));
}

export async function run() {
  const [before, command] = [process.env.BENCH_BEFORE, motoServer()];
  const servers = [
    ours('this build, GetStage', main),
    ...(before ? [ours('an older build, GetStage', join(before, 'main.js'))] : []),
    ...(command ? [moto(command)] : []),
    dynalite(),
  ];
  const results = servers.map(
    () => /** @type {Record<'cpu' | 'wall' | 'memory' | 'calls', number>[]} */ ([]),
  );
  // The first round warms up the file system
  for (let round = -1; round < ROUNDS; round += 1)
    for (const [place, server] of servers.entries()) {
      const result = await measure(server);
      if (round >= 0) results[place]?.push(result);
    }
  const [first, ...others] = results.map((rounds) => medians(rounds, 'cpu', 'wall', 'memory', 'calls'));
  const lines = [first, ...others].map((one, place) => [servers[place]?.name ?? '', ...cells(one, first)]);
  return command ? lines : [...lines, ["moto's server", 'is not installed']];
}

function cells(one, first) {
  const beside = (/** @type {'cpu' | 'wall' | 'memory' | 'calls'} */ name) => fixed(one[name] / first[name]);
  return [
    ...[`${fixed(one.cpu, 0)} ms`, beside('cpu'), `${fixed(one.wall, 0)} ms`, beside('wall')],
    ...[`${fixed(one.memory, 1)} MiB`, beside('memory'), fixed(one.calls, 0), beside('calls')],
  ];
}

/** @param {Server} server */
async function measure({ launch, first, make, read }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const from = performance.now();
  const { pid, stop } = spawnProgram(launch(port));
  try {
    await untilAnswered(url, first);
    const wall = performance.now() - from;
    const cpu = await cpuMs(pid);
    await pause(REST_MS);
    const memory = await residentMb(pid);
    let made;
    for (const call of make) made = await untilAnswered(url, call);
    const { path, headers, body } = read(made);
    const program = { url, pid, path, headers };
    const [text, expected] = [JSON.stringify(body), JSON.stringify(await untilAnswered(url, read(made)))];
    const check = (/** @type {string} */ answer) => {
      if (JSON.stringify(JSON.parse(answer)) !== expected) throw new Error(answer.slice(0, 200));
    };
    await load(program, WARM_MS, () => text, check);
    const { cpuUs } = await load(program, LOAD_MS, () => text, check);
    return { cpu, wall, memory, calls: 1e6 / cpuUs };
  } finally {
    await stop();
  }
}

/** @param {string} url @param {Call} call */
async function untilAnswered(url, { path, headers = {}, body }) {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    };
    const answer = await fetch(url + path, init).catch(() => undefined);
    const text = await answer?.text();
    if (answer?.ok) return JSON.parse(text ?? '');
    // A table is not there at once
    if (performance.now() > deadline) throw new Error(`${path}: ${text ?? 'no response'}`);
    await pause(POLL_MS);
  }
}
