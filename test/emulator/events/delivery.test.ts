import type { ServerResponse } from 'node:http';
import { GetStageCommand, ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { emulate, TOWN_HALL } from '../support/emulate.ts';
import { emulateReceiver, idle } from '../support/receiver.ts';

const HOUR = 60 * 60 * 1000;
const status =
  (code: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response.writeHead(code, headers).end();

test('the request has the headers of EventBridge, each once', async () => {
  const { url, put, idle, received } = await emulateReceiver(undefined, { key: 'a-secret' });
  put('Participant Published', { user_id: 'zoë' });
  await idle();
  const [request] = received;
  const body = JSON.stringify(request?.event);
  expect(request).toMatchObject({ method: 'POST', url: '/events' });
  expect(request?.rawHeaders).toEqual({
    'User-Agent': 'Amazon/EventBridge/ApiDestinations',
    'Content-Type': 'application/json; charset=utf-8',
    Range: 'bytes=0-1048575',
    'Accept-Encoding': 'gzip,deflate',
    Connection: 'close',
    'Content-Length': String(Buffer.byteLength(body)),
    'x-ivs-events-key': 'a-secret',
    Host: new URL(url).host,
  });
});

test('with a heartbeat, a scheduled event comes each minute and for each region', async () => {
  const { clock, idle, received } = await emulateReceiver(undefined, { seed: 'demo', heartbeat: true });
  clock.advance(HOUR / 60 - 1);
  await idle();
  expect(received).toEqual([]);
  clock.advance(HOUR / 60);
  await idle();
  expect(received.map(({ event }) => event)).toEqual(
    ['us-west-2', 'eu-west-1'].map((region) => ({
      version: '0',
      id: expect.any(String),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '123456789012',
      time: '2026-01-01T00:01:00Z',
      region,
      resources: [`arn:aws:events:${region}:123456789012:rule/heartbeat`],
      detail: {},
    })),
  );
});

test('events go out in order, one at a time, each on a connection of its own', async () => {
  let open = 0;
  const most: number[] = [];
  const { put, idle, names } = await emulateReceiver((response) => {
    open += 1;
    most.push(open);
    setImmediate(() => response.on('finish', () => (open -= 1)).end());
  });
  for (const name of ['a', 'b', 'c', 'd']) put(name);
  await idle();
  expect([names(), most]).toEqual([
    ['a', 'b', 'c', 'd'],
    [1, 1, 1, 1],
  ]);
});

test.each([401, 407, 409, 429, 500, 503])('%s is retried with a back-off that grows', async (code) => {
  const { put, idle, received, clock, delivery } = await emulateReceiver((response, nth) =>
    status(nth <= 3 ? code : 200)(response),
  );
  put();
  await idle();
  const seen: number[] = [];
  for (const backOff of [1000, 2000, 4000]) {
    clock.advance(backOff / 2 - 100);
    await idle();
    seen.push(received.length);
    clock.advance(backOff / 2 + 200);
    await idle();
    seen.push(received.length);
  }
  expect(seen).toEqual([1, 2, 2, 3, 3, 4]);
  expect(delivery()).toMatchObject({
    delivered: 1,
    retries: 3,
    failed: 0,
    waiting: 0,
    last: { status: 200 },
  });
  expect(new Set(received.map(({ event }) => event.id)).size).toBe(1);
});

test.each([200, 202, 204, 301, 400, 403, 404, 413])('%s is not retried', async (code) => {
  const { put, idle, received, clock, delivery } = await emulateReceiver(status(code));
  put();
  await idle();
  clock.advance(HOUR);
  await idle();
  const counts = code < 300 ? { delivered: 1, failed: 0 } : { delivered: 0, failed: 1 };
  expect(delivery()).toMatchObject({ ...counts, retries: 0, waiting: 0 });
  expect(received).toHaveLength(1);
});

test.each([
  ['a longer Retry-After is waited for', { 'retry-after': '60' }, 59_000, 2000, [1, 2]],
  ['so is a date', { 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }, 59_000, 2000, [1, 2]],
  ['a shorter one does not shorten the back-off', { 'retry-after': '0' }, 400, 1000, [1, 2]],
  ['a negative one ends it', { 'retry-after': '-1' }, HOUR, HOUR, [1, 1]],
  ['one that is none counts for nothing', { 'retry-after': 'soon' }, 400, 1000, [1, 2]],
])('%s', async (_, headers, before, after, expected) => {
  const { put, idle, received, clock } = await emulateReceiver((response, nth) =>
    nth === 1 ? status(503, headers)(response) : response.end(),
  );
  put();
  await idle();
  const seen: number[] = [];
  for (const time of [before, after]) {
    clock.advance(time);
    await idle();
    seen.push(received.length);
  }
  expect(seen).toEqual(expected);
});

test('after 24 hours, or 185 retries, it gives up', async () => {
  let sent = 0;
  const { emulator, clock } = await emulate();
  emulator.deliverTo(async () => {
    sent += 1;
    return { status: 503 };
  });
  emulator.control.putEvent({ region: 'us-west-2', detailType: 'x', detail: {} });
  for (let minute = 0; minute < 26 * 60; minute += 1) {
    clock.advance(60_000);
    await idle(emulator);
    if (emulator.control.events().deliveries[0]?.failed) break;
  }
  expect(sent).toBeGreaterThan(100);
  expect(sent).toBeLessThanOrEqual(186);
  expect(emulator.control.events().deliveries).toMatchObject([{ failed: 1, waiting: 0, delivered: 0 }]);
});

test('a receiver that is not there is tried again', async () => {
  const { emulator } = await emulate({ events: { url: 'http://127.0.0.1:1/events' } });
  emulator.control.putEvent({ region: 'us-west-2', detailType: 'x', detail: {} });
  await expect
    .poll(() => emulator.control.events().deliveries[0])
    .toMatchObject({ retries: 1, waiting: 1, last: { failure: expect.stringContaining('ECONNREFUSED') } });
});

test('a receiver that hangs is timed out and tried again, and delays no call', async () => {
  const { put, delivery, realtime } = await emulateReceiver(() => {}, { timeoutMs: 50, seed: 'demo' });
  for (let count = 0; count < 5; count += 1) put();
  expect((await realtime.send(new GetStageCommand({ arn: TOWN_HALL }))).stage?.arn).toBe(TOWN_HALL);
  await expect
    .poll(delivery)
    .toMatchObject({ retries: 5, waiting: 5, last: { failure: 'no response within 50 ms' } });
});

test('so is one that sends half a response', async () => {
  const { put, delivery } = await emulateReceiver((response) => response.writeHead(200).write('{'), {
    timeoutMs: 50,
  });
  put();
  await expect.poll(delivery).toMatchObject({ delivered: 0, retries: 1 });
});

test('the queue of a receiver that hangs is bounded, and the emulator continues', async () => {
  const { emulator, realtime } = await emulate({ seed: 'demo' });
  const end = emulator.deliverTo(() => new Promise(() => {}));
  for (let count = 0; count < 10_100; count += 1)
    emulator.control.putEvent({ region: 'us-west-2', detailType: 'x', detail: { count } });
  const { events, deliveries } = emulator.control.events();
  expect(deliveries).toMatchObject([{ waiting: 10_000, dropped: 99, sending: true }]);
  expect(events).toHaveLength(1000);
  expect(events.at(-1)?.detail).toEqual({ count: 10_099 });
  await realtime.send(new ListStagesCommand({}));
  end();
  expect(emulator.control.events().deliveries).toEqual([]);
});

test('a receiver in this process that throws ends nothing', async () => {
  const { emulator } = await emulate();
  emulator.deliverTo(async () => {
    throw new Error('broken');
  });
  emulator.control.putEvent({ region: 'us-west-2', detailType: 'x', detail: {} });
  await idle(emulator);
  expect(emulator.control.events().deliveries).toMatchObject([
    { retries: 1, last: { failure: 'Error: broken' } },
  ]);
});

test.each([
  [{ url: 'ftp://127.0.0.1/' }, 'events: url: expected an http or https URL, got "ftp://127.0.0.1/"'],
  [{ url: 'events' }, 'events: url: expected an http or https URL'],
  [{ url: 'http://127.0.0.1/', key: 'a\nb' }, 'events: key: expected 1 to 512 printable ASCII characters'],
])('%j is refused at the start', async (events, message) => {
  await expect(startEmulator({ events })).rejects.toThrow(message);
});
