// Equal reads of several replicas share one call, on a real Redis.
import { expect, it } from 'vitest';
import { SharedCache } from '../../../src/upstream/cache/shared-cache.ts';
import * as scripts from '../../../src/upstream/cache/shared-cache-scripts.ts';
import { openCache } from '../../support/cache.ts';
import {
  connect,
  detail,
  onEachRedis,
  startRedis,
  startReplicas,
  throttled,
  until,
} from '../../support/redis.ts';
import { createSession } from '../../support/world.ts';

const COSTS = { headers: { 'x-ivs-cost': '1' } };

onEachRedis('the same query to two replicas at once', { timeout: 60_000 }, () => {
  it('costs the calls of one, and nobody is refused for what the other reads', async () => {
    const { lead, replicas } = await startReplicas(2, { cached: true });
    const session = await createSession(lead, 100);
    const answers = await Promise.all(replicas.map((replica) => replica.ask(detail(session), {}, COSTS)));
    for (const { data, errors } of answers) {
      expect(errors).toBeUndefined();
      expect(data.participants.nodes).toHaveLength(100);
    }
    expect(lead.calls()).toEqual({ ListParticipants: 1, GetParticipant: 100 });
    const costs = answers.map(({ extensions }) =>
      extensions?.ivs?.operations.find(({ operation }) => operation === 'GetParticipant'),
    );
    const sum = (what: 'calls' | 'coalesced' | 'cached') =>
      costs.reduce((total, cost) => total + (cost?.[what] ?? 0), 0);
    expect(sum('calls')).toBe(100);
    expect(sum('coalesced') + sum('cached')).toBe(100);
    expect(throttled(lead)).toBe(0);
  });

  it('is read by the other when the one who reads it goes away', async () => {
    const { lead, replicas } = await startReplicas(2, { cached: true });
    const [one, other] = replicas;
    const { stageArn } = await createSession(lead, 1);
    const stage = `{ stage(arn: "${stageArn}") { endpoints { whip } } }`;
    lead.emulator.faults.add({ operation: 'GetStage', times: 1, hang: true });
    const client = new AbortController();
    const gone = one.ask(stage, {}, { signal: client.signal }).catch(() => 'gone');
    await until(() => lead.emulator.calls.count('GetStage') === 1);
    const answer = other.data(stage);
    client.abort();
    expect(await gone).toBe('gone');
    expect((await answer).stage.endpoints.whip).toMatch(/^https/);
    expect(lead.calls()).toEqual({ GetStage: 2 });
  });
});

onEachRedis('a read that another replica has in flight', { timeout: 60_000 }, () => {
  const openTwo = async () => {
    const server = await startRedis();
    const { redis: one } = await connect(server);
    const { redis: other } = await connect(server);
    return { one, other, aws: openCache(new SharedCache(one)), elsewhere: openCache(new SharedCache(other)) };
  };
  const calls = (count: number, aws: { calls(): number }) => until(() => aws.calls() === count);

  it('is waited for', async () => {
    const { aws, elsewhere } = await openTwo();
    const first = aws.get();
    await calls(1, aws);
    const second = elsewhere.get();
    aws.answer(0, 'name');
    expect(await second).toEqual(await first);
    expect(elsewhere.calls()).toBe(0);
  });

  it('is not waited for when that replica is no more', async () => {
    const { one, aws, elsewhere } = await openTwo();
    void aws.get();
    await calls(1, aws);
    void elsewhere.get();
    await one.close();
    await calls(1, elsewhere);
  });

  it('is not waited for by a read that begins after a write', async () => {
    const { aws, elsewhere } = await openTwo();
    void aws.get();
    await calls(1, aws);
    const write = elsewhere.update();
    elsewhere.answer(0, 'new');
    await write;
    void elsewhere.get();
    await calls(2, elsewhere);
  });

  it('is not waited for when it ended while Redis was lost, as soon as that is back', async () => {
    const { one, elsewhere } = await openTwo();
    const backs: (() => void)[] = [];
    one.onBack = (listener) => void backs.push(listener);
    const run = one.run.bind(one);
    one.run = (lua, keys, args) =>
      lua === scripts.GET ? run(lua, keys, args) : Promise.reject(new Error('lost'));
    const alone = openCache(new SharedCache(one));
    const first = alone.get();
    await calls(1, alone);
    alone.answer(0, 'name');
    await first;
    void elsewhere.get();
    one.run = run;
    for (const back of backs) back();
    await calls(1, elsewhere);
  });
});
