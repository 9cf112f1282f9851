import { CreateStageCommand, GetStageCommand, ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
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
