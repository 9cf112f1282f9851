// That those who waited for one answer go on one by one, and each with all that it waited for.
import { expect, it, onTestFinished, vi } from 'vitest';
import { Arrivals } from '../../src/upstream/arrivals.ts';
import { startGateway } from '../support/gateway.ts';

const oneTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

it.each([
  [1000, [['alice 1', 'alice 2'], ['bob'], ['carol']]],
  [0, [['alice 1', 'alice 2', 'bob', 'carol']]],
])('lets requests of %i ms go on in turns of the event loop, each with all that waits', async (ms, turns) => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const arrivals = new Arrivals();
  const gone: string[] = [];
  const [alice, bob, carol] = [{}, {}, {}];
  const waiting = { 'alice 1': alice, bob, carol, 'alice 2': alice };
  let turn = oneTurn();
  for (const [name, request] of Object.entries(waiting))
    arrivals.add(request, () => {
      gone.push(name);
      vi.advanceTimersByTime(ms);
    });
  for (const [index] of turns.entries()) {
    await turn;
    turn = oneTurn();
    expect(gone).toEqual(turns.slice(0, index + 1).flat());
  }
});

it('shares a turn of the event loop also between requests that arrive in it one after the other', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const arrivals = new Arrivals();
  const gone: number[] = [];
  const arrive = (name: number) => () =>
    arrivals.add({}, () => {
      gone.push(name);
      vi.advanceTimersByTime(1000);
    });
  for (const name of [1, 2, 3]) setImmediate(arrive(name));
  for (const name of [1, 2, 3]) {
    await oneTurn();
    expect(gone).toHaveLength(name);
  }
});

it('answers all who asked the same, for the calls of one', async () => {
  const query =
    '{ stages { nodes { name activeSession { participants(first: 5) { nodes { userId browserName } } } } } }';
  const alone = await startGateway({ seed: 'demo', cached: true });
  const expected = await alone.data(query);
  // From the cache where a busy machine is late for the call of the others.
  const together = await startGateway({ seed: 'demo', cached: true });
  const answers = await Promise.all(Array.from({ length: 20 }, () => together.data(query)));
  expect(answers).toEqual(answers.map(() => expected));
  expect(together.calls()).toEqual(alone.calls());
});
