// What each operation costs the emulator in a world with a crowd: a stage with so many participants present, one with as
// many in a past session, one with as many past sessions. CPU is of the main thread, without garbage collection.
// npm run build && node bench/emulator-crowd.mjs [participants] [dist] [what]
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changes, idOf, reads, timesOf } from './crowd/cases.mjs';
import { startWatched } from './crowd/program.mjs';
import { fixed, table } from './harness/table.mjs';

const [, , participants = '100000', dist = 'dist', wanted = ''] = process.argv;
const SIZE = Number(participants);
const AT_ONCE = 16;
const arn = 'arn:aws:ivs:us-west-2:123456789012:stage';
const sessionIdOf = (/** @type {number} */ index) => `st-${String(index).padStart(13, '0')}`;

const many = (/** @type {(index: number) => object} */ one) =>
  Array.from({ length: SIZE }, (_, index) => one(index));
const [startedAt, endedAt] = ['-2d', '-1d'];
const world = {
  stages: [
    { id: 'Live00000001', name: 'live' },
    { id: 'Other0000001', name: 'other' },
    {
      id: 'Past00000001',
      name: 'past',
      sessions: [
        {
          id: sessionIdOf(0),
          startedAt,
          endedAt,
          participants: many((index) => ({ participantId: idOf(index), userId: `u${index % 1000}` })),
        },
      ],
    },
    {
      id: 'Many00000001',
      name: 'many',
      sessions: many((index) => ({
        id: sessionIdOf(index),
        startedAt: new Date(Date.UTC(2020, 0, 1) + index * 60_000).toISOString(),
        endedAt: new Date(Date.UTC(2020, 0, 1) + index * 60_000 + 30_000).toISOString(),
        participants: [{ participantId: `m${index}`, userId: `u${index % 1000}` }],
      })),
    },
  ],
  channels: [{ id: 'Channel00001', name: 'channel' }],
  encoderConfigurations: [{ id: 'Encoder00001', name: 'encoder' }],
};

const folder = await mkdtemp(join(tmpdir(), 'crowd-'));
const file = join(folder, 'world.json');
await writeFile(file, JSON.stringify(world));
const from = performance.now();
const emulator = await startWatched(dist, ['--world', file]);
console.log(
  `${SIZE} participants in a past session and ${SIZE} past sessions, from a world file: ${fixed((performance.now() - from) / 1000, 1)} s, ${fixed(await emulator.memoryMb(), 0)} MB`,
);
await rm(folder, { recursive: true });

/** @type {(string | number)[][]} */
const lines = [];
/** @param {string} what @param {string} path @param {(index: number) => object} bodyOf @param {number} times */
async function measure(what, path, bodyOf, times) {
  if (!what.includes(wanted)) return;
  const results = [];
  for (let index = 0; index < times; index += 1) results.push(await emulator.measure(path, bodyOf(index)));
  const [wall, cpu, gc] = /** @type {const} */ (['wall', 'cpu', 'gc']).map((name) =>
    results.map((one) => one[name]).sort((a, b) => a - b),
  );
  const [most, middle] = [
    (/** @type {number[]} */ all) => all.at(-1) ?? 0,
    (/** @type {number[]} */ all) => all[all.length >> 1] ?? 0,
  ];
  lines.push([
    what,
    times,
    ...[middle(wall), most(wall), middle(cpu), most(cpu), most(gc)].map((ms) => fixed(ms)),
  ]);
}

const live = `${arn}/Live00000001`;
const joining = (/** @type {number} */ index) => ({
  stageArn: live,
  participantId: idOf(index),
  userId: `u${index % 1000}`,
  attributes: { role: 'viewer' },
});
await measure(
  'control join, the first ones',
  '/_control/join',
  (index) => joining(index),
  Math.min(1000, SIZE),
);
let next = wanted ? 0 : Math.min(1000, SIZE);
const joinAll = async () => {
  while (next < SIZE) await emulator.post('/_control/join', joining(next++));
};
const began = performance.now();
await Promise.all(Array.from({ length: AT_ONCE }, joinAll));
console.log(
  `${SIZE} joined over HTTP, ${AT_ONCE} at once: ${fixed((performance.now() - began) / 1000, 1)} s, ${fixed(await emulator.memoryMb(), 0)} MB\n`,
);

const { stage } = await emulator.post('/GetStage', { arn: live });
const { ingestConfiguration } = await emulator.post('/CreateIngestConfiguration', {
  stageArn: live,
  ingestProtocol: 'RTMPS',
  userId: 'encoder',
});
const crowd = {
  live: { stageArn: live, sessionId: stage.activeSessionId },
  past: { stageArn: `${arn}/Past00000001`, sessionId: sessionIdOf(0) },
  many: `${arn}/Many00000001`,
  otherStageArn: `${arn}/Other0000001`,
  channelArn: 'arn:aws:ivs:us-west-2:123456789012:channel/Channel00001',
  encoderArn: 'arn:aws:ivs:us-west-2:123456789012:encoder-configuration/Encoder00001',
  ingestArn: ingestConfiguration.arn,
  size: SIZE,
};
for (const one of [...reads(crowd), ...changes(crowd)]) await measure(one[0], one[1], one[2], timesOf(one));

await measure('control snapshot', '/_control/snapshot', () => ({ name: 'crowd' }), 3);
await measure('GetStage after it', '/GetStage', () => ({ arn: live }), 1);
await measure('control restore', '/_control/restore', () => ({ id: 'crowd' }), 3);
await measure(
  'control join after it',
  '/_control/join',
  (index) => ({ stageArn: live, participantId: `again${index}` }),
  3,
);

// One publisher to whom all others are subscribed
await emulator.post('/_control/publish', { stageArn: live, participantId: idOf(1) });
let subscriber = SIZE / 4;
const subscribeAll = async () => {
  while (subscriber < SIZE)
    await emulator.post('/_control/subscribe', {
      stageArn: live,
      participantId: idOf(subscriber++),
      remoteParticipantId: idOf(1),
    });
};
if (!wanted || wanted.includes('publisher')) await Promise.all(Array.from({ length: AT_ONCE }, subscribeAll));
await measure(
  'control leave, a publisher to whom all are subscribed',
  '/_control/leave',
  () => ({ stageArn: live, participantId: idOf(1) }),
  1,
);
await measure(
  'GetParticipant after it',
  '/GetParticipant',
  () => ({ ...crowd.live, participantId: idOf(SIZE - 1) }),
  30,
);
await measure('DeleteStage, all present', '/DeleteStage', () => ({ arn: live }), 1);
await measure('DeleteStage, a past session of all', '/DeleteStage', () => ({ arn: crowd.past.stageArn }), 1);
await measure('control restore of all', '/_control/restore', () => ({ id: 'crowd' }), 1);
await measure('control reset', '/_control/reset', () => ({ seed: 'empty' }), 1);
console.log(
  table(['what', 'calls', 'wall median ms', 'wall most', 'CPU median ms', 'CPU most', 'GC most'], lines),
);
emulator.stop();
process.exit();
