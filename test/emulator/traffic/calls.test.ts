import { setImmediate } from 'node:timers/promises';
import {
  CreateStageCommand,
  DeleteStageCommand,
  GetStageCommand,
  ListStagesCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { CallLog } from '../../../src/emulator/traffic/calls.ts';
import { Recent } from '../../../src/emulator/traffic/recent.ts';
import { authorization, emulate, failureOf, TOWN_HALL } from '../support/emulate.ts';

const ID = expect.stringMatching(/^[0-9a-f-]{36}$/);
const DURATION = expect.any(Number);

/** With the control API over HTTP, as other languages use it. */
async function emulateCalls(options: Parameters<typeof emulate>[0] = {}) {
  const world = await emulate(options);
  const command = async (name: string, input: object = {}) => {
    const response = await world.post(`/_control/${name}`, JSON.stringify(input), {});
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const read = async (query: string) => {
    const response = await fetch(`${world.emulator.url}/_control/${query}`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { ...world, command, read };
}

test('each call is counted and stored with its time, ids, input, output or error, status and duration', async () => {
  const { emulator, realtime, realtimeIn, clock } = await emulate();
  const { stage, $metadata } = await realtime.send(new CreateStageCommand({ name: 'one' }));
  const created = clock.now().toISOString();
  clock.advance(60);
  await realtimeIn('eu-west-1').send(new ListStagesCommand({ maxResults: 1 }));
  await realtime.send(new DeleteStageCommand({ arn: stage?.arn }));
  await failureOf(realtime.send(new GetStageCommand({ arn: stage?.arn })));
  expect(emulator.calls.count()).toBe(4);
  expect(emulator.calls.count('GetStage')).toBe(1);
  expect(emulator.calls.count('DeleteChannel')).toBe(0);
  const later = {
    time: clock.now().toISOString(),
    requestId: ID,
    account: '123456789012',
    durationMs: DURATION,
  };
  expect(emulator.calls.log()).toEqual([
    {
      ...later,
      time: created,
      requestId: $metadata.requestId,
      region: 'us-west-2',
      operation: 'CreateStage',
      input: { name: 'one' },
      status: 200,
      output: { stage: expect.objectContaining({ arn: stage?.arn, name: 'one' }), participantTokens: [] },
    },
    {
      ...later,
      region: 'eu-west-1',
      operation: 'ListStages',
      input: { maxResults: 1 },
      status: 200,
      output: { stages: [] },
    },
    {
      ...later,
      region: 'us-west-2',
      operation: 'DeleteStage',
      input: { arn: stage?.arn },
      status: 200,
      output: {},
    },
    {
      ...later,
      region: 'us-west-2',
      operation: 'GetStage',
      input: { arn: stage?.arn },
      status: 404,
      error: { type: 'ResourceNotFoundException', message: expect.stringContaining('does not exist') },
    },
  ]);
});

test('a call has the id of the fault that struck it, and no status where it has no response', async () => {
  const { emulator, realtime, post } = await emulate();
  const { id } = emulator.faults.add({ operation: 'ListStages', times: 1, throttle: true });
  await failureOf(realtime.send(new ListStagesCommand({})));
  const reset = emulator.faults.add({ operation: 'ListStages', times: 1, reset: true });
  await expect(post('/ListStages', '{}')).rejects.toThrow();
  await realtime.send(new ListStagesCommand({}));
  const error = { type: 'ThrottlingException', message: 'Rate exceeded' };
  const [throttled, cut, usual] = emulator.calls.log();
  expect(throttled).toMatchObject({ fault: id, status: 429, error });
  expect(cut).toMatchObject({ fault: reset.id, durationMs: DURATION });
  expect(cut).not.toHaveProperty('status');
  expect(usual).not.toHaveProperty('fault');
});

test('calls are filtered by operation, region, input, status and time, and limited to the last ones', async () => {
  const { realtime, realtimeIn, clock, command, read } = await emulateCalls();
  await realtime.send(new CreateStageCommand({ name: 'a', tags: { env: 'test', team: 'x' } }));
  await realtime.send(new CreateStageCommand({ name: 'b', tags: { env: 'prod' } }));
  await realtimeIn('eu-west-1').send(new CreateStageCommand({ name: 'c' }));
  clock.advance(60);
  const since = clock.now().toISOString();
  await failureOf(realtime.send(new CreateStageCommand({ name: 'not valid' })));
  const names = async (input: object) => {
    const { log } = (await command('calls', input)).body as { log: { input: { name: string } }[] };
    return log.map((call) => call.input.name);
  };
  expect(await names({})).toEqual(['a', 'b', 'c', 'not valid']);
  expect(await names({ match: { tags: { env: 'test' } } })).toEqual(['a']);
  expect(await names({ operation: 'CreateStage', match: { tags: null } })).toEqual(['c', 'not valid']);
  expect(await names({ region: 'eu-west-1' })).toEqual(['c']);
  expect(await names({ status: 400 })).toEqual(['not valid']);
  expect(await names({ since })).toEqual(['not valid']);
  expect(await names({ limit: 2 })).toEqual(['c', 'not valid']);
  expect(await names({ account: '210987654321' })).toEqual([]);
  expect((await command('countCalls', { operation: 'CreateStage' })).body).toEqual({ count: 4 });
  expect((await command('countCalls', { match: { name: 'b' } })).body).toEqual({ count: 1 });
  // A query has texts only
  const query = new URLSearchParams({ match: '{"name":"not valid"}', status: '400' });
  expect((await read(`countCalls?${query}`)).body).toEqual({ count: 1 });
});

test.each<[string, object, string]>([
  [
    'a misspelt member',
    { operation: 'CreateStage', match: { nme: 'a' } },
    'calls: match: unknown member: did you mean name? (got "nme")',
  ],
  [
    'a member that no operation has',
    { match: { zzzzzzzz: 1 } },
    'calls: match: unknown member: expected one of',
  ],
  [
    'a path',
    { operation: 'CreateStage', match: { 'tags.env': 'test' } },
    'calls: match: expected a member in an object, {"tags":{"env":…}}, got "tags.env"',
  ],
  [
    'a value of another type',
    { operation: 'CreateStage', match: { tags: { env: 1 } } },
    'calls: match.tags.env: expected a string, got 1',
  ],
  [
    'a member of a list',
    { operation: 'CreateStage', match: { participantTokenConfigurations: [{ userID: 'a' }] } },
    'calls: match.participantTokenConfigurations[0]: unknown member: did you mean userId? (got "userID")',
  ],
  ['a time without a zone', { since: '2026-01-01T12:00:00' }, 'calls: since: expected a time of ISO 8601'],
  ['an account of no digits', { account: 'mine' }, 'calls: account: expected an account id of 12 digits'],
])('a filter with %s is a 400', async (_, filter, error) => {
  const { command } = await emulateCalls();
  expect(await command('calls', filter)).toEqual({
    status: 400,
    body: { error: expect.stringContaining(error) },
  });
});

test('to wait for calls returns when there are enough that fit, those before it included', async () => {
  const { realtime, command } = await emulateCalls();
  await realtime.send(new CreateStageCommand({ name: 'a' }));
  const filter = { operation: 'CreateStage', status: 200 };
  expect((await command('waitForCalls', filter)).body).toMatchObject({ count: 1 });
  let isOver = false;
  const waiting = command('waitForCalls', { ...filter, count: 3 }).finally(() => {
    isOver = true;
  });
  await failureOf(realtime.send(new CreateStageCommand({ name: 'not valid' })));
  await realtime.send(new CreateStageCommand({ name: 'b' }));
  await setImmediate();
  expect(isOver).toBe(false);
  await realtime.send(new CreateStageCommand({ name: 'c' }));
  const { status, body } = await waiting;
  expect([status, body.count]).toEqual([200, 3]);
  expect((body.log as { input: object }[]).map(({ input }) => input)).toEqual(
    ['a', 'b', 'c'].map((name) => ({ name })),
  );
});

test('to wait for too long is a 408 that says how many calls there were', async () => {
  const { emulator, realtime, command } = await emulateCalls();
  await realtime.send(new ListStagesCommand({}));
  expect(await command('waitForCalls', { operation: 'ListStages', count: 2, timeoutMs: 1 })).toEqual({
    status: 408,
    body: { error: 'waitForCalls: expected a count of 2 within 1 ms, got 1' },
  });
  const waiting = emulator.control.waitForCalls({ operation: 'GetStage', timeoutMs: 3_600_000 });
  const closed = expect(waiting).rejects.toThrow('waitForCalls: the emulator was closed');
  await emulator.close();
  await closed;
});

test('requests that are no call are listed, each with the reason', async () => {
  const { emulator, post, command } = await emulateCalls();
  const signed = { authorization: authorization() };
  await post('/ListStage', '{}');
  await fetch(`${emulator.url}/ListStages`, { headers: { ...signed, 'user-agent': 'curl/8' } });
  await post('/ListStages', '{}', {});
  await post('/ListStages', '{');
  await post('/ListStages', '{}', { ...signed, origin: 'https://elsewhere.example' });
  await post('/', 'Action=ListUsers', { 'content-type': 'application/x-www-form-urlencoded' });
  await post('/', 'Action=GetCallerIdentity', {
    authorization: authorization('us-west-2', 'sts'),
    'content-type': 'application/x-www-form-urlencoded',
  });
  const { unmatched } = (await command('unmatched')).body as { unmatched: Record<string, unknown>[] };
  expect(unmatched.map(({ method, path, status, reason }) => [method, path, status, reason])).toEqual([
    ['POST', '/ListStage', 404, 'POST /ListStage is no operation of IVS: did you mean /ListStages?'],
    ['GET', '/ListStages', 404, '/ListStages: expected the method POST, got GET'],
    ['POST', '/ListStages', 403, expect.stringContaining('not signed')],
    ['POST', '/ListStages', 400, 'The body is not JSON'],
    ['POST', '/ListStages', 403, expect.stringContaining('Origin')],
    ['POST', '/', 400, expect.stringContaining('ListUsers')],
  ]);
  expect(unmatched[1]).toMatchObject({ userAgent: 'curl/8', errorType: 'UnknownOperationException' });
  expect(unmatched[3]).toMatchObject({ account: '123456789012', requestId: ID });
  const mine = (await command('unmatched', { account: '123456789012' })).body;
  // Whoever has signed, whatever else is wrong.
  expect(mine.unmatched).toEqual([0, 1, 3, 4].map((index) => unmatched[index]));
  expect((await command('unmatched', { account: '111122223333' })).body).toEqual({ unmatched: [] });
  await command('resetCalls');
  expect((await command('unmatched')).body).toEqual({ unmatched: [] });
});

test('a line is written for each request', async () => {
  const lines: string[] = [];
  const { realtime, emulator, post, clock } = await emulate({ logRequests: (line) => lines.push(line) });
  const { id } = emulator.faults.add({ operation: 'GetStage', times: 1, throttle: true });
  await failureOf(realtime.send(new GetStageCommand({ arn: TOWN_HALL })));
  await realtime.send(new ListStagesCommand({}));
  await post('/NoSuch?secret=1', '{}');
  emulator.faults.add({ operation: 'ListStages', reset: true });
  await expect(post('/ListStages', '{}')).rejects.toThrow();
  const time = clock.now().toISOString();
  expect(lines.map((line) => line.replace(/[\d.]+ ms/, '1 ms'))).toEqual([
    `${time} 123456789012 us-west-2 GetStage 429 ThrottlingException 1 ms ${id}`,
    `${time} 123456789012 us-west-2 ListStages 200 - 1 ms -`,
    `${time} 123456789012 - POST /NoSuch 404 UnknownOperationException 1 ms -`,
    `${time} 123456789012 us-west-2 ListStages reset - 1 ms fault-2`,
  ]);
});

test('reset forgets counts and log', async () => {
  const { emulator, realtime } = await emulate();
  await realtime.send(new ListStagesCommand({}));
  emulator.calls.reset();
  expect([emulator.calls.count(), emulator.calls.statuses(), emulator.calls.log()]).toEqual([0, {}, []]);
});

const call = (number: number, account = '123456789012') => ({
  operation: 'GetStage',
  account,
  region: 'r',
  requestId: '',
  time: new Date(0),
  input: { number },
});
const numbersIn = (calls: CallLog, account?: string) =>
  calls.log({ account }).map(({ input }) => input.number);

test('the log is bounded for each account, the count is not', () => {
  const calls = new CallLog();
  calls.record(call(-1, '210987654321'));
  for (let number = 0; number < 50_000; number += 1) calls.record(call(number));
  expect([calls.count('GetStage'), calls.count('GetStage', '123456789012')]).toEqual([50_001, 50_000]);
  const numbers = numbersIn(calls, '123456789012');
  expect([numbers.length, numbers.at(-1)]).toEqual([10_000, 49_999]);
  expect(numbersIn(calls)[0]).toBe(-1);
});

test('the log is bounded in bytes of inputs and outputs, and holds the newest calls', () => {
  const calls = new CallLog();
  for (let number = 0; number < 1000; number += 1) {
    const stored = calls.record(call(number), 512 * 1024);
    calls.ended(stored, { status: 200, body: String(number).padEnd(64 * 1024), durationMs: 1 });
  }
  const numbers = numbersIn(calls);
  expect(numbers).toEqual(Array.from(numbers, (_, index) => 1000 - numbers.length + index));
  // 8 MB
  expect(numbers).toHaveLength(14);
});

test('equal outputs of an operation take their space once, those of errors none, and all are shown', () => {
  const calls = new CallLog();
  const output = (nth: number) => ({ stage: { name: String(nth).padEnd(60_000, 'x') } });
  const end = (number: number, error?: { type: string; message: string }) => {
    const body = JSON.stringify(output(error ? number : number % 2));
    calls.ended(calls.record(call(number)), { status: error ? 400 : 200, body, error, durationMs: 1 });
  };
  for (let number = 0; number < 1000; number += 1) end(number);
  const error = { type: 'ValidationException', message: 'wrong' };
  for (let number = 1000; number < 2000; number += 1) end(number, error);
  const log = calls.log();
  expect(log.map(({ input }) => input.number)).toEqual(Array.from({ length: 2000 }, (_, index) => index));
  expect(log[998]).toMatchObject({ output: output(0) });
  expect(log[999]).toMatchObject({ output: output(1) });
  expect(log[1000]).toMatchObject({ status: 400, error });
  // An equal output of another operation, or of other text, is its own
  const others = new CallLog();
  for (let number = 0; number < 1000; number += 1) {
    const stored = others.record({ ...call(number), operation: `Get${number}` });
    others.ended(stored, { status: 200, body: JSON.stringify(output(0)), durationMs: 1 });
  }
  expect(others.log().length).toBeLessThan(150);
});

test('an output beyond 64 KB is stored as its size', () => {
  const calls = new CallLog();
  const stored = calls.record(call(1));
  calls.ended(stored, { status: 200, body: 'é'.repeat(64 * 1024 + 1), durationMs: 1 });
  expect(calls.log()[0]).toMatchObject({ status: 200, outputBytes: 128 * 1024 + 2 });
  expect(calls.log()[0]).not.toHaveProperty('output');
});

test('all keys together are bounded, and the largest loses', () => {
  const recent = new Recent<number>({ items: 100, bytes: 1000, allItems: 250, allBytes: 1e9 });
  recent.add('small', 0, 1);
  for (let number = 0; number < 400; number += 1) recent.add(`key ${number % 2}`, number, 1);
  expect(recent.list('small')).toEqual([0]);
  expect(recent.list().length).toBeLessThanOrEqual(250);
  expect(recent.list().at(-1)).toBe(399);
});

test('a body counts into the log with its size', async () => {
  const { emulator, post } = await emulate();
  const body = JSON.stringify({ name: 'x'.repeat(1024 * 1024 - 100) });
  for (let count = 0; count < 20; count += 1) await post('/CreateStage', body);
  expect(emulator.calls.count('CreateStage')).toBe(20);
  expect(emulator.calls.log().length).toBeLessThanOrEqual(16);
});
