import { CreateStageCommand, GetStageCommand, ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test, vi } from 'vitest';
import type { Fault } from '../../src/emulator/faults.ts';
import { emulate, failureOf, TOWN_HALL } from './support/emulate.ts';

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
});

test('a reset cuts the connection', async () => {
  const { emulator, post } = await emulate();
  emulator.faults.add({ operation: 'ListStages', times: 1, reset: true });
  await expect(post('/ListStages', '{}')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(emulator.calls.log()[0]?.status).toBeUndefined();
});

const ok = { operation: 'ListStages' };
const statuses = 'status: expected a whole number from 200 to 599';
const delays = 'delayMs: expected a whole number from 0 to 3600000';

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
  ['an unknown member', { ...ok, code: 500 }, 'addFault: expected members among operation, times, delayMs'],
  ['a match, which is for tests in process', { ...ok, match: true }, 'expected members among'],
])('%s is refused when the fault is set', async (_, fault, message) => {
  const { emulator, post } = await emulate();
  const response = await post('/_control/addFault', JSON.stringify(fault), {});
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: expect.stringContaining(message) },
  ]);
  if (!('match' in fault)) expect(() => emulator.faults.add(fault as Fault)).toThrow(message);
  expect((await post('/ListStages', '{}')).status).toBe(200);
});

test('no more than a hundred faults wait', async () => {
  const { emulator } = await emulate();
  for (let count = 0; count < 100; count += 1) emulator.faults.add({ operation: 'GetStage', times: 1 });
  expect(() => emulator.faults.add(ok)).toThrow('addFault: expected at most 100 faults at a time');
  emulator.faults.clear();
  emulator.faults.add(ok);
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
