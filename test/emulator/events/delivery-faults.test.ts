import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { detailTypes } from '../../../src/emulator/events/event.ts';
import { eventNames } from '../../../src/emulator/events/event-names.ts';
import { emulate } from '../support/emulate.ts';
import { emulateReceiver } from '../support/receiver.ts';

const SECOND = 1000;
const many = Array.from({ length: 8 }, (_, index) => `event ${index}`);

test('an event is sent twice, under one id, at once or later', async () => {
  const { control, put, idle, received, names, clock } = await emulateReceiver();
  control.addEventFault({ fault: 'duplicate', times: 1 });
  control.addEventFault({ fault: 'duplicate', times: 1, delayMs: 5000 });
  for (const name of ['a', 'b', 'c']) put(name);
  await idle();
  expect(names()).toEqual(['a', 'a', 'b', 'c']);
  expect(received[0]?.event).toEqual(received[1]?.event);
  clock.advance(5 * SECOND);
  await idle();
  expect(names()).toEqual(['a', 'a', 'b', 'c', 'b']);
  expect(control.events().events).toHaveLength(3);
});

test('an event is late', async () => {
  const { control, put, idle, names, clock } = await emulateReceiver();
  control.addEventFault({ fault: 'late', eventName: 'a', delayMs: 3_600_000 });
  put('a');
  put('b');
  clock.advance(3599 * SECOND);
  await idle();
  expect(names()).toEqual(['b']);
  clock.advance(SECOND);
  await idle();
  expect(names()).toEqual(['b', 'a']);
});

test('an event is lost, but not for the list of events', async () => {
  const { control, put, idle, names, delivery } = await emulateReceiver();
  control.addEventFault({ fault: 'lost', detailType: 'IVS Stage Update', times: 2 });
  for (const name of ['a', 'b', 'c']) put(name);
  await idle();
  expect(names()).toEqual(['c']);
  expect(delivery()).toMatchObject({ delivered: 1, waiting: 0 });
  expect(control.events().events).toHaveLength(3);
});

test('events are shuffled, the same way each time, and never the order that they had', async () => {
  const run = async (count: number) => {
    const { control, put, idle, names, clock } = await emulateReceiver();
    control.addEventFault({ fault: 'shuffled', delayMs: 2000 });
    const sent = many.slice(0, count);
    for (const name of sent) put(name);
    await idle();
    expect(names()).toEqual([]);
    clock.advance(2 * SECOND);
    await idle();
    expect([...names()].sort()).toEqual(sent);
    expect(names()).not.toEqual(sent);
    const first = names();
    control.reset();
    control.addEventFault({ fault: 'shuffled', delayMs: 2000 });
    for (const name of sent) put(name);
    await idle();
    clock.advance(2 * SECOND);
    await idle();
    expect(names().slice(first.length)).toEqual(first);
    return first;
  };
  await run(2);
  expect(await run(8)).toEqual(await run(8));
});

test('one that is shuffled alone is only late', async () => {
  const { control, put, idle, names, clock } = await emulateReceiver();
  control.addEventFault({ fault: 'shuffled' });
  for (const name of ['a', 'b']) {
    put(name);
    clock.advance(SECOND);
  }
  await idle();
  expect(names()).toEqual(['a', 'b']);
});

test('faults strike by type and name, the oldest first, until they are cleared', async () => {
  const { control, put, idle, names } = await emulateReceiver();
  control.addEventFault({ fault: 'lost', detailType: 'IVS Limit Breach' });
  control.addEventFault({ fault: 'lost', eventName: 'a' });
  control.addEventFault({ fault: 'duplicate', eventName: 'a' });
  put('a');
  put('b');
  control.clearEventFaults();
  put('a');
  await idle();
  expect(names()).toEqual(['b', 'a']);
});

test('a reset removes faults, counts and what waits', async () => {
  const { control, put, idle, names, delivery, clock } = await emulateReceiver((response, nth) =>
    response.writeHead(nth === 1 ? 503 : 200).end(),
  );
  control.addEventFault({ fault: 'late', eventName: 'late' });
  for (const name of ['retried', 'late']) put(name);
  await idle();
  expect(delivery()).toMatchObject({ waiting: 2, retries: 1 });
  control.reset();
  expect(delivery()).toEqual({ delivered: 0, retries: 0, failed: 0, dropped: 0, waiting: 0, sending: false });
  put('late');
  await idle();
  clock.advance(3600 * SECOND);
  await idle();
  expect(names()).toEqual(['retried', 'late']);
});

test('a request that is in flight at a reset is not repeated', async () => {
  let respond = () => {};
  const { control, put, idle, names, clock } = await emulateReceiver((response) => {
    respond = () => response.writeHead(503).end();
  });
  put('a');
  await expect.poll(names).toEqual(['a']);
  control.reset();
  respond();
  await expect.poll(() => control.events().deliveries[0]?.sending).toBe(false);
  clock.advance(3600 * SECOND);
  await idle();
  expect(names()).toEqual(['a']);
});

test.each([
  [{ fault: 'broken' }, 'addEventFault: fault: expected one of duplicate, late, lost, shuffled'],
  [{}, 'addEventFault: fault: expected one of'],
  [{ fault: 'late', detailType: 'IVS' }, 'addEventFault: detailType: expected one of IVS Stage Update'],
  [{ fault: 'late', times: 0 }, 'addEventFault: times: expected a whole number from 1'],
  [{ fault: 'late', delayMs: -1 }, 'addEventFault: delayMs: expected milliseconds, a whole number from 0'],
  [{ fault: 'lost', delayMs: 1 }, 'addEventFault: delayMs: expected none for events that are lost'],
  [{ fault: 'late', delayMs: 0 }, 'addEventFault: delayMs: expected at least 1 for late'],
  [{ fault: 'shuffled', delayMs: 0 }, 'addEventFault: delayMs: expected at least 1 for shuffled'],
  [{ fault: 'late', operation: 'GetStage' }, 'addEventFault: expected members among fault, detailType'],
])('%j is refused when it is set', async (fault, message) => {
  const { post } = await emulateReceiver();
  const response = await post('/_control/addEventFault', JSON.stringify(fault), {});
  expect(response.status).toBe(400);
  expect((await response.json()) as object).toEqual({ error: expect.stringContaining(message) });
});

test('without a receiver a fault has no effect, and is refused; a file is none', async () => {
  const { emulator, post } = await emulate();
  const response = await post('/_control/addEventFault', '{"fault":"lost"}', {});
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: 'addEventFault: expected a receiver of events (--events or deliverTo), got none' },
  ]);
  expect(emulator.control.eventFaults()).toEqual({ faults: [] });
});

test('faults are listed with how often they struck, and removed one by one', async () => {
  const { control, put, idle, names } = await emulateReceiver();
  const account = '000000000001';
  expect(control.addEventFault({ fault: 'lost', times: 2 })).toEqual({ id: 'event-fault-1', warnings: [] });
  control.addEventFault({ fault: 'duplicate', times: 1 });
  control.addEventFault({ fault: 'lost', account });
  for (const name of ['a', 'b']) put(name);
  const all = [
    { id: 'event-fault-1', fault: 'lost', times: 2, struck: 2, left: 0 },
    { id: 'event-fault-2', fault: 'duplicate', times: 1, struck: 0, left: 1 },
    { id: 'event-fault-3', fault: 'lost', account, struck: 0 },
  ];
  expect(control.eventFaults()).toEqual({ faults: all });
  expect(control.eventFaults({ account })).toEqual({ faults: all.slice(2) });
  expect(() => control.removeEventFault({ id: 'event-fault-2', account })).toThrow(
    'removeEventFault: id: expected the id of a fault (there are: event-fault-3), got "event-fault-2"',
  );
  control.removeEventFault({ id: 'event-fault-2' });
  control.removeEventFault({ id: 'event-fault-3', account });
  put('c');
  await idle();
  expect(names()).toEqual(['c']);
});

test('a name that no event of IVS has is accepted with a warning: putEvent can have it', async () => {
  const { control } = await emulateReceiver();
  const warningsOf = (fault: object) => control.addEventFault({ fault: 'lost', ...fault }).warnings;
  expect(warningsOf({ eventName: 'stream start' })).toEqual([
    'addEventFault: eventName: stream start is no name of an event of IVS: did you mean Stream Start?',
  ]);
  expect(warningsOf({ eventName: 'Stream Start', detailType: 'IVS Limit Breach' })).toEqual([
    'addEventFault: eventName: Stream Start is no name of an event of IVS Limit Breach',
  ]);
  for (const eventName of ['Stream Start', 'CreateStage', 'Token Exchanged', 'Concurrent Viewers'])
    expect(warningsOf({ eventName })).toEqual([]);
  expect(warningsOf({ eventName: 'GetStage' })).toHaveLength(1);
});

test('the names are those that the documentation has', () => {
  const table =
    /\| detail-type \|.*?\n\n/s.exec(readFileSync('docs/reference/emulator.md', 'utf8'))?.[0] ?? '';
  for (const type of Object.values(detailTypes)) {
    const row = table.split('\n').find((line) => line.startsWith(`| ${type} |`));
    if (type === detailTypes.apiCall || type === detailTypes.schedule) continue;
    expect(row?.split(' | ')[1], type).toBe(eventNames(type).join(', '));
  }
});

test('at most 100 wait', async () => {
  const { control } = await emulateReceiver();
  for (let count = 0; count < 100; count += 1) control.addEventFault({ fault: 'lost' });
  expect(() => control.addEventFault({ fault: 'lost' })).toThrow('at most 100 faults');
});
