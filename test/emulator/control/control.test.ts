import { connect } from 'node:net';
import { StartViewerSessionRevocationCommand } from '@aws-sdk/client-ivs';
import {
  CreateStageCommand,
  GetParticipantCommand,
  GetStageCommand,
  ListStagesCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test, vi } from 'vitest';
import { emulate, failureOf, MAIN_STAGE, TOWN_HALL, TOWN_HALL_SESSION } from '../support/emulate.ts';

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
  const { commands, kinds } = (await (await fetch(`${emulator.url}/_control`)).json()) as {
    commands: Record<string, { meaning: string; members: Record<string, string> }>;
    kinds: Record<string, string>;
  };
  const { meaning, members } = commands.leave ?? {};
  expect(meaning).toBe('A participant leaves. The session ends with the last one.');
  expect(members).toEqual({ account: 'account?', stageArn: 'string', participantId: 'string' });
  const used = new Set(Object.values(commands).flatMap((command) => Object.values(command.members)));
  for (const kind of used) expect(kinds[kind.replace('?', '')]).toEqual(expect.any(String));
  const methods: string[] = [];
  let own = Object.getPrototypeOf(emulator.control);
  for (; own !== Object.prototype; own = Object.getPrototypeOf(own))
    methods.push(...Object.getOwnPropertyNames(own));
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
  ['a list', 'join', [], 'join: expected a JSON object, got a list of 0'],
  [
    'an unknown member',
    'leave',
    { stage: TOWN_HALL },
    'leave: expected members among stageArn, participantId, account, got "stage"',
  ],
  ['a member too many', 'resetCalls', { all: true }, 'resetCalls: expected members among account, got "all"'],
  [
    'a member of the prototype',
    'leave',
    JSON.parse('{"__proto__":1}'),
    'leave: expected members among stageArn, participantId, account, got "__proto__"',
  ],
  ['a missing member', 'leave', { stageArn: TOWN_HALL }, 'leave: participantId: expected a string of'],
  [
    'an id that is too long',
    'leave',
    { stageArn: TOWN_HALL, participantId: 'x'.repeat(129) },
    'leave: participantId: expected a string of at most 128 characters, none of them a control character, got "xxx',
  ],
  [
    'an id with a control character',
    'leave',
    { stageArn: TOWN_HALL, participantId: 'a\nb' },
    'none of them a control character, got "a\\nb"',
  ],
  [
    'a user id that is too long',
    'join',
    { stageArn: TOWN_HALL, userId: '🎥'.repeat(129) },
    'join: userId: expected a string of at most 128 characters, got',
  ],
  [
    'an attribute of another type',
    'join',
    { stageArn: TOWN_HALL, attributes: { a: 1 } },
    'join: attributes.a: expected a string, got 1',
  ],
  [
    'a list of attributes',
    'join',
    { stageArn: TOWN_HALL, attributes: ['a'] },
    'join: attributes: expected an object whose names and values have at most 1024 bytes together, got a list of 1',
  ],
  [
    'attributes that are too long',
    'join',
    { stageArn: TOWN_HALL, attributes: { a: 'x'.repeat(1024) } },
    'attributes: expected an object whose names and values have at most 1024 bytes together, got 1025 bytes',
  ],
  [
    'attributes that are too long for a new token',
    'exchangeToken',
    { stageArn: TOWN_HALL, participantId: 'alice0000001', attributes: { a: 'x'.repeat(1024) } },
    'attributes: expected an object whose names and values have at most 1024 bytes together, got 1025 bytes',
  ],
  [
    'a capability that does not exist',
    'exchangeToken',
    { stageArn: TOWN_HALL, participantId: 'alice0000001', capabilities: ['FLY'] },
    'exchangeToken: capabilities[0]: expected one of PUBLISH, SUBSCRIBE, got "FLY"',
  ],
  [
    'capabilities without end',
    'exchangeToken',
    { stageArn: TOWN_HALL, participantId: 'alice0000001', capabilities: Array(3).fill('PUBLISH') },
    'exchangeToken: capabilities: expected a list of at most 2, got a list of 3',
  ],
  [
    'a value outside its enum',
    'fail',
    { stageArn: TOWN_HALL, participantId: 'alice0000001', errorCode: 'OOPS' },
    'errorCode: expected one of BITRATE_EXCEEDED',
  ],
  [
    'a negative number of viewers',
    'startStream',
    { channelArn: MAIN_STAGE, viewerCount: -2 },
    'startStream: viewerCount: expected a whole number from -1 to 2147483647, got -2',
  ],
  [
    'more viewers than AWS can count',
    'startStream',
    { channelArn: MAIN_STAGE, viewerCount: 2 ** 31 },
    'got 2147483648',
  ],
  ['calls of no operation', 'calls', { operation: '*' }, 'calls: operation: expected an operation of IVS'],
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

test.each([
  [
    'POST',
    'jion',
    404,
    '/_control/jion: expected a command, as GET /_control lists them, got an unknown one: did you mean join?',
  ],
  ['POST', 'constructor', 404, 'got an unknown one'],
  ['GET', 'join', 405, '/_control/join: expected POST, got GET'],
  ['PUT', 'calls', 405, '/_control/calls: expected GET or POST, got PUT'],
  ['POST', '', 405, 'expected GET, got POST'],
  ['POST', 'openapi.json', 405, 'expected GET, got POST'],
])('%s %s is a %i', async (method, name, status, error) => {
  const { emulator } = await emulateControl();
  const response = await fetch(`${emulator.url}/_control/${name}`, { method });
  expect([response.status, await response.json()]).toEqual([
    status,
    { error: expect.stringContaining(error) },
  ]);
  const [, allow = null] = /expected (.*), got [A-Z]+$/.exec(error) ?? [];
  expect(response.headers.get('allow')).toBe(allow?.replace(' or ', ', ') ?? null);
});

test.each([
  [
    'addFault',
    { operation: 'GetStag', status: 500 },
    'addFault: operation: expected an operation of IVS, such as GetStage, or * for all, got "GetStag": did you mean GetStage?',
  ],
  [
    'calls',
    { operation: 'getstage' },
    'calls: operation: expected an operation of IVS, such as GetStage, got "getstage": did you mean GetStage?',
  ],
  ['join', { stageArn: TOWN_HALL, protocol: 'whip' }, 'got "whip": did you mean WHIP?'],
  ['leave', { stageArm: TOWN_HALL }, 'got "stageArm": did you mean stageArn?'],
  [
    'addFault',
    { operation: '*', sequence: [] },
    'addFault: sequence: expected a list of 1 to 100, got a list of 0',
  ],
  ['addFault', { operation: '*', sequence: ['pas'] }, 'addFault: sequence[0]: expected'],
  ['addFault', { operation: '*', sequence: [{ status: 1 }] }, 'addFault: sequence[0]: status: expected'],
  ['leave', { stageArn: `${TOWN_HALL}x`, participantId: 'a' }, 'leave: stageArn: there is no stage'],
  ['stopIngest', {}, 'stopIngest: there is no ingest configuration'],
  ['join', { token: 'a.b.c' }, 'join: token was not made'],
  ['leave', { stageArn: TOWN_HALL, participantId: 'x'.repeat(129) }, `"${'x'.repeat(100)}"… of 129`],
])('%s %j says which command, which member and what was probably meant', async (name, input, error) => {
  const { command } = await emulateControl();
  const { status, body } = await command(name, input);
  expect([status, body.error]).toEqual([400, expect.stringContaining(error)]);
});

test('a number that JSON cannot hold is a 400', async () => {
  const { post } = await emulateControl();
  const response = await post('/_control/startStream', `{"channelArn":"${MAIN_STAGE}","viewerCount":1e999}`);
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: 'startStream: viewerCount: expected a whole number from -1 to 2147483647, got Infinity' },
  ]);
});

test('a body that is not JSON is a 400', async () => {
  const { post } = await emulateControl();
  expect((await post('/_control/join', '{')).status).toBe(400);
});

test('a body over 1 MB is a 413', async () => {
  const { post } = await emulateControl();
  const response = await post('/_control/join', `{"userId":"${'x'.repeat(1024 * 1024)}"}`);
  expect([response.status, await response.json()]).toEqual([
    413,
    { error: 'join: The body may have at most 1048576 bytes' },
  ]);
});

test('a query does not hide a command', async () => {
  const { emulator } = await emulateControl();
  expect((await fetch(`${emulator.url}/_control?pretty`)).status).toBe(200);
});

test('an unexpected error is a 500, and logged', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { emulator, command } = await emulateControl();
  vi.spyOn(emulator.control, 'leave').mockImplementation(() => {
    throw new Error('a fault of ours');
  });
  const input = { stageArn: TOWN_HALL, participantId: 'alice0000001' };
  expect(await command('leave', input)).toEqual({ status: 500, body: { error: 'An unexpected error' } });
  expect(log).toHaveBeenCalledTimes(1);
});

test('a client that leaves in the middle of a command is not logged', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { emulator, command } = await emulateControl();
  const half = connect(Number(new URL(emulator.url).port), '127.0.0.1');
  const head = 'POST /_control/join HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{';
  await new Promise((sent) => half.write(head, sent));
  half.destroy();
  expect((await command('calls')).status).toBe(200);
  expect(log).not.toHaveBeenCalled();
});

test('faults and calls are reachable over HTTP', async () => {
  const { command, realtime } = await emulateControl();
  await command('addFault', { operation: 'ListStages', times: 1, errorType: 'ThrottlingException' });
  expect((await failureOf(realtime.send(new ListStagesCommand({})))).status).toBe(429);
  expect((await command('calls')).body).toEqual({
    counts: { ListStages: 1 },
    statuses: { 429: 1 },
    log: [expect.objectContaining({ operation: 'ListStages', status: 429, fault: 'fault-1' })],
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
