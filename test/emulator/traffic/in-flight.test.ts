// Calls and waits that are outstanding when the worlds are reset or restored.
import { connect } from 'node:net';
import { CreateStageCommand, IVSRealTimeClient, ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, onTestFinished, test } from 'vitest';
import { authorization, emulate, failureOf } from '../support/emulate.ts';

const ENDED = { name: 'EmulatorResetException', status: 410 };
const HOUR_MS = 3_600_000;

/** A client as a user has it, with the SDK's own retries. */
async function emulateFor(account = '123456789012') {
  const world = await emulate();
  const client = new IVSRealTimeClient({
    region: 'us-west-2',
    endpoint: world.emulator.url,
    credentials: { accessKeyId: account, secretAccessKey: 'any' },
  });
  onTestFinished(() => client.destroy());
  const create = (name: string) => client.send(new CreateStageCommand({ name }));
  const names = async () => (await client.send(new ListStagesCommand({}))).stages?.map(({ name }) => name);
  return { ...world, create, names, control: world.emulator.control };
}

test('calls that a restore overtakes change nothing, and no SDK repeats them', async () => {
  const { control, create, names, emulator } = await emulateFor();
  await create('before');
  const { id } = control.snapshot();
  control.addFault({ operation: 'CreateStage', delayMs: HOUR_MS });
  const delayed = Array.from({ length: 30 }, (_, index) => failureOf(create(`late-${index}`)));
  await control.waitForCalls({ operation: 'CreateStage', count: 31 });
  control.restore({ id });
  expect(await Promise.all(delayed)).toEqual(Array(30).fill(expect.objectContaining(ENDED)));
  expect(await names()).toEqual(['before']);
  expect(emulator.calls.count('CreateStage')).toBe(31);
  expect(emulator.calls.statuses()).toEqual({ 200: 2, 410: 30 });
  expect(emulator.calls.log('CreateStage').at(-1)?.error?.message).toMatch(/carried out restore for account/);
});

test.each([{ hang: true }, { hang: true, afterwards: true }])('a reset ends calls with %o', async (fault) => {
  const { control, create, names, emulator } = await emulateFor();
  control.addFault({ operation: 'CreateStage', ...fault });
  const hung = failureOf(create('hung'));
  await control.waitForCalls({ operation: 'CreateStage' });
  control.reset();
  const ended = control.waitForCalls({ status: 410, timeoutMs: 20 });
  // Nothing of before the reset
  await expect(ended).rejects.toThrow('got 0');
  expect(await hung).toMatchObject(ENDED);
  expect(await names()).toEqual([]);
  expect(emulator.calls.counts()).toEqual({ ListStages: 1 });
  expect(emulator.calls.statuses()).toEqual({ 200: 1 });
});

test('with an account, only its calls end, and a reset that is refused ends none', async () => {
  const { control, create, names } = await emulateFor('000000000001');
  control.addFault({ operation: 'CreateStage', delayMs: 50, times: 1 });
  const delayed = create('kept');
  await control.waitForCalls({ operation: 'CreateStage' });
  control.reset({ account: '000000000002' });
  expect(() => control.reset({ world: { stages: [{ name: 'not a name' }] } })).toThrow('reset: world');
  await delayed;
  expect(await names()).toEqual(['kept']);
});

test('a call whose body is on its way when the world is reset has no effect', async () => {
  const { control, names, emulator } = await emulateFor();
  const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const body = '{"name":"halfway"}';
  const head = ['POST /CreateStage HTTP/1.1', 'host: localhost', `authorization: ${authorization()}`];
  socket.write([...head, `content-length: ${body.length}`, '', body.slice(0, 5)].join('\r\n'));
  // A later request of the emulator's own answers after the first one was taken
  await names();
  await control.waitForCalls({ operation: 'ListStages' });
  control.reset();
  const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
  socket.write(body.slice(5));
  expect(await answer).toMatch(/^HTTP\/1.1 410 /);
  expect(emulator.calls.counts()).toEqual({});
  expect(await names()).toEqual([]);
});

test('a status counts only in the log in which its call was counted', async () => {
  const { control, create, emulator } = await emulateFor();
  control.addFault({ operation: 'CreateStage', delayMs: 20, times: 1 });
  const delayed = create('slow');
  await control.waitForCalls({ operation: 'CreateStage' });
  control.resetCalls();
  await delayed;
  expect([emulator.calls.counts(), emulator.calls.statuses()]).toEqual([{}, {}]);
});

test('a wait for calls goes on after a reset', async () => {
  const { control, create } = await emulateFor();
  const waiting = control.waitForCalls({ operation: 'CreateStage' });
  control.reset();
  await create('after');
  expect(await waiting).toMatchObject({ count: 1 });
});
