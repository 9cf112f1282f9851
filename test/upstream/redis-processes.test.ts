// Three gateways as they are deployed: processes of their own on one Redis, and an emulator that enforces AWS's call rates.
import { describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { ask, before, serving } from '../support/processes.ts';
import { isInstalled, startRedis, untilElsewhere } from '../support/redis.ts';

const PEOPLE = 10;
const throttled = ({ calls }: Emulator) => calls.log().filter(({ status }) => status === 429).length;

/** Makes a stage with people on it, and asks for details of theirs that take one call each. */
async function questionAbout({ control }: Emulator, url: string): Promise<string> {
  const { data } = await ask(
    url,
    'mutation { createStage(input: {}) { ... on CreateStagePayload { stage { arn } } } }',
  );
  const stageArn: string = data.createStage.stage.arn;
  const joined = Array.from({ length: PEOPLE }, () => control.join({ stageArn, browserName: 'Firefox' }));
  return `{ participants(stageArn: "${stageArn}", sessionId: "${joined[0]?.sessionId}") { nodes { browserName } } }`;
}

describe.skipIf(!isInstalled)('three gateways on one Redis', () => {
  it('share one quota, go on alone without Redis, and share again when it is back', async () => {
    const server = await startRedis();
    const emulator = await startEmulator({ callRates: true });
    const env = { ...before(emulator), REDIS_URL: server.url };
    const gateways = await Promise.all([1, 2, 3].map(() => serving([], env)));
    const saying = (text: string) => gateways.map(({ said }) => said.err.split(text).length - 1);
    const lost = () => saying('Redis cannot be used');
    const found = () => saying('Redis answers');
    /** 1 while Redis is there, 0 while it is lost: each gateway logs the one and the other in turn, once. */
    const balance = () => found().map((times, index) => times - (lost()[index] ?? 0));
    const query = await questionAbout(emulator, gateways[0]?.url as string);

    const work = async (title: string) => {
      emulator.calls.reset();
      const start = performance.now();
      const answers = await Promise.all(
        gateways.map(({ url }) => ask(url, query, { 'cache-control': 'no-cache' })),
      );
      const seconds = (performance.now() - start) / 1000;
      for (const { data, errors } of answers) {
        expect(errors).toBeUndefined();
        expect(data.participants.nodes).toHaveLength(PEOPLE);
        for (const { browserName } of data.participants.nodes) expect(browserName).toBe('Firefox');
      }
      const calls = emulator.calls.count('GetParticipant');
      console.log(
        `${title}: ${calls} calls in ${seconds.toFixed(2)} s, ${throttled(emulator)} of them 429s; lost ${lost()}, found ${found()}`,
      );
      return { calls, seconds };
    };

    const { calls, seconds } = await work('shared');
    expect(calls).toBe(3 * PEOPLE);
    expect(seconds).toBeGreaterThan((calls - 5) / 5);
    // A machine on which Redis does not get to answer is none to share a quota on.
    if (!lost().some(Boolean)) expect(throttled(emulator)).toBe(0);

    const half = work('lost half-way');
    await untilElsewhere(() => emulator.calls.count('GetParticipant') > 10);
    await server.kill();
    await half;
    await untilElsewhere(() => balance().every((now) => now < 1));
    expect(balance()).toEqual([0, 0, 0]);
    const foundBefore = found();

    const back = work('found half-way');
    await untilElsewhere(() => emulator.calls.count('GetParticipant') > 10);
    await server.start();
    await back;
    await untilElsewhere(() => found().every((times, index) => times > (foundBefore[index] ?? 0)));
    await work('shared again');
    // A gateway that gets no CPU for a while takes Redis for lost, and finds it again.
    await untilElsewhere(() => balance().every((now) => now > 0));
    expect(balance()).toEqual([1, 1, 1]);
    await emulator.close();
  });
});
