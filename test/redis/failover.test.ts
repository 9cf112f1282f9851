// The primary that has the keys is gone in mid-burst: a replica of it is promoted, and the gateways find that by themselves.
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { RealClock } from '../support/clock.ts';
import { ask, before, serving } from '../support/processes.ts';
import { isInstalled, startReplicas, untilElsewhere } from '../support/redis.ts';
import { useCluster } from '../support/redis-cluster.ts';
import { createSession } from '../support/world.ts';

/** After the promotion. */
const BACK_WITHIN_MS = 5_000;
const PEOPLE = 10;
/** Beyond the time for which a replica trusts nothing of Redis after a loss. */
const AFTERWARDS_MS = 8_000;

const signals = ['SIGKILL', 'SIGSTOP'] as const;

describe.skipIf(!isInstalled)('a failover', { timeout: 120_000 }, () => {
  const open = useCluster();

  it.each(signals)('by %s: no stale read, neither meanwhile nor later', async (signal) => {
    const server = await open();
    const options = {
      startServer: async () => server,
      cached: true,
      timeoutMs: 1000,
      callRates: false,
      rates: { GetStage: 1e6, UpdateStage: 1e6 },
      // Nobody else's failover takes less time because a test waits for it.
      passing: new RealClock(),
    };
    const { lead, replicas } = await startReplicas(3, options);
    await untilElsewhere(() => replicas.every(({ redis }) => redis.replicas() === 3));
    const { stageArn } = await createSession(lead, 1);
    const state = { next: 1, written: 0, reads: 0, stale: 0, isOver: false };
    const pick = () => replicas[Math.floor(Math.random() * replicas.length)] as (typeof replicas)[0];
    const write = async () => {
      const number = state.next;
      state.next += 1;
      await pick().data(
        `mutation { updateStage(input: { arn: "${stageArn}", name: "n${number}" }) { ... on UpdateStagePayload { stage { arn } } } }`,
      );
      state.written = number;
    };
    const read = async () => {
      const { written } = state;
      const { stage } = await pick().data(`{ stage(arn: "${stageArn}") { name endpoints { whip } } }`);
      state.reads += 1;
      if (written > Number(stage.name?.slice(1) ?? 0)) state.stale += 1;
      await new Promise(setImmediate);
    };
    const loop = async (step: () => Promise<void>) => {
      while (!state.isOver) await step();
    };
    const burst = Promise.all([loop(write), loop(read), loop(read), loop(read)]);
    await untilElsewhere(() => state.written > 3);
    await server.failOver(signal);
    const promoted = performance.now();
    await untilElsewhere(() => replicas.every(({ redis }) => redis.isUp()));
    const backMs = performance.now() - promoted;
    await new Promise((resolve) => setTimeout(resolve, AFTERWARDS_MS));
    state.isOver = true;
    await burst;
    console.log(
      `${signal}: back ${backMs.toFixed(0)} ms after the promotion; ${state.stale} of ${state.reads} reads stale, ${state.written} writes`,
    );
    expect(backMs).toBeLessThan(BACK_WITHIN_MS);
    expect(state.stale).toBe(0);
    for (const replica of replicas) {
      await write();
      const { stage } = await replica.data(`{ stage(arn: "${stageArn}") { name } }`);
      expect(stage.name).toBe(`n${state.written}`);
    }
    for (const { said } of replicas)
      expect(said.some((line) => line.startsWith('warn Redis cannot be used'))).toBe(true);
  });

  it.each(signals)(
    'by %s is survived by three processes at AWS’s call rates without a 429',
    async (signal) => {
      const server = await open();
      const emulator = await startEmulator({ callRates: true });
      onTestFinished(() => emulator.close());
      const REDIS_PREFIX = server.prefix.replace(/[{}:]/g, '');
      const env = { ...before(emulator), REDIS_URL: server.url, REDIS_PREFIX };
      const gateways = await Promise.all([1, 2, 3].map(() => serving([], env)));
      const times = (text: string) => gateways.map(({ said }) => said.err.split(text).length - 1);
      const { data } = await ask(
        gateways[0]?.url as string,
        'mutation { createStage(input: {}) { ... on CreateStagePayload { stage { arn } } } }',
      );
      const stageArn: string = data.createStage.stage.arn;
      const joined = Array.from({ length: PEOPLE }, () =>
        emulator.control.join({ stageArn, browserName: 'Firefox' }),
      );
      const query = `{ participants(stageArn: "${stageArn}", sessionId: "${joined[0]?.sessionId}") { nodes { browserName } } }`;
      const work = Promise.all(gateways.map(({ url }) => ask(url, query, { 'cache-control': 'no-cache' })));
      await untilElsewhere(() => emulator.calls.count('GetParticipant') > 10);
      await server.failOver(signal);
      const promoted = performance.now();
      const isBack = () => {
        const lost = times('Redis cannot be used');
        return times('Redis answers').every((found, index) => found > (lost[index] ?? 0));
      };
      await untilElsewhere(isBack);
      const backMs = performance.now() - promoted;
      for (const { data, errors } of await work) {
        expect(errors).toBeUndefined();
        expect(data.participants.nodes).toHaveLength(PEOPLE);
      }
      const refused = emulator.calls.log().filter(({ status }) => status === 429).length;
      console.log(`three processes: back ${backMs.toFixed(0)} ms after the promotion, ${refused} 429s`);
      for (const lost of times('Redis cannot be used')) expect(lost).toBeGreaterThan(0);
      expect(backMs).toBeLessThan(BACK_WITHIN_MS);
      expect(refused).toBe(0);
    },
  );
});
