// The bucket in Redis and the one in the process are one algorithm in two languages: whatever happens to both, in any order
// and at any time, they count the same, and a token that was given for later is there when its time has come.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GIVE_BACK, RELEASE, RESERVE, SLOW_DOWN } from '../../../src/upstream/quota/shared-bucket-scripts.ts';
import { MAX_FLIGHT_MS, TokenBucket } from '../../../src/upstream/quota/token-bucket.ts';
import { connect, onEachRedis, startRedis } from '../../support/redis.ts';

/** Small, so that fractions of milliseconds are exact enough to compare. */
const START = 1_000_000;
let now = START;

/** A token that Redis gave, and what has become of it since. */
interface Flight {
  flight: number;
  at: number;
  takenAs: number;
  landed?: { at: number; as: number };
}

/** The bucket in the process, made anew from all that happened: so what was given back can be as if never taken. */
class Reference {
  readonly perSecond: number;
  readonly begin = now;
  flights: Flight[] = [];
  slowedAt = 0;
  #slowed: { at: number; as: number }[] = [];
  /** Tells apart what happens in the same millisecond. */
  #steps = 0;

  constructor(perSecond: number) {
    this.perSecond = perSecond;
  }

  /** In flight, or given for later. */
  get open(): Flight[] {
    return this.flights.filter((flight) => landingOf(flight).at > now);
  }

  get later(): Flight[] {
    return this.flights.filter(({ at }) => at > now);
  }

  take(flight: number, at: number): void {
    this.#steps += 1;
    this.flights.push({ flight, at, takenAs: this.#steps });
  }

  land(flight: Flight): void {
    this.#steps += 1;
    flight.landed = { at: now, as: this.#steps };
  }

  slowDown(): void {
    this.#steps += 1;
    this.#slowed.push({ at: now, as: this.#steps });
    this.slowedAt = now;
  }

  /** As it is now. Fails if there is no token for one that was promised. */
  bucket(): TokenBucket {
    const bucket = new TokenBucket(this.perSecond, this.begin);
    const takes = this.flights.map(({ at, takenAs: as }) => ({
      at,
      as,
      act: () => expect(bucket.take(at)).toBe(true),
    }));
    const landings = this.flights.map((flight) => {
      const landing = landingOf(flight);
      return { ...landing, act: () => bucket.release(landing.at) };
    });
    const slowed = this.#slowed.map((step) => ({ ...step, act: () => bucket.slowDown(step.at) }));
    const past = [...takes, ...landings, ...slowed].filter(({ at }) => at <= now);
    for (const { act } of past.sort((a, b) => a.at - b.at || a.as - b.as)) act();
    return bucket;
  }
}

const landingOf = ({ at, landed }: Flight) => landed ?? { at: at + MAX_FLIGHT_MS, as: 0 };

type Run = (lua: string, ...args: (string | number)[]) => Promise<unknown>;

/** One step on both. */
type Step = (run: Run, reference: Reference) => Promise<unknown>;

const numbers = (answer: unknown) => (answer as unknown[]).map((value) => Number(String(value)));

async function reserve(run: Run, reference: Reference, calls: number): Promise<void> {
  const bucket = reference.bucket();
  const later = reference.later.length;
  const answer = numbers(await run(RESERVE, 'a', 1, calls, 0));
  const [taken = 0, last = 0, startsInMs = 0, places, comesInMs] = answer;
  let count = 0;
  while (count < calls && bucket.waitFor(later + 1, now) === 0 && bucket.take(now)) count += 1;
  expect(taken - (startsInMs > 0 ? 1 : 0)).toBe(count);
  if (startsInMs > 0) expect(startsInMs).toBeCloseTo(bucket.waitFor(later + 1, now), 4);
  for (let flight = last - taken + 1; flight <= last; flight += 1)
    reference.take(flight, flight === last ? now + startsInMs : now);
  expect(places).toBe(Math.min(1, calls - taken));
  if (places) expect(comesInMs).toBeCloseTo(bucket.waitFor(reference.later.length + 1, now), 4);
}

async function giveBack(run: Run, reference: Reference, flights: Flight[]): Promise<void> {
  await run(GIVE_BACK, 'a', ...flights.map(({ flight }) => flight));
  reference.flights = reference.flights.filter((flight) => !flights.includes(flight));
}

const steps = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.nat(7).map(
      (calls): Step =>
        (run, reference) =>
          reserve(run, reference, calls),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.nat(700).map(
      (ms): Step =>
        async () => {
          now += ms;
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.nat().map(
      (which): Step =>
        async (run, reference) => {
          const flying = reference.open.filter(({ at }) => at <= now);
          const landing = flying[which % flying.length];
          if (!landing) return;
          reference.land(landing);
          await run(RELEASE, landing.flight);
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat().map(
      (which): Step =>
        (run, reference) => {
          // What was taken before a 429 does not come back as savings: see below.
          const some = reference.open.filter(({ at }) => at > reference.slowedAt);
          return giveBack(run, reference, some.length > 0 ? [some[which % some.length] as Flight] : []);
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>(async (run, reference) => {
      // What was given for later stays given, at the rate of before: the reference would not have it.
      await giveBack(run, reference, reference.later);
      await run(SLOW_DOWN);
      reference.slowDown();
    }),
  },
);

async function startScripts() {
  const { redis } = await connect({ ...(await startRedis()), now: () => now });
  let buckets = 0;
  return (perSecond: number): Run => {
    buckets += 1;
    const keys = ['bucket', 'flights', 'places', 'line'].map((what) => `quota:${buckets}:${what}`);
    return (lua, ...args) => redis.run(lua, [...keys, 'members'], [perSecond, ...args]);
  };
}

onEachRedis('the bucket in Redis', { timeout: 60_000 }, () => {
  it('counts as the one in the process does, and keeps its word', async () => {
    const bucketOf = await startScripts();
    let given = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0.5, 2, 5, 155),
        fc.array(steps, { minLength: 10, maxLength: 40, size: 'max' }),
        async (perSecond, sequence) => {
          now = START;
          const run = bucketOf(perSecond);
          const reference = new Reference(perSecond);
          for (const step of sequence) {
            await step(run, reference);
            given += reference.later.length;
            const [, , , , , tokens = 0, share = 0, slowedMs = 0] = numbers(await run(RESERVE, 'b', 0, 0, 0));
            const there = new TokenBucket(perSecond, now);
            there.set({ tokens: tokens + reference.later.length, share, slowedAt: now - slowedMs }, now);
            const here = reference.bucket();
            for (const count of [1, 20])
              expect(there.waitFor(count, now)).toBeCloseTo(here.waitFor(count, now), 3);
          }
        },
      ),
      { numRuns: 60 },
    );
    // Or it would have proved little.
    expect(given).toBeGreaterThan(50);
  });

  it('has nothing saved up after a 429, also when what was taken before is given back', async () => {
    now = START;
    const run = (await startScripts())(5);
    const [taken, last = 0] = numbers(await run(RESERVE, 'a', 1, 5, 0));
    expect(taken).toBe(5);
    await run(SLOW_DOWN);
    await run(GIVE_BACK, 'a', last, last - 1);
    const [, , startsInMs] = numbers(await run(RESERVE, 'a', 1, 1, 0));
    expect(startsInMs).toBeGreaterThan(1000 / 5);
  });
});
