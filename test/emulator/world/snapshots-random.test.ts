// Random histories of several accounts with snapshots and restores of them, against deep copies.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deepCopyOf } from '../support/deep-copy.ts';
import { emulate } from '../support/emulate.ts';
import { call, randomSteps, type Step, take } from '../support/random-world.ts';

type World = Awaited<ReturnType<typeof emulate>>;

const OTHER = '000000000002';
const signedBy = (account: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/us-west-2/ivs/aws4_request, SignedHeaders=host, Signature=00`,
});
const as = (world: World, account: string): World => ({
  ...world,
  post: (path, body, headers = signedBy(account)) => world.post(path, body, headers),
});

type Part =
  | { steps: Step[]; isOther: boolean }
  | { account: string | undefined }
  | { restore: number; isCompared: boolean }
  | { seconds: number }
  | 'outstanding';

const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ steps: randomSteps, isOther: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ account: fc.constantFrom(undefined, OTHER) }) },
  { weight: 3, arbitrary: fc.record({ restore: fc.nat({ max: 20 }), isCompared: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ seconds: fc.nat({ max: 300 }) }) },
  { weight: 1, arbitrary: fc.constant('outstanding' as const) },
);

interface Taken {
  id: string;
  account: string | undefined;
  state: unknown;
}

/** Lives the history, then restores each snapshot twice. */
async function live(world: World, parts: readonly Part[]): Promise<void> {
  const { accounts, control } = world.emulator;
  accounts.of(OTHER); // exists from the beginning
  const taken: Taken[] = [];
  // To compare is to read: what was read is no longer shared
  const restore = ({ id, account, state }: Taken, isCompared = true) => {
    control.restore({ id, account });
    if (isCompared) expect(deepCopyOf(world.emulator, account)).toEqual(state);
  };
  for (const one of parts) {
    if (one === 'outstanding') await takeWhileOutstanding(world);
    else if ('steps' in one) await take(one.isOther ? as(world, OTHER) : world, one.steps);
    else if ('seconds' in one) control.advanceClock(one);
    else if ('account' in one) {
      const { account } = one;
      const state = deepCopyOf(world.emulator, account);
      taken.push({ id: control.snapshot({ account }).id, account, state });
    } else {
      const chosen = taken[one.restore % Math.max(1, taken.length)];
      if (chosen) restore(chosen, one.isCompared);
    }
  }
  for (const one of [...taken, ...taken.toReversed()]) restore(one);
}

test('a snapshot is a deep copy of the worlds, whatever happens before, between and after restores', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 6, maxLength: 14 }), async (parts) =>
      live(await emulate({ ids: 'a seed' }), parts),
    ),
    { numRuns: 15 },
  );
});

test('the same of a demo world that moves by itself', async () => {
  const world = await emulate({ ids: 'a seed', alive: true });
  world.emulator.control.reset({ account: OTHER, seed: 'demo' });
  const moving = { seconds: 120 };
  const taking = { account: OTHER };
  await live(world, [
    moving,
    taking,
    moving,
    { account: undefined },
    moving,
    taking,
    { restore: 0, isCompared: false },
    moving,
  ]);
});

/** The call acts after the snapshot, which does not know of it. */
async function takeWhileOutstanding(world: World): Promise<void> {
  const { control } = world.emulator;
  const before = deepCopyOf(world.emulator);
  control.addFault({ operation: 'CreateStage', delayMs: 20, times: 1 });
  const arrived = world.emulator.calls.count('CreateStage');
  const outstanding = call(world, 'CreateStage', { name: 'outstanding' });
  await control.waitForCalls({ operation: 'CreateStage', count: arrived + 1, timeoutMs: 5000 });
  const { id } = control.snapshot({ name: 'outstanding' });
  expect(await outstanding).toMatchObject({ stage: { name: 'outstanding' } });
  control.restore({ id });
  expect(deepCopyOf(world.emulator)).toEqual(before);
  control.deleteSnapshot({ id });
}
