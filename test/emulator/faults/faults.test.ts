import { connect } from 'node:net';
import { CreateStageCommand, GetStageCommand, ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test, vi } from 'vitest';
import type { Fault } from '../../../src/emulator/faults/fault.ts';
import { authorization, emulate, failureOf, TOWN_HALL } from '../support/emulate.ts';

const OTHER = '210987654321';
const stages = () => new ListStagesCommand({});

test('an error strikes as often as it is told to and no other operation', async () => {
  const { emulator, realtime } = await emulate({ seed: 'demo' });
  emulator.faults.add({
    operation: 'ListStages',
    times: 2,
    errorType: 'ThrottlingException',
    message: 'Slow down',
  });
  await realtime.send(new GetStageCommand({ arn: TOWN_HALL }));
  const throttled = { name: 'ThrottlingException', status: 429, message: 'Slow down' };
  expect(await failureOf(realtime.send(stages()))).toEqual(throttled);
  expect(await failureOf(realtime.send(stages()))).toEqual(throttled);
  expect((await realtime.send(stages())).stages).toHaveLength(14);
  expect(emulator.calls.log('ListStages').map(({ status }) => status)).toEqual([429, 429, 200]);
});

test('a star strikes every operation until it is cleared', async () => {
  const { emulator, realtime } = await emulate({ seed: 'demo' });
  emulator.faults.add({ operation: '*', status: 503 });
  expect((await failureOf(realtime.send(stages()))).status).toBe(503);
  expect((await failureOf(realtime.send(new GetStageCommand({ arn: TOWN_HALL })))).status).toBe(503);
  emulator.faults.clear();
  await realtime.send(stages());
});

test('a match chooses by the input', async () => {
  const { emulator, realtime } = await emulate({ seed: 'demo' });
  emulator.faults.add({
    operation: 'GetStage',
    match: ({ arn }) => arn === TOWN_HALL,
    errorType: 'AccessDeniedException',
  });
  const denied = realtime.send(new GetStageCommand({ arn: TOWN_HALL }));
  expect(await failureOf(denied)).toMatchObject({ name: 'AccessDeniedException', status: 403 });
  const other = realtime.send(
    new GetStageCommand({ arn: TOWN_HALL.replace('TownHall0001', 'OpenMic00001') }),
  );
  expect((await other).stage?.name).toBe('open-mic');
});

test('before the act nothing is created, afterwards it is', async () => {
  const { emulator, realtime } = await emulate();
  emulator.faults.add({ operation: 'CreateStage', times: 1, status: 500 });
  await failureOf(realtime.send(new CreateStageCommand({ name: 'before' })));
  emulator.faults.add({ operation: 'CreateStage', times: 1, status: 500, afterwards: true });
  await failureOf(realtime.send(new CreateStageCommand({ name: 'afterwards' })));
  expect((await realtime.send(stages())).stages?.map(({ name }) => name)).toEqual(['afterwards']);
});

test('a raw body and headers are sent as they are', async () => {
  const { emulator, post } = await emulate();
  const body = '<html>Bad Gateway</html>';
  emulator.faults.add({
    operation: 'ListStages',
    status: 502,
    body,
    headers: { 'content-type': 'text/html' },
  });
  const response = await post('/ListStages', '{}');
  expect(response.status).toBe(502);
  expect(response.headers.get('content-type')).toBe('text/html');
  expect(await response.text()).toBe(body);
  expect(emulator.calls.log()).toMatchObject([{ status: 502, output: body }]);
});

test('a reset cuts the connection', async () => {
  const { emulator, post } = await emulate();
  emulator.faults.add({ operation: 'ListStages', times: 1, reset: true });
  await expect(post('/ListStages', '{}')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(emulator.calls.log()[0]?.status).toBeUndefined();
});

const ok = { operation: 'ListStages' };
const statuses = 'status: expected a whole number from 200 to 599';
const delays = 'delayMs: expected milliseconds, a whole number from 1 to 3600000';

test.each<[string, object, string]>([
  ['an operation that does not exist', { operation: 'ListStage' }, 'operation: expected an operation of IVS'],
  ['an operation of the prototype', { operation: 'constructor' }, 'or * for all, got "constructor"'],
  ['no operation', { status: 500 }, 'or * for all, got none'],
  ['a status below all', { ...ok, status: 99 }, `${statuses}, got 99`],
  ['an interim status, after which an answer must come', { ...ok, status: 101 }, `${statuses}, got 101`],
  ['a status above all', { ...ok, status: 1000 }, `${statuses}, got 1000`],
  ['a status with a fraction', { ...ok, status: 500.5 }, `${statuses}, got 500.5`],
  ['a status that is a string', { ...ok, status: '500' }, `${statuses}, got "500"`],
  ['a negative delay', { ...ok, delayMs: -1 }, `${delays}, got -1`],
  ['a delay that no timer keeps', { ...ok, delayMs: 2 ** 31 }, `${delays}, got 2147483648`],
  ['no times', { ...ok, times: 0 }, 'times: expected a whole number from 1 to 1000000, got 0'],
  ['a switch that is a string', { ...ok, hang: 'yes' }, 'hang: expected a boolean, got "yes"'],
  ['a body that is an object', { ...ok, body: {} }, 'body: expected a string, got an object'],
  ['an error type with a newline', { ...ok, errorType: 'A\nB' }, 'and any of _ . : # / -, got "A\\nB"'],
  [
    'a header name with a space',
    { ...ok, headers: { 'x a': 'b' } },
    'headers, a name in it: expected the name of an HTTP header other than content-length, transfer-encoding and trailer, got "x a"',
  ],
  ['a header name that is empty', { ...ok, headers: { '': 'b' } }, 'transfer-encoding and trailer, got ""'],
  ['a header that frames', { ...ok, headers: { 'Content-Length': '1' } }, 'got "Content-Length"'],
  ['a trailer that never comes', { ...ok, status: 500, headers: { trailer: 'x' } }, 'got "trailer"'],
  ['a header with a newline', { ...ok, headers: { a: 'b\nc' } }, 'that an HTTP header may hold, got "b\\nc"'],
  [
    'a header beyond Latin-1',
    { ...ok, headers: { a: '🎥' } },
    'headers.a: expected a string of at most 1024',
  ],
  ['a header that is a number', { ...ok, headers: { a: 1 } }, 'that an HTTP header may hold, got 1'],
  ['a list of headers', { ...ok, headers: ['a'] }, 'headers: expected an object with at most 50 members'],
  ['an unknown member', { ...ok, code: 500 }, 'addFault: expected members among operation, account, region'],
  ['a match that is no object', { ...ok, status: 500, match: true }, 'match: expected an object, got true'],
  [
    'a match of a member that the operation does not have',
    { ...ok, status: 500, match: { maxResult: 1 } },
    'addFault: match: unknown member: did you mean maxResults? (got "maxResult")',
  ],
  [
    'a match of another type',
    { ...ok, status: 500, match: { maxResults: '1' } },
    'addFault: match.maxResults: expected a number, got "1"',
  ],
  ['an account that is a name', { ...ok, status: 500, account: 'mine' }, 'account: expected an account id'],
  ['a region that is none', { ...ok, status: 500, region: 'here' }, 'region: expected a region such as'],
  [
    'a fault that does nothing',
    { ...ok, times: 1 },
    'addFault: expected at least one of delayMs, hang, reset',
  ],
  ['a switch that is off', { ...ok, hang: false }, 'addFault: expected at least one of delayMs, hang, reset'],
  [
    'a hang with a status',
    { ...ok, hang: true, status: 500 },
    'hang: expected no status beside it, got both',
  ],
  ['a hang and a reset', { ...ok, hang: true, reset: true }, 'hang: expected no reset beside it, got both'],
  ['a hang that is cut off', { ...ok, hang: true, truncate: 0 }, 'hang: expected no truncate beside it'],
  ['a reset with a status', { ...ok, reset: true, status: 500 }, 'reset: expected no status beside it'],
  ['a slow reset', { ...ok, reset: true, dripMs: 1 }, 'reset: expected no dripMs beside it, got both'],
  ['throttling of another kind', { ...ok, throttle: true, status: 503 }, 'throttle: expected no status'],
  [
    'a message that the body hides',
    { ...ok, status: 500, body: '', message: 'x' },
    'body: expected no message beside it, got both',
  ],
  [
    'a message of no error',
    { ...ok, message: 'x' },
    'message: expected one of status, errorType beside it, got none',
  ],
  [
    'headers of no response',
    { ...ok, headers: { a: 'b' } },
    'headers: expected one of status, errorType, body',
  ],
  ['a delay afterwards', { ...ok, delayMs: 1, afterwards: true }, 'afterwards: expected one of hang, reset'],
  ['a seed without odds', { ...ok, status: 500, seed: 1 }, 'seed: expected one of probability beside it'],
  [
    'odds of nothing',
    { ...ok, status: 500, probability: 0 },
    'probability: expected a number above 0, at most 1',
  ],
  [
    'an error that succeeds',
    { ...ok, status: 200, errorType: 'ConflictException' },
    'status: expected 400 to 599 beside errorType, got 200',
  ],
  [
    'a body where there is none',
    { ...ok, status: 204, body: '{}' },
    'body: expected none beside status 204, which has no body',
  ],
  [
    'a whole body that is cut off',
    { ...ok, truncate: 1 },
    'truncate: expected a number from 0 to less than 1',
  ],
  [
    'a body of nothing that is cut off',
    { ...ok, status: 500, body: '', truncate: 0.5 },
    'truncate: expected a response with a body, got none (status 500)',
  ],
  ['an empty sequence', { ...ok, sequence: [] }, 'sequence: expected a list of 1 to 100, got a list'],
  [
    'a sequence of something else',
    { ...ok, sequence: ['fail'] },
    'sequence[0]: expected "pass" or the effect of a fault, got "fail"',
  ],
  [
    'a sequence with a wrong effect',
    { ...ok, sequence: ['pass', { status: 99 }] },
    `addFault: sequence[1]: ${statuses}, got 99`,
  ],
  [
    'a sequence in a sequence',
    { ...ok, sequence: [{ sequence: ['pass'] }] },
    'addFault: sequence[0]: expected members among delayMs',
  ],
  [
    'a sequence without an effect',
    { ...ok, sequence: ['pass', 'pass'] },
    'addFault: sequence: expected at least one effect, got only "pass"',
  ],
  ['a body over no time', { ...ok, dripMs: 0 }, 'dripMs: expected milliseconds, a whole number from 1'],
  ['no delay', { ...ok, delayMs: 0 }, 'delayMs: expected milliseconds, a whole number from 1'],
  ['a sequence beside an effect', { ...ok, sequence: ['pass'], status: 500 }, 'sequence: expected no status'],
  [
    'a sequence so many times',
    { ...ok, sequence: ['pass'], times: 2 },
    'sequence: expected no times beside it',
  ],
])('%s is refused when the fault is set', async (_, fault, message) => {
  const { emulator, post } = await emulate();
  const response = await post('/_control/addFault', JSON.stringify(fault), {});
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: expect.stringContaining(message) },
  ]);
  expect(() => emulator.faults.add(fault as Fault)).toThrow(message);
  expect((await post('/ListStages', '{}')).status).toBe(200);
});

test('no more than a hundred faults wait', async () => {
  const { emulator } = await emulate();
  const fault = { operation: 'GetStage', status: 500 };
  for (let count = 0; count < 100; count += 1) emulator.faults.add(fault);
  expect(() => emulator.faults.add(fault)).toThrow('addFault: expected at most 100 faults at a time');
  emulator.faults.add({ ...fault, account: OTHER });
  emulator.faults.clear();
  emulator.faults.add(fault);
});

test('an answer that cannot be sent is a 500, and logged', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { emulator, post } = await emulate();
  const fault: Fault = { ...ok, status: 500 };
  emulator.faults.add(fault);
  fault.status = 99; // after it was checked
  const response = await post('/ListStages', '{}');
  expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([
    500,
    'InternalServerException',
  ]);
  expect(log).toHaveBeenCalledTimes(1);
});

test('a hanging call is counted, never answered, and ended by close', async () => {
  const { emulator, post } = await emulate();
  emulator.faults.add({ operation: 'ListStages', hang: true });
  const answer = post('/ListStages', '{}').catch((error: Error) => error.name);
  await expect.poll(() => emulator.calls.count('ListStages')).toBe(1);
  await emulator.close();
  expect(await answer).toBe('TypeError');
});

test('a delayed call waits while others are answered', async () => {
  const { emulator, realtime, post } = await emulate({ seed: 'demo' });
  emulator.faults.add({ operation: 'GetStage', delayMs: 3_600_000 });
  const delayed = post('/GetStage', JSON.stringify({ arn: TOWN_HALL })).catch((error: Error) => error.name);
  await expect.poll(() => emulator.calls.count('GetStage')).toBe(1);
  await realtime.send(stages());
  expect(emulator.calls.log('GetStage')[0]?.status).toBeUndefined();
  await emulator.close();
  expect(await delayed).toBe('TypeError');
});

test('after a delay alone comes the usual answer', async () => {
  const { emulator, realtime } = await emulate({ seed: 'demo' });
  emulator.faults.add({ operation: 'GetStage', delayMs: 1 });
  expect((await realtime.send(new GetStageCommand({ arn: TOWN_HALL }))).stage?.name).toBe('town-hall');
});

test('a match selects by a part of the input, and an account and a region select, too', async () => {
  const { emulator, realtime, realtimeIn } = await emulate();
  const create = (name: string, env?: string) =>
    new CreateStageCommand({ name, ...(env && { tags: { env, team: 'x' } }) });
  const statusOf = async (command: CreateStageCommand, client = realtime) =>
    client.send(command).then(
      () => 200,
      ({ $metadata }) => $metadata.httpStatusCode,
    );
  const status = 503;
  emulator.faults.add({ operation: 'CreateStage', match: { tags: { env: 'test' } }, status });
  emulator.faults.add({ operation: '*', match: { name: 'x' }, region: 'eu-west-1', status });
  emulator.faults.add({ operation: 'CreateStage', match: { name: 'y' }, account: OTHER, status });
  expect(await statusOf(create('a', 'test'))).toBe(503);
  expect(await statusOf(create('a', 'prod'))).toBe(200);
  expect(await statusOf(create('x'))).toBe(200);
  expect(await statusOf(create('x'), realtimeIn('eu-west-1'))).toBe(503);
  expect(await statusOf(create('y'))).toBe(200);
  expect(emulator.faults.list().map(({ struck }) => struck)).toEqual([1, 1, 0]);
});

test('a sequence happens call by call, and then it is over', async () => {
  const { emulator, post } = await emulate();
  emulator.faults.add({ ...ok, sequence: [{ status: 500 }, 'pass', { throttle: true }] });
  const statuses: number[] = [];
  for (let count = 0; count < 5; count += 1) statuses.push((await post('/ListStages', '{}')).status);
  expect(statuses).toEqual([500, 200, 429, 200, 200]);
  expect(emulator.faults.list()).toMatchObject([{ struck: 2, left: 0 }]);
});

test('faults with odds strike the same calls for the same seed, and about as many as they say', async () => {
  const { emulator, post } = await emulate();
  const strikes = async (seed?: number) => {
    emulator.faults.clear();
    emulator.faults.add({ ...ok, status: 500, probability: 0.25, ...(seed !== undefined && { seed }) });
    const statuses: number[] = [];
    for (let count = 0; count < 100; count += 1) statuses.push((await post('/ListStages', '{}')).status);
    return statuses.map((status) => (status === 500 ? 'x' : '.')).join('');
  };
  const first = await strikes(7);
  expect(await strikes(7)).toBe(first);
  expect(await strikes(8)).not.toBe(first);
  expect(first.split('x').length - 1).toBeGreaterThan(12);
  expect(first.split('x').length - 1).toBeLessThan(40);
  // What is drawn without a seed can be repeated, too
  const drawn = await strikes();
  expect(await strikes(emulator.faults.list()[0]?.seed)).toBe(drawn);
});

test('faults are listed with how often they struck, and removed one by one', async () => {
  const { post } = await emulate();
  const command = async (name: string, input: object = {}) => {
    const response = await post(`/_control/${name}`, JSON.stringify(input), {});
    return { status: response.status, body: await response.json() };
  };
  const fault = { ...ok, match: { maxResults: 5 }, status: 503 };
  expect((await command('addFault', fault)).body).toEqual({ id: 'fault-1', warnings: [] });
  await command('addFault', { ...ok, times: 1, delayMs: 1 });
  await command('addFault', { operation: '*', account: OTHER, hang: true });
  for (const body of ['{"maxResults":5}', '{}', '{}']) await post('/ListStages', body);
  const all = [
    { id: 'fault-1', ...fault, struck: 1 },
    { id: 'fault-2', ...ok, times: 1, delayMs: 1, struck: 1, left: 0 },
    { id: 'fault-3', operation: '*', account: OTHER, hang: true, struck: 0 },
  ];
  expect((await command('faults')).body).toEqual({ faults: all });
  expect((await command('faults', { account: OTHER })).body).toEqual({ faults: all.slice(2) });
  expect(await command('removeFault', { id: 'fault-1' })).toEqual({ status: 200, body: {} });
  expect((await post('/ListStages', '{"maxResults":5}')).status).toBe(200);
  expect(await command('removeFault', { id: 'fault-1' })).toEqual({
    status: 400,
    body: {
      error: 'removeFault: id: expected the id of a fault (there are: fault-2, fault-3), got "fault-1"',
    },
  });
  await command('clearFaults', { account: OTHER });
  expect((await command('faults')).body).toEqual({ faults: [all[1]] });
});

test('an error that IVS does not declare is set, with a warning', async () => {
  const { emulator } = await emulate();
  const add = (errorType: string) => emulator.faults.add({ ...ok, errorType }).warnings;
  expect(add('ThrotlingException')).toEqual([
    'addFault: errorType: ThrotlingException is no error that IVS declares: did you mean ThrottlingException?',
  ]);
  expect(add('Oops')).toEqual(['addFault: errorType: Oops is no error that IVS declares']);
  expect([...add('ConflictException'), ...add('ExpiredTokenException')]).toEqual([]);
});

test('throttling is as AWS sends it', async () => {
  const { emulator, realtime, post } = await emulate({ callRates: true, burst: 1 });
  emulator.faults.add({ ...ok, throttle: true });
  const struck = await post('/ListStages', '{}');
  emulator.faults.clear();
  await realtime.send(new ListStagesCommand({ maxResults: 1 })).catch(() => {});
  const beyondRate = await post('/ListStages', '{}');
  const seen = async (response: Response) => ({
    status: response.status,
    headers: [...response.headers.keys()],
    type: response.headers.get('x-amzn-errortype'),
    body: await response.json(),
  });
  const expected = await seen(beyondRate);
  expect(expected).toMatchObject({ status: 429, type: 'ThrottlingException' });
  expect(await seen(struck)).toEqual(expected);
});

/** What a client reads of a response, byte by byte. */
function rawly(url: string, path: string): Promise<{ text: string; pieces: number; error?: string }> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let [text, pieces] = ['', 0];
    socket.on('data', (data) => {
      pieces += 1;
      text += data;
      if (text.endsWith('\r\n0\r\n\r\n')) socket.destroy();
    });
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve({ text, pieces, error: String(code) }));
    socket.on('close', () => resolve({ text, pieces }));
    const head = `POST ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization()}\r\n`;
    socket.write(`${head}connection: close\r\ncontent-length: 2\r\n\r\n{}`);
  });
}
const bodyOf = (text: string) => text.slice(text.indexOf('\r\n\r\n') + 4);

test.each([0, 0.5])('a body is cut off behind %d of its bytes', async (truncate) => {
  const { emulator } = await emulate({ seed: 'demo' });
  const whole = bodyOf((await rawly(emulator.url, '/ListStages')).text);
  emulator.faults.add({ ...ok, truncate });
  const { text, error } = await rawly(emulator.url, '/ListStages');
  expect(error).toBeUndefined();
  expect(text).toContain(`content-length: ${whole.length}\r\n`);
  expect(bodyOf(text)).toBe(whole.slice(0, Math.floor(whole.length * truncate)));
  expect(emulator.calls.log().at(-1)).toMatchObject({ status: 200, fault: 'fault-1' });
});

test('a connection is reset behind the headers', async () => {
  const { emulator } = await emulate({ seed: 'demo' });
  emulator.faults.add({ ...ok, truncate: 0, reset: true });
  const { text, error } = await rawly(emulator.url, '/ListStages');
  expect([text.split('\r\n')[0], error]).toEqual(['HTTP/1.1 200 OK', 'ECONNRESET']);
});

test('the error of a call is cut off as well, and one of the fault', async () => {
  const { emulator } = await emulate();
  emulator.faults.add({ operation: 'GetStage', truncate: 0.5 });
  expect((await rawly(emulator.url, '/GetStage')).text).toMatch(/^HTTP\/1.1 400 [\s\S]*\r\n\r\n\{"[^}]+$/);
  emulator.faults.add({ ...ok, status: 503, errorType: 'InternalServerException', truncate: 0.5 });
  expect((await rawly(emulator.url, '/ListStages')).text).toMatch(/^HTTP\/1.1 503 [\s\S]*\r\n\r\n\{"[^}]+$/);
});

test('a body drips in pieces, whole in the end', async () => {
  const { emulator, realtime } = await emulate({ seed: 'demo' });
  const whole = bodyOf((await rawly(emulator.url, '/ListStages')).text);
  emulator.faults.add({ ...ok, dripMs: 100 });
  const { text, pieces } = await rawly(emulator.url, '/ListStages');
  expect(bodyOf(text)).toBe(whole);
  expect(pieces).toBeGreaterThan(3);
  expect((await realtime.send(stages())).stages).toHaveLength(14);
});

test('a client that leaves while a body drips disturbs nobody', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { emulator, post } = await emulate({ seed: 'demo' });
  emulator.faults.add({ ...ok, times: 1, dripMs: 3_600_000 });
  const leaving = new AbortController();
  const slow = fetch(`${emulator.url}/ListStages`, {
    method: 'POST',
    headers: { authorization: authorization() },
    signal: leaving.signal,
  });
  const { body } = await slow;
  leaving.abort();
  await expect(body?.getReader().read()).rejects.toThrow();
  expect((await post('/ListStages', '{}')).status).toBe(200);
  expect(log).not.toHaveBeenCalled();
});
