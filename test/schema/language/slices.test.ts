// Long lists are worked through in turns of the event loop: counted is what is done between two of them.
import { describe, expect, it } from 'vitest';
import { forEachInSlices, inSlices } from '../../../src/schema/language/slices.ts';
import { RevocationQueue } from '../../../src/schema/low-latency/revocation-queue.ts';
import type { Revocation } from '../../../src/schema/low-latency/viewer-session.ts';

const many = Array.from({ length: 5_000 }, (_, index) => index);

/** How many items are worked on between two turns of the event loop at most, and all of them in their order. */
async function watch(work: (note: (item: number) => void) => Promise<void>) {
  const seen: number[] = [];
  let [most, sinceTurn, isOn] = [0, 0, true];
  const turn = () => {
    sinceTurn = 0;
    if (isOn) setImmediate(turn);
  };
  setImmediate(turn);
  await work((item) => {
    seen.push(item);
    sinceTurn += 1;
    most = Math.max(most, sinceTurn);
  });
  isOn = false;
  return { seen, most };
}

describe('a long list', () => {
  it('is worked through some hundreds at a time', async () => {
    const { seen, most } = await watch((note) => forEachInSlices(many, note));
    expect(seen).toEqual(many);
    expect(most).toBeLessThanOrEqual(500);
  });

  it('is handed to graphql-js some hundreds at a time', async () => {
    const { seen, most } = await watch(async (note) => {
      for await (const item of inSlices(many)) note(item);
    });
    expect(seen).toEqual(many);
    expect(most).toBeLessThanOrEqual(500);
  });
});

describe('the queue of a revocation', () => {
  const revocation = (viewerId: string, version: number): Revocation => ({
    item: { channelArn: 'c', viewerId, viewerSessionVersionsLessThanOrEqualTo: version },
    indexes: [version],
  });

  it('looks at a bounded number of pairs for a batch, and loses none', () => {
    let looked = 0;
    const counted = many.map((version): Revocation => {
      const { item, indexes } = revocation('v', version);
      return {
        indexes,
        get item() {
          looked += 1;
          return item;
        },
      };
    });
    const queue = new RevocationQueue(counted);
    const taken: number[] = [];
    for (let batch = queue.takeBatch(20); batch.length > 0; batch = queue.takeBatch(20))
      taken.push(...batch.flatMap(({ indexes }) => indexes));
    expect(taken.sort((a, b) => a - b)).toEqual(many);
    expect(looked).toBeLessThanOrEqual(200 * many.length);
  });

  it('keeps its order when pairs are put back', () => {
    const queue = new RevocationQueue(['a', 'b', 'b', 'c', 'd'].map(revocation));
    const batch = queue.takeBatch(3);
    expect(batch.map(({ indexes }) => indexes[0])).toEqual([0, 1, 3]);
    queue.putBack(batch);
    expect(queue.takeAll().map(({ indexes }) => indexes[0])).toEqual([0, 1, 3, 2, 4]);
    expect(queue.length).toBe(0);
  });
});
