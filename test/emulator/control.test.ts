import { StartViewerSessionRevocationCommand } from '@aws-sdk/client-ivs';
import {
  CreateStageCommand,
  GetParticipantCommand,
  GetStageCommand,
  ListStagesCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate, failureOf, MAIN_STAGE, TOWN_HALL, TOWN_HALL_SESSION } from './support/emulate.ts';

async function emulateControl() {
  const world = await emulate({ seed: 'demo' });
  const command = async (name: string, input: unknown = {}) => {
    const response = await world.post(`/_control/${name}`, JSON.stringify(input), {});
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { ...world, command };
}

test('the list names every command with its input', async () => {
  const { emulator } = await emulateControl();
  const { commands } = (await (await fetch(`${emulator.url}/_control`)).json()) as {
    commands: Record<string, object>;
  };
  expect(commands.leave).toEqual({ stageArn: 'string', participantId: 'string' });
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(emulator.control));
  expect(Object.keys(commands).sort()).toEqual(methods.filter((name) => name !== 'constructor').sort());
});

test('a participant joins, publishes and leaves over HTTP', async () => {
  const { command, realtime } = await emulateControl();
  const joined = await command('join', { stageArn: TOWN_HALL, userId: 'zoe', browserName: 'Lynx' });
  expect(joined).toMatchObject({ status: 200, body: { sessionId: TOWN_HALL_SESSION } });
  const who = { stageArn: TOWN_HALL, participantId: String(joined.body.participantId) };
  expect(await command('publish', who)).toEqual({ status: 200, body: {} });
  const get = new GetParticipantCommand({ ...who, sessionId: TOWN_HALL_SESSION });
  const published = { userId: 'zoe', browserName: 'Lynx', state: 'CONNECTED', published: true };
  expect((await realtime.send(get)).participant).toMatchObject(published);
  await command('leave', who);
  expect((await realtime.send(get)).participant).toMatchObject({ state: 'DISCONNECTED', published: true });
});

test.each([
  ['an unknown command', 'explode', {}, 'GET /_control lists what can be POSTed'],
  ['a command of the prototype', 'constructor', {}, 'GET /_control lists what can be POSTed'],
  ['a list', 'join', [], 'join: the body must be a JSON object'],
  ['an unknown member', 'leave', { stage: TOWN_HALL }, 'leave: stage is not one of stageArn, participantId'],
  ['a missing member', 'leave', { stageArn: TOWN_HALL }, 'leave: participantId must be a string'],
  [
    'a wrong type',
    'join',
    { stageArn: TOWN_HALL, attributes: { a: 1 } },
    'join: attributes must be an object of strings',
  ],
  [
    'a value outside its enum',
    'fail',
    { stageArn: TOWN_HALL, participantId: 'alice0000001', errorCode: 'OOPS' },
    'errorCode must be BITRATE_EXCEEDED',
  ],
  ['an unknown stage', 'join', { stageArn: `${TOWN_HALL}x` }, 'there is no stage'],
  ['no ARN', 'stopStream', { channelArn: '' }, 'there is no channel'],
  [
    'a stream that is not live',
    'stopStream',
    { channelArn: MAIN_STAGE.replace('MainStage001', 'PressRoom001') },
    'is not live',
  ],
  [
    'who is there already',
    'join',
    { stageArn: TOWN_HALL, participantId: 'alice0000001' },
    'has joined already',
  ],
  ['who is not there', 'leave', { stageArn: TOWN_HALL, participantId: 'nobody' }, 'is not connected'],
])('%s is a 400 that says so', async (_, name, input, error) => {
  const { command } = await emulateControl();
  expect(await command(name, input)).toEqual({
    status: 400,
    body: { error: expect.stringContaining(error) },
  });
});

test('a body that is not JSON is a 400', async () => {
  const { post } = await emulateControl();
  expect((await post('/_control/join', '{')).status).toBe(400);
});

test('faults and calls are reachable over HTTP', async () => {
  const { command, realtime } = await emulateControl();
  await command('addFault', { operation: 'ListStages', times: 1, errorType: 'ThrottlingException' });
  expect((await failureOf(realtime.send(new ListStagesCommand({})))).status).toBe(429);
  expect((await command('calls')).body).toEqual({
    counts: { ListStages: 1 },
    statuses: { 429: 1 },
    log: [{ operation: 'ListStages', region: 'us-west-2', input: {}, status: 429 }],
  });
  await command('addFault', { operation: '*', status: 500 });
  await command('clearFaults');
  await realtime.send(new ListStagesCommand({}));
  await command('resetCalls');
  expect((await command('calls')).body).toEqual({ counts: {}, statuses: {}, log: [] });
});

test('reset brings the seeded world back and drops calls, faults and revocations', async () => {
  const { emulator, command, realtime, ivs } = await emulateControl();
  const added = await realtime.send(new CreateStageCommand({}));
  await ivs.send(new StartViewerSessionRevocationCommand({ channelArn: MAIN_STAGE, viewerId: 'v' }));
  emulator.control.leave({ stageArn: TOWN_HALL, participantId: 'alice0000001' });
  emulator.faults.add({ operation: '*', status: 500 });
  await command('reset');
  expect([emulator.calls.count(), emulator.control.revocations()]).toEqual([0, []]);
  const { stage } = await realtime.send(new GetStageCommand({ arn: TOWN_HALL }));
  expect(stage?.activeSessionId).toBe(TOWN_HALL_SESSION);
  const gone = realtime.send(new GetStageCommand({ arn: added.stage?.arn }));
  expect((await failureOf(gone)).status).toBe(404);
});
