import { GetStageCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { emulate, failureOf, TOWN_HALL } from './support/emulate.ts';

test('a port that is taken rejects with the error of listening', async () => {
  const { emulator } = await emulate();
  const port = Number(new URL(emulator.url).port);
  await expect(startEmulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('it starts empty, and with the demo world when asked', async () => {
  const [empty, demo] = [await emulate(), await emulate({ seed: 'demo' })];
  const get = new GetStageCommand({ arn: TOWN_HALL });
  expect((await failureOf(empty.realtime.send(get))).status).toBe(404);
  expect((await demo.realtime.send(get)).stage?.name).toBe('town-hall');
});

test('the account is the one it was started for', async () => {
  const { realtime } = await emulate({ seed: 'demo', accountId: '999999999999' });
  const arn = TOWN_HALL.replace('123456789012', '999999999999');
  expect((await realtime.send(new GetStageCommand({ arn }))).stage?.arn).toBe(arn);
});

test('after close nothing listens, and close ends idle connections', async () => {
  const emulator = await startEmulator();
  await fetch(emulator.url);
  await emulator.close();
  await expect(fetch(emulator.url)).rejects.toThrow();
});

test.each<[object, string]>([
  [
    { latencyMs: -1 },
    'startEmulator: latencyMs: expected milliseconds, a whole number from 0 to 3600000, got -1',
  ],
  [
    { latencyMs: Number.NaN },
    'startEmulator: latencyMs: expected milliseconds, a whole number from 0 to 3600000, got NaN',
  ],
  [
    { latencyMs: 2 ** 31 },
    'startEmulator: latencyMs: expected milliseconds, a whole number from 0 to 3600000, got 2147483648',
  ],
  [{ callRates: true, burst: 0 }, 'startEmulator: burst: expected a whole number from 1 to 1000000, got 0'],
  [
    { ids: '' },
    'startEmulator: ids: expected a string of 1 to 128 characters, none of them a control character',
  ],
  [{ host: '' }, 'startEmulator: host: expected a string that is not empty'],
  [{ eventsFile: '' }, 'startEmulator: eventsFile: expected a string that is not empty'],
  [{ latency: 5 }, 'startEmulator: latency: expected the name of an option. Did you mean latencyMs?'],
  [{ sead: 'demo' }, 'startEmulator: sead: expected the name of an option. Did you mean seed?'],
  [{ quota: true }, 'startEmulator: quota: expected an option among host, port, seed, '],
  [{ seed: 'full' }, 'startEmulator: seed: expected one of demo, empty, got "full"'],
  [{ port: '4566' }, 'startEmulator: port: expected a whole number from 0 to 65535, got "4566"'],
  [{ port: 70_000 }, 'startEmulator: port: expected a whole number from 0 to 65535, got 70000'],
  [{ accountId: '12' }, 'startEmulator: accountId: expected an account id of 12 digits, got "12"'],
  [{ alive: 'yes' }, 'startEmulator: alive: expected a boolean, got "yes"'],
  [{ world: 5 }, 'startEmulator: world: expected the path of a world file, or an object, got another'],
  [{ clock: new Date() }, 'startEmulator: clock: expected an object with the function now, got another'],
  [{ logRequests: 'all' }, 'startEmulator: logRequests: expected a boolean or a function, got another'],
  [new Map([['seed', 'demo']]), 'startEmulator: expected a JSON object, got an object'],
  [null as never, 'startEmulator: expected a JSON object, got null'],
  [
    { events: { url: 'ftp://me:sesame@host/' } },
    'events: url: expected an http or https URL, got "ftp://host/" (user',
  ],
  [
    { events: { url: 'http://host', key: 'a sesame' } },
    'events: key: expected 1 to 512 printable ASCII characters without spaces, got a text that is not shown',
  ],
])('%j is refused', async (options, message) => {
  const refused = await startEmulator(options).then(
    ({ close }) => close(),
    (error: Error) => error,
  );
  expect(refused?.message).toContain(message);
  expect(refused?.message).not.toContain('sesame');
});
