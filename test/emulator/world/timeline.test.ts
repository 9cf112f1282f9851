// What is due, for many accounts: cancelled, moved and restored.
import { expect, test } from 'vitest';
import { Timeline } from '../../../src/emulator/world/timeline.ts';

const START = 1_000_000;

function timeline() {
  const now = { ms: START };
  const happened: unknown[] = [];
  const line = new Timeline<object>({ now: () => new Date(now.ms) }, (place) => place);
  const add = (seconds: number, accountId: string, key: string) =>
    line.after(seconds, { accountId, region: 'r' }, (_, name: string) => void happened.push(name), key);
  return { now, line, add, happened };
}

test('restored again and again, each happens once, in its order; cancelled ones do not', () => {
  const { now, line, add, happened } = timeline();
  for (let index = 0; index < 3000; index += 1) add(1, `account ${index % 3}`, `early ${index}`);
  add(3, 'account 0', 'late');
  const cancelled = add(2, 'account 0', 'cancelled');
  add(2, 'account 0', 'a');
  add(2, 'account 0', 'b');
  line.cancel(cancelled);
  const due = line.of('account 0');
  for (let count = 0; count < 5; count += 1)
    for (const accountId of ['account 0', 'account 1', 'account 2'])
      line.replace(accountId, accountId === 'account 0' ? due : []);
  now.ms += 10_000;
  line.catchUp();
  expect(happened).toHaveLength(1003);
  expect(happened.slice(-4)).toEqual(['early 2997', 'a', 'b', 'late']);
  expect(line.of('account 0')).toEqual([]);
  line.catchUp();
  expect(happened).toHaveLength(1003);
});

test('what happens can cancel and add', () => {
  const { now, line, add, happened } = timeline();
  const next = add(2, 'a', 'cancelled');
  line.after(1, { accountId: 'a', region: 'r' }, () => {
    line.cancel(next);
    add(0, 'b', 'added');
  });
  now.ms += 5000;
  line.catchUp();
  expect(happened).toEqual(['added']);
});
