// What every bulk mutation does alike: thousands of items leave the event loop to others.
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../src/context.ts';
import type { Bulk } from '../../../src/schema/patterns/bulk-items.ts';
import { runBulk } from '../../../src/schema/patterns/bulk-run.ts';
import { ThrottledError, UpstreamError } from '../../../src/upstream/errors.ts';

const ARN = 'arn:aws:ivs:us-west-2:123456789012:stage/a';
const MANY = Array.from({ length: 5_000 }, (_, index) => index);
const context = { signal: new AbortController().signal } as Context;

const bulk = (rest: Partial<Bulk<number, number>>): Bulk<number, number> => ({
  operation: 'DisconnectParticipant',
  items: MANY,
  problemOf: () => undefined,
  arnOf: () => ARN,
  send: async (item) => item,
  ...rest,
});

/** How often `work` notes something between two turns of the event loop at most. */
async function mostInATurn(work: (note: () => void) => Promise<unknown>): Promise<number> {
  let [most, sinceTurn, isOn] = [0, 0, true];
  const turn = () => {
    sinceTurn = 0;
    if (isOn) setImmediate(turn);
  };
  setImmediate(turn);
  await work(() => {
    sinceTurn += 1;
    most = Math.max(most, sinceTurn);
  });
  isOn = false;
  return most;
}

describe('5,000 items of a bulk mutation are worked on some hundreds in a turn of the event loop', () => {
  it('when they are malformed', async () => {
    const most = await mostInATurn((note) =>
      runBulk(
        bulk({
          problemOf: () => {
            note();
            return 'wrong';
          },
        }),
        context,
      ),
    );
    expect(most).toBeLessThanOrEqual(500);
  });

  it.each([
    ['succeed at once', async (item: number) => item],
    ['fail at once', () => Promise.reject(new UpstreamError('no'))],
  ])('when their calls %s', async (_how, answer) => {
    let outcome: Awaited<ReturnType<typeof runBulk<number, number>>> | undefined;
    const most = await mostInATurn(async (note) => {
      const send = (item: number) => {
        note();
        return answer(item);
      };
      outcome = await runBulk(bulk({ send }), context);
    });
    expect(most).toBeLessThanOrEqual(600);
    const indexes = outcome?.failures.map(({ index }) => index) ?? [];
    expect(outcome?.done.filter((done) => done !== undefined).length).toBe(5_000 - indexes.length);
    if (indexes.length > 0) expect(indexes).toEqual(MANY);
  });
});

describe('the calls of a bulk mutation', () => {
  it('are at most 100 at a time', async () => {
    let [underWay, most] = [0, 0];
    const send = async (item: number) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return item;
    };
    const { done, failures } = await runBulk(bulk({ send }), context);
    expect([done, failures]).toEqual([MANY, []]);
    expect(most).toBe(100);
  });

  it('end with the first that the quota has no turn for', async () => {
    let sent = 0;
    const aws = { service: 'ivs-realtime', operation: 'DisconnectParticipant', region: 'us-west-2' };
    const send = async (item: number) => {
      sent += 1;
      await new Promise(setImmediate);
      if (item >= 10) throw new ThrottledError('too late', aws);
      return item;
    };
    const { failures } = await runBulk(bulk({ send }), context);
    expect(failures.map(({ index }) => index)).toEqual(MANY.slice(10));
    expect(sent).toBeLessThanOrEqual(200);
  });

  it('go on after a refusal that is of the item alone', async () => {
    const aws = { service: 'ivs-realtime', operation: 'DisconnectParticipant', region: 'us-west-2' };
    // Another operation had no turn; and AWS itself refused.
    const refusals = [
      { ...aws, operation: 'GetStage' },
      { ...aws, httpStatus: 429 },
    ];
    const send = async (item: number) => {
      if (refusals[item]) throw new ThrottledError('no', refusals[item]);
      return item;
    };
    const { failures } = await runBulk(bulk({ send }), context);
    expect(failures.map(({ index }) => index)).toEqual([0, 1]);
  });

  it('all end before an unexpected error is thrown, also those of other lanes', async () => {
    let [begun, ended] = [0, 0];
    const send = async (item: number) => {
      begun += 1;
      if (item === 3) throw new TypeError('a bug');
      await new Promise((resolve) => setTimeout(resolve, 1));
      ended += 1;
      return item;
    };
    const halves = bulk({ items: MANY.slice(0, 200), send, laneOf: (item) => String(item % 2) });
    await expect(runBulk(halves, context)).rejects.toThrow('a bug');
    expect(ended).toBe(begun - 1);
  });

  it('all end before an unexpected error is thrown', async () => {
    let [begun, ended] = [0, 0];
    const send = async (item: number) => {
      begun += 1;
      await new Promise(setImmediate);
      ended += 1;
      if (item === 3) throw new TypeError('a bug');
      return item;
    };
    await expect(runBulk(bulk({ send }), context)).rejects.toThrow('a bug');
    expect(ended).toBe(begun);
    expect(begun).toBeLessThan(5_000);
  });
});
