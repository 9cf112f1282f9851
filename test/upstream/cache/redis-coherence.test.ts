// A write has returned: nobody reads what was before it, through whatever replica.
import { expect, it } from 'vitest';
import type { Redis } from '../../../src/redis/redis.ts';
import { SharedCache } from '../../../src/upstream/cache/shared-cache.ts';
import { openCache } from '../../support/cache.ts';
import { LeapingClock } from '../../support/clock.ts';
import { connect, onEachRedis, START, startRedis, startReplicas, until } from '../../support/redis.ts';
import { createSession } from '../../support/world.ts';

/** Its subscriber delivers what others have written when the test says so. */
function hold(redis: Redis) {
  const held: (() => void)[] = [];
  const listen = redis.listen.bind(redis);
  redis.listen = (topic, listener) =>
    listen(topic, (text) => (topic === 'forgotten' ? held.push(() => listener(text)) : listener(text)));
  return held;
}

onEachRedis('a write through one replica', { timeout: 60_000 }, () => {
  /** The other replica holds an answer, and a lease. */
  const open = async () => {
    const server = await startRedis();
    const clock = new LeapingClock();
    const time = { isStill: true };
    clock.isBusy = () => time.isStill;
    const now = () => START + clock.now();
    const { redis: one } = await connect({ ...server, now });
    const { redis: other } = await connect({ ...server, now });
    const held = hold(other);
    const aws = openCache(new SharedCache(one, clock), clock);
    const elsewhere = openCache(new SharedCache(other, clock), clock);
    const first = elsewhere.get();
    await until(() => elsewhere.calls() === 1);
    elsewhere.answer(0, 'old');
    await first;
    await elsewhere.get();
    await until(() => other.inFlight() === 0);
    /** It returns when AWS has answered and all that is waited for has come. */
    const write = async () => {
      const state = { hasReturned: false, returned: Promise.resolve() };
      state.returned = aws.update().then(() => {
        state.hasReturned = true;
      });
      aws.answer(0, 'new');
      await until(() => held.length > 0 && one.inFlight() === 0);
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      return state;
    };
    /** Time goes on for as long. */
    const pass = async (milliseconds: number) => {
      time.isStill = false;
      await aws.pass(milliseconds);
      time.isStill = true;
    };
    return { server, one, other, held, aws, elsewhere, time, write, pass };
  };
  const deafen = (redis: Redis) => {
    redis.catchUp = () => Promise.reject(new Error('no answer'));
  };

  it('returns when the other has heard, however late that is', async () => {
    const { held, elsewhere, write } = await open();
    const state = await write();
    expect(state.hasReturned).toBe(false);
    for (const deliver of held) deliver();
    await state.returned;
    void elsewhere.get();
    await until(() => elsewhere.calls() === 2);
  });

  it('returns after 250 ms when the other is silent, which then does not use what it holds', async () => {
    const { other, elsewhere, write, pass } = await open();
    const state = await write();
    deafen(other);
    await pass(249);
    expect(state.hasReturned).toBe(false);
    await pass(1);
    await state.returned;
    void elsewhere.get();
    await until(() => elsewhere.calls() === 2);
  });

  it('waits for nobody when there is no other', async () => {
    const { other, aws, pass } = await open();
    deafen(other);
    await pass(200);
    const write = aws.update();
    await until(() => aws.calls() === 1);
    aws.answer(0, 'new');
    // Time stands still.
    await write;
  });

  it('that Redis does not take waits for those who may still have a lease', async () => {
    const { server, one, other, aws, elsewhere, pass } = await open();
    await until(() => one.replicas() === 2);
    await server.kill();
    await until(() => !one.isUp() && !other.isUp());
    let hasReturned = false;
    const write = aws.update().then(() => {
      hasReturned = true;
    });
    aws.answer(0, 'new');
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    expect(hasReturned).toBe(false);
    await pass(250);
    await write;
    void elsewhere.get();
    await until(() => elsewhere.calls() === 2);
  });
});

onEachRedis('a replica that cannot hear', { timeout: 60_000 }, () => {
  it('joins no call that may have left before a write, but any that still waits for its turn', async () => {
    const { server, lead, replicas } = await startReplicas(2, { cached: true });
    const [, other] = replicas;
    const { stageArn } = await createSession(lead, 1);
    const stage = `{ stage(arn: "${stageArn}") { name endpoints { whip } } }`;
    await server.kill();
    await until(() => replicas.every(({ redis }) => !redis.isUp()));
    lead.calls();
    lead.emulator.faults.add({ operation: 'GetStage', times: 1, hang: true });
    const client = new AbortController();
    const early = other.ask(stage, {}, { signal: client.signal }).catch(() => 'gone');
    await until(() => lead.emulator.calls.count('GetStage') === 1);
    await lead.data(`mutation { updateStage(input: { arn: "${stageArn}", name: "new" }) { __typename } }`);
    expect((await other.data(stage)).stage.name).toBe('new');
    client.abort();
    expect(await early).toBe('gone');
    lead.calls();
    await Promise.all(Array.from({ length: 40 }, () => other.data(stage)));
    expect(lead.calls().GetStage).toBeLessThan(10);
  });

  it('trusts, when it is back, nothing that Redis has from before', async () => {
    const server = await startRedis();
    const { redis: one } = await connect(server);
    const { redis: other } = await connect(server);
    const aws = openCache(new SharedCache(one));
    const first = aws.get();
    await until(() => aws.calls() === 1);
    aws.answer(0, 'old');
    await first;
    await until(() => one.inFlight() === 0);
    const backs: (() => void)[] = [];
    other.onBack = (listener) => void backs.push(listener);
    const elsewhere = openCache(new SharedCache(other));
    for (const back of backs) back();
    void elsewhere.get();
    await until(() => elsewhere.calls() === 1);
  });
});

onEachRedis('three replicas', { timeout: 120_000 }, () => {
  const [OPERATIONS, STAGES, ASKERS] = [3_000, 5, 6];

  it('never read what was before a write, in thousands of random writes and reads', async () => {
    const { lead, replicas } = await startReplicas(3, {
      cached: true,
      callRates: false,
      rates: { GetStage: 1e6, UpdateStage: 1e6 },
    });
    const stages = await Promise.all(
      Array.from({ length: STAGES }, async () => ({
        arn: (await createSession(lead, 1)).stageArn,
        next: 1,
        written: 0,
      })),
    );
    const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;
    const counts = { reads: 0, stale: 0, writes: 0 };
    const write = async (stage: (typeof stages)[number]) => {
      const name = stage.next;
      stage.next += 1;
      await pick(replicas).data(
        `mutation { updateStage(input: { arn: "${stage.arn}", name: "n${name}" }) { ... on UpdateStagePayload { stage { arn } } } }`,
      );
      stage.written = name;
      counts.writes += 1;
    };
    const read = async (stage: (typeof stages)[number]) => {
      const { written } = stage;
      const found = await pick(replicas).data(`{ stage(arn: "${stage.arn}") { name endpoints { whip } } }`);
      counts.reads += 1;
      // A hit needs no turn of the event loop, which the others do.
      await new Promise(setImmediate);
      if (written > Number(found.stage.name?.slice(1))) counts.stale += 1;
    };
    const isOver = () => counts.reads + counts.writes >= OPERATIONS;
    await Promise.all([
      ...stages.map(async (stage) => {
        // One after the other, so that AWS's order of its names is known; some reads between.
        for (let index = 0; !isOver(); index += 1)
          await (index % 10 === 0 ? write(stage) : read(pick(stages)));
      }),
      ...Array.from({ length: ASKERS }, async () => {
        while (!isOver()) await read(pick(stages));
      }),
    ]);
    console.log(`three replicas: ${counts.stale} of ${counts.reads} reads stale, ${counts.writes} writes`);
    expect(counts.writes).toBeGreaterThan(50);
    expect(counts.stale).toBe(0);
  });
});
