import { GetStageCommand, ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { CallLog } from '../../src/emulator/calls.ts';
import { emulate, failureOf, TOWN_HALL } from './support/emulate.ts';

test('each call is counted and remembered with its region, input and status', async () => {
  const { emulator, realtime, realtimeIn } = await emulate({ seed: 'demo' });
  await realtime.send(new GetStageCommand({ arn: TOWN_HALL }));
  await realtimeIn('eu-west-1').send(new ListStagesCommand({ maxResults: 1 }));
  await failureOf(realtime.send(new GetStageCommand({ arn: 'x' })));
  expect(emulator.calls.count()).toBe(3);
  expect(emulator.calls.count('GetStage')).toBe(2);
  expect(emulator.calls.count('DeleteStage')).toBe(0);
  expect(emulator.calls.log()).toEqual([
    {
      operation: 'GetStage',
      accountId: '123456789012',
      region: 'us-west-2',
      input: { arn: TOWN_HALL },
      status: 200,
    },
    {
      operation: 'ListStages',
      accountId: '123456789012',
      region: 'eu-west-1',
      input: { maxResults: 1 },
      status: 200,
    },
    {
      operation: 'GetStage',
      accountId: '123456789012',
      region: 'us-west-2',
      input: { arn: 'x' },
      status: 400,
    },
  ]);
});

test('reset forgets counts and log', async () => {
  const { emulator, realtime } = await emulate();
  await realtime.send(new ListStagesCommand({}));
  emulator.calls.reset();
  expect([emulator.calls.count(), emulator.calls.log()]).toEqual([0, []]);
});

test('the log is bounded, the count is not', () => {
  const calls = new CallLog();
  for (let number = 0; number < 50_000; number += 1)
    calls.record({ operation: 'GetStage', accountId: '123456789012', region: 'r', input: number });
  expect(calls.count('GetStage')).toBe(50_000);
  expect(calls.log().length).toBeLessThanOrEqual(20_000);
  expect(calls.log().at(-1)?.input).toBe(49_999);
});

test('the log is bounded in bytes, and holds the newest calls', () => {
  const calls = new CallLog();
  for (let number = 0; number < 1000; number += 1)
    calls.record(
      { operation: 'GetStage', accountId: '123456789012', region: 'r', input: number },
      1024 * 1024,
    );
  const inputs = calls.log().map(({ input }) => input);
  expect(inputs.length).toBeLessThanOrEqual(16);
  expect(inputs).toEqual(Array.from(inputs, (_, index) => 1000 - inputs.length + index));
  expect([calls.count('GetStage'), inputs.length]).toEqual([1000, expect.toSatisfy((length) => length >= 8)]);
});

test('a body counts into the log with its size', async () => {
  const { emulator, post } = await emulate();
  const body = JSON.stringify({ name: 'x'.repeat(1024 * 1024 - 100) });
  for (let count = 0; count < 20; count += 1) await post('/CreateStage', body);
  expect(emulator.calls.count('CreateStage')).toBe(20);
  expect(emulator.calls.log().length).toBeLessThanOrEqual(16);
});
