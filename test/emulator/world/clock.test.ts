// Time as a test sets it: everything in the emulator follows its clock.
import {
  CreateChannelCommand,
  CreateRecordingConfigurationCommand,
  GetRecordingConfigurationCommand,
  ListChannelsCommand,
} from '@aws-sdk/client-ivs';
import {
  CreateParticipantTokenCommand,
  CreateStageCommand,
  CreateStorageConfigurationCommand,
  type IVSRealTimeClient,
  ListParticipantsCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test, vi } from 'vitest';
import { WorldClock } from '../../../src/emulator/world/clock.ts';
import { ManualClock } from '../support/clock.ts';
import { emulateComposition } from '../support/composition.ts';
import { emulate, failureOf, TOWN_HALL, TOWN_HALL_SESSION } from '../support/emulate.ts';
import { emulateReceiver } from '../support/receiver.ts';

const START = '2026-01-01T00:00:00.000Z';
const HOUR = 3600;

async function emulateCommands(options: Parameters<typeof emulate>[0] = {}) {
  const world = await emulate(options);
  const command = async (name: string, input: unknown = {}) => {
    const response = await world.post(`/_control/${name}`, JSON.stringify(input), {});
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { ...world, command };
}

test('a recording configuration becomes ACTIVE when the clock is advanced, over HTTP', async () => {
  const { ivs, command } = await emulateCommands();
  const { recordingConfiguration: made } = await ivs.send(
    new CreateRecordingConfigurationCommand({ destinationConfiguration: { s3: { bucketName: 'bucket' } } }),
  );
  const state = async () =>
    (await ivs.send(new GetRecordingConfigurationCommand({ arn: made?.arn }))).recordingConfiguration?.state;
  const later = { status: 200, body: { time: '2026-01-01T00:00:04.500Z', frozen: false } };
  expect(await command('advanceClock', { seconds: 4.5 })).toEqual(later);
  expect(await state()).toBe('CREATING');
  await command('advanceClock', { seconds: 0.5 });
  expect(await state()).toBe('ACTIVE');
});

test('a composition ends without a publisher and vanishes', async () => {
  const { emulator, start, get, publisher } = await emulateComposition();
  const { control } = emulator;
  const { arn } = await start();
  control.advanceClock({ seconds: 3 });
  expect((await get(arn))?.state).toBe('ACTIVE');
  control.unpublish(publisher);
  control.advanceClock({ seconds: 63 });
  expect(await get(arn)).toMatchObject({ state: 'STOPPED', endTime: new Date('2026-01-01T00:01:06.000Z') });
  control.advanceClock({ seconds: 300 });
  expect(await failureOf(get(arn))).toMatchObject({ status: 404 });
});

test('a token expires', async () => {
  const { realtime, emulator } = await emulate({ seed: 'demo' });
  const create = new CreateParticipantTokenCommand({ stageArn: TOWN_HALL, duration: 60 });
  const { participantToken } = await realtime.send(create);
  emulator.control.setClock({ time: '2026-01-01T01:00:00Z' });
  expect(() => emulator.control.join({ token: participantToken?.token ?? '' })).toThrow('token has expired');
});

test('the bucket of a call rate refills by this clock, and not while it is frozen or set back', async () => {
  const { ivs, emulator, clock } = await emulate({ callRates: true, burst: 1 });
  const { control } = emulator;
  const list = () => ivs.send(new ListChannelsCommand({}));
  control.freezeClock({ frozen: true });
  await list();
  clock.advance(HOUR * 1000);
  expect(await failureOf(list())).toMatchObject({ status: 429 });
  control.advanceClock({ seconds: 0.2 });
  await list();
  control.setClock({ time: '2025-01-01T00:00:00Z' });
  expect(await failureOf(list())).toMatchObject({ status: 429 });
  control.advanceClock({ seconds: 0.2 });
  await list();
});

const townHall = async (realtime: IVSRealTimeClient) => {
  const session = { stageArn: TOWN_HALL, sessionId: TOWN_HALL_SESSION, maxResults: 100 };
  return (await realtime.send(new ListParticipantsCommand(session))).participants;
};

test('an advanced demo world lives as one whose time has passed', async () => {
  const [leapt, lived] = [
    await emulate({ seed: 'demo', alive: true }),
    await emulate({ seed: 'demo', alive: true }),
  ];
  leapt.emulator.control.advanceClock({ seconds: HOUR });
  const before = await townHall(lived.realtime);
  lived.clock.advance(HOUR * 1000);
  const after = await townHall(lived.realtime);
  expect(after).not.toEqual(before);
  expect(await townHall(leapt.realtime)).toEqual(after);
});

test('a frozen demo world stands still, and continues from its time', async () => {
  const { emulator, clock, realtime, command } = await emulateCommands({ seed: 'demo', alive: true });
  expect((await command('freezeClock', { frozen: true })).body).toEqual({ time: START, frozen: true });
  const before = await townHall(realtime);
  clock.advance(HOUR * 1000);
  expect(await townHall(realtime)).toEqual(before);
  expect(emulator.control.freezeClock({ frozen: false })).toEqual({ time: START, frozen: false });
  clock.advance(60_000);
  expect(emulator.control.clock().time).toBe('2026-01-01T00:01:00.000Z');
  expect(await townHall(realtime)).not.toEqual(before);
});

test('a clock that is advanced by years makes a bounded number of ticks, the last at its end', () => {
  const clock = new WorldClock(new ManualClock());
  const times: string[] = [];
  clock.every(3000, () => times.push(clock.now().toISOString()));
  clock.advanceTo(new Date('2036-01-01T00:00:00Z'));
  expect(times.length).toBeGreaterThan(1000);
  expect(times.length).toBeLessThanOrEqual(1200);
  expect(times.at(-1)).toBe('2036-01-01T00:00:00.000Z');
});

test('after close nothing of an emulator ticks', async () => {
  const source = new ManualClock();
  const tick = vi.fn();
  const clock = new WorldClock(source);
  const stop = clock.every(1000, tick);
  stop();
  source.advance(5000);
  clock.advanceTo(new Date('2026-01-02T00:00:00Z'));
  expect(tick).not.toHaveBeenCalled();
});

test('what is due in several regions and accounts happens in one order, each at its own time', async () => {
  const { emulator, realtimeIn } = await emulate();
  const { control } = emulator;
  const record = async (region: string, wait: number) => {
    const realtime = realtimeIn(region);
    const s3 = { bucketName: `bucket-${region}` };
    const { storageConfiguration } = await realtime.send(new CreateStorageConfigurationCommand({ s3 }));
    const autoParticipantRecordingConfiguration = {
      storageConfigurationArn: storageConfiguration?.arn,
      recordingReconnectWindowSeconds: wait,
    };
    const { stage } = await realtime.send(new CreateStageCommand({ autoParticipantRecordingConfiguration }));
    const stageArn = stage?.arn ?? '';
    const who = { stageArn, participantId: control.join({ stageArn }).participantId };
    control.publish(who);
    control.advanceClock({ seconds: 1 });
    control.unpublish(who);
  };
  await record('us-west-2', 100);
  await record('eu-west-1', 40);
  await record('ap-south-1', 70);
  control.advanceClock({ seconds: HOUR });
  const { events } = control.events({ eventName: 'Recording End' });
  expect(events.map(({ region, time }) => [region, time])).toEqual([
    ['eu-west-1', '2026-01-01T00:00:42Z'],
    ['ap-south-1', '2026-01-01T00:01:13Z'],
    ['us-west-2', '2026-01-01T00:01:41Z'],
  ]);
});

test('set back, what has happened stays, and what is due waits for its time', async () => {
  const { ivs, emulator } = await emulate();
  const { control } = emulator;
  const create = () =>
    ivs.send(
      new CreateRecordingConfigurationCommand({ destinationConfiguration: { s3: { bucketName: 'bucket' } } }),
    );
  const stateOf = async (made: Awaited<ReturnType<typeof create>>) => {
    const { arn } = made.recordingConfiguration ?? {};
    return (await ivs.send(new GetRecordingConfigurationCommand({ arn }))).recordingConfiguration?.state;
  };
  const first = await create();
  control.advanceClock({ seconds: 5 });
  const second = await create();
  control.setClock({ time: '2025-12-31T00:00:00Z' });
  expect(await Promise.all([first, second].map(stateOf))).toEqual(['ACTIVE', 'CREATING']);
  control.advanceClock({ seconds: 24 * HOUR });
  expect(await stateOf(second)).toBe('CREATING');
  control.advanceClock({ seconds: 10 });
  expect(await stateOf(second)).toBe('ACTIVE');
});

test('heartbeats come at their own times', async () => {
  const { control } = await emulateReceiver(undefined, { heartbeat: true, seed: 'demo' });
  control.advanceClock({ seconds: 180 });
  const beats = control.events({ detailType: 'Scheduled Event' }).events;
  expect(beats.filter(({ region }) => region === 'eu-west-1').map(({ time }) => time)).toEqual([
    '2026-01-01T00:01:00Z',
    '2026-01-01T00:02:00Z',
    '2026-01-01T00:03:00Z',
  ]);
});

test('late events and those of CloudTrail follow the clock, also when it is set back', async () => {
  const { ivs, control, put, idle, names, received } = await emulateReceiver();
  control.freezeClock({ frozen: true });
  control.addEventFault({ fault: 'late', delayMs: 3_600_000, eventName: 'Late' });
  put('Late');
  await ivs.send(new CreateChannelCommand({}));
  put('At once');
  await idle();
  expect(names()).toEqual(['At once']);
  control.setClock({ time: '2025-01-01T00:00:00Z' });
  control.advanceClock({ seconds: 2 });
  await idle();
  expect(received.at(-1)?.event.detail.eventName).toBe('CreateChannel');
  control.advanceClock({ seconds: HOUR });
  await idle();
  expect(names().at(-1)).toBe('Late');
});

test('retries are made in real time: the receiver lives in it', async () => {
  const { control, clock, put, idle, received } = await emulateReceiver((response, nth) =>
    response.writeHead(nth === 1 ? 503 : 200).end(),
  );
  put();
  await idle();
  control.advanceClock({ seconds: HOUR });
  control.freezeClock({ frozen: true });
  await idle();
  expect(received).toHaveLength(1);
  clock.advance(1100);
  await idle();
  expect(received).toHaveLength(2);
});

test('an emulator starts at a time, and begins there again after a reset', async () => {
  const { command, realtime } = await emulateCommands({ seed: 'demo', time: '2030-06-01T12:00:00+02:00' });
  const start = { time: '2030-06-01T10:00:00.000Z', frozen: false };
  expect((await command('clock')).body).toEqual(start);
  const before = await townHall(realtime);
  expect(before?.[0]?.firstJoinTime).toEqual(new Date('2030-06-01T09:15:00Z'));
  await command('setClock', { time: '2040-01-01T00:00:00Z' });
  await command('freezeClock', { frozen: true });
  await command('reset');
  expect((await command('clock')).body).toEqual(start);
  expect(await townHall(realtime)).toEqual(before);
});

test.each([
  [
    'setClock',
    {},
    'setClock: time: expected a time of ISO 8601 with a zone, from 1970 to 9998, such as 2026-01-01T12:00:00Z, got none',
  ],
  ['setClock', { time: 'noon' }, 'got "noon"'],
  ['setClock', { time: '2026-01-01T12:00:00' }, 'got "2026-01-01T12:00:00"'],
  ['setClock', { time: '2026-13-01T12:00:00Z' }, 'got "2026-13-01T12:00:00Z"'],
  ['setClock', { time: '1969-01-01T12:00:00Z' }, 'got "1969-01-01T12:00:00Z"'],
  [
    'advanceClock',
    { seconds: -1 },
    'advanceClock: seconds: expected seconds, a number from 0 to 3155760000, got -1',
  ],
  ['advanceClock', { seconds: '1' }, 'got "1"'],
  ['freezeClock', {}, 'freezeClock: frozen: expected a boolean, got none'],
])('%s refuses %j', async (name, input, message) => {
  const { command } = await emulateCommands();
  const { status, body } = await command(name, input);
  expect(status).toBe(400);
  expect(body.error).toContain(message);
});

test('the clock does not go beyond the year 9999', async () => {
  const { command } = await emulateCommands({ time: '9990-01-01T00:00:00Z' });
  const { status, body } = await command('advanceClock', { seconds: 3_155_760_000 });
  expect(status).toBe(400);
  expect(body.error).toContain('until the end of 9998, got 3155760000');
});

test('no clock passes 9998, for what is to come has a year with four digits: it stands there', async () => {
  const { command, clock, emulator, realtime } = await emulateCommands({ time: '9998-12-31T23:00:00Z' });
  const LAST = '9998-12-31T23:59:59.999Z';
  clock.advance(7200 * 1000);
  expect((await command('clock')).body.time).toBe(LAST);
  const { stage } = await realtime.send(new CreateStageCommand({ name: 'late' }));
  const token = new CreateParticipantTokenCommand({ stageArn: stage?.arn, duration: 20_160 });
  expect((await realtime.send(token)).participantToken?.expirationTime?.toISOString()).toBe(
    '9999-01-14T23:59:59.000Z',
  );
  // An account whose clock is ahead of the common one
  emulator.control.setClock({ time: '2026-01-01T00:00:00Z' });
  emulator.control.setClock({ time: '9000-01-01T00:00:00Z', account: '000000000001' });
  emulator.control.setClock({ time: '5000-01-01T00:00:00Z' });
  expect(emulator.control.clock({ account: '000000000001' }).time).toBe(LAST);
});

test('a wrong time at the start is an error', async () => {
  await expect(emulate({ time: 'tomorrow' })).rejects.toThrow('startEmulator: time: expected a time');
});
