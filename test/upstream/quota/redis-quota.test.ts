// One quota for all replicas, on a real Redis that is told the tests' time.
import { expect, it } from 'vitest';
import * as scripts from '../../../src/upstream/quota/shared-bucket-scripts.ts';
import { detail, onEachRedis, type Replica, startReplicas, throttled, until } from '../../support/redis.ts';
import { createSession } from '../../support/world.ts';

/** What a replica does to buckets from now on. */
function scriptsOf({ redis }: Replica): string[] {
  const names: string[] = [];
  const run = redis.run.bind(redis);
  redis.run = (lua, keys, args) => {
    const [name] = Object.entries(scripts).find(([, script]) => script === lua) ?? [];
    if (name) names.push(name);
    return run(lua, keys, args);
  };
  return names;
}

onEachRedis('the quota of several replicas', { timeout: 60_000 }, () => {
  it('is one: three with the same work take as long as one with all of it, without a 429', async () => {
    const { lead, replicas } = await startReplicas(3);
    const session = await createSession(lead, 20);
    const start = lead.clock.now();
    const ends: number[] = [];
    const answers = await Promise.all(
      replicas.map(async (replica) => {
        const { participants } = await replica.data(detail(session));
        ends.push((lead.clock.now() - start) / 1000);
        return participants.nodes;
      }),
    );
    for (const nodes of answers) {
      expect(nodes).toHaveLength(20);
      expect(nodes.every((node: { browserName: string }) => node.browserName === 'Firefox')).toBe(true);
    }
    expect(throttled(lead)).toBe(0);
    expect(lead.calls()).toEqual({ ListParticipants: 3, GetParticipant: 60 });
    // 60 calls, 5 at once and then 5 a second, less the margin of 2 %.
    expect(Math.max(...ends)).toBeGreaterThan(11);
    expect(Math.max(...ends)).toBeLessThan(11 * 1.05);
    // In turns: but for the first burst, nobody gets more than the others.
    expect(Math.min(...ends)).toBeGreaterThan(8.5);
  });

  it('lets a small request of one replica in between those of another', async () => {
    const { lead, replicas } = await startReplicas(2);
    const [large, small] = replicas;
    const session = await createSession(lead, 60);
    const done = large.data(detail(session));
    await until(() => lead.emulator.calls.count('GetParticipant') > 10);
    const start = lead.clock.now();
    await small.data(detail(session, 1));
    expect((lead.clock.now() - start) / 1000).toBeLessThan(1);
    await done;
    expect(throttled(lead)).toBe(0);
  });

  it('costs one round trip where tokens are left, and a word behind the answer that the call has ended', async () => {
    const { lead, replicas } = await startReplicas(2);
    const session = await createSession(lead, 1);
    const ran = scriptsOf(replicas[0]);
    await replicas[0].data(`{ stage(arn: "${session.stageArn}") { endpoints { whip } } }`);
    expect(ran).toEqual(['RESERVE', 'RELEASE']);
  });

  it('is known to all: what cannot start for the calls of others is refused at once', async () => {
    const { lead, replicas } = await startReplicas(2);
    const [first, second] = replicas;
    const session = await createSession(lead, 100);
    const done = first.ask(detail(session));
    await until(() => lead.emulator.calls.count('GetParticipant') > 10);
    const { errors = [] } = await second.ask(
      `query { ${Array.from({ length: 98 }, (_, index) => `p${index}: participant(stageArn: "${session.stageArn}", sessionId: "${session.sessionId}", participantId: "${session.participantIds[index]}") { browserName }`).join('\n')} }`,
    );
    // In 30 s come 147 turns, and every other one is the first one's.
    expect(errors.length).toBeGreaterThan(20);
    for (const { extensions } of errors) {
      expect(extensions?.code).toBe('THROTTLED');
      expect(extensions?.retryAfterMs).toBeGreaterThan(29_000);
    }
    await done;
    expect(throttled(lead)).toBe(0);
  });

  it('is slowed down for all by a 429 that one has got', async () => {
    const { lead, replicas } = await startReplicas(2);
    const [struck, other] = replicas;
    const session = await createSession(lead, 10);
    lead.emulator.faults.add({
      operation: 'GetParticipant',
      times: 1,
      errorType: 'ThrottlingException',
      status: 429,
    });
    await struck.data(detail(session, 1));
    const start = lead.clock.now();
    const { extensions } = await other.ask(detail(session), {}, { headers: { 'x-ivs-cost': '1' } });
    // Ten calls at a rate that was halved and climbs slowly, and nothing saved up.
    expect((lead.clock.now() - start) / 1000).toBeGreaterThan(3);
    const cost = extensions?.ivs?.operations.find(({ operation }) => operation === 'GetParticipant');
    expect(cost?.budget.perSecond).toBeLessThan(4);
  });

  it('gets back what a client that went away had reserved', async () => {
    const { lead, replicas } = await startReplicas(2);
    const [first, second] = replicas;
    const session = await createSession(lead, 50);
    lead.emulator.faults.add({ operation: 'GetParticipant', times: 1, hang: true });
    const client = new AbortController();
    const gone = first
      .ask(detail(session), {}, { signal: client.signal })
      .catch((error: Error) => error.name);
    await until(() => lead.emulator.calls.count('GetParticipant') >= 5);
    const ran = scriptsOf(first);
    client.abort();
    expect(await gone).toBe('AbortError');
    await until(() => first.redis.inFlight() === 0);
    expect(ran).toEqual(['GIVE_BACK', ...Array(ran.length - 1).fill('RELEASE')]);
    const start = lead.clock.now();
    await second.data(detail(session, 1));
    expect((lead.clock.now() - start) / 1000).toBeLessThan(0.3);
    expect(lead.calls().GetParticipant).toBe(6);
  });
});
