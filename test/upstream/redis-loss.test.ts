// Redis lost and found again.
import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import {
  connect,
  detail,
  isInstalled,
  onEachRedis,
  startRedis,
  startReplicas,
  throttled,
  until,
  untilElsewhere,
} from '../support/redis.ts';
import { createSession } from '../support/world.ts';

const LOST = /^warn Redis cannot be used \(.+\): until it can, this replica continues alone with 1\/3 of/;
const FOUND = /^info Redis answers/;
/** A cluster that comes back says first that it is down. */
const lasting = (said: string[]) =>
  said.filter((line) => !line.includes('still cannot be used (CLUSTERDOWN'));

onEachRedis('without Redis', { timeout: 60_000 }, () => {
  it('each replica goes on with its share, says so once, and shares again when Redis is back', async () => {
    const { server, lead, replicas } = await startReplicas(3);
    await until(() => replicas.every(({ redis }) => redis.replicas() === 3));
    const session = await createSession(lead, 20);
    const all = () => Promise.all(replicas.map((replica) => replica.data(detail(session))));
    const answers = all();
    await until(() => lead.emulator.calls.count('GetParticipant') > 20);
    const lostAt = lead.clock.now();
    await server.kill();
    for (const { participants } of await answers) expect(participants.nodes).toHaveLength(20);
    expect(throttled(lead)).toBe(0);
    // Some 39 calls are left, and nothing was saved up.
    expect(lead.clock.now() - lostAt).toBeGreaterThan(7_000);
    for (const { said } of replicas)
      expect(said).toEqual([expect.stringMatching(FOUND), expect.stringMatching(LOST)]);

    await server.start();
    await untilElsewhere(() => replicas.every(({ redis }) => redis.isUp()));
    const sharing = lead.clock.now();
    await all();
    expect(throttled(lead)).toBe(0);
    // 60 calls, none of them saved up.
    expect(lead.clock.now() - sharing).toBeLessThan(13_000);
    for (const { said } of replicas) expect(lasting(said).slice(2)).toEqual([expect.stringMatching(FOUND)]);
  });

  it('takes a Redis that holds its peace for one that is lost', async () => {
    const { server, lead, replicas } = await startReplicas(1, { timeoutMs: 250 });
    const session = await createSession(lead, 5);
    server.signal('SIGSTOP');
    const { participants } = await replicas[0].data(detail(session));
    expect(participants.nodes).toHaveLength(5);
    expect(replicas[0].said.at(-1)).toMatch(/no answer within/);
    server.signal('SIGCONT');
    await untilElsewhere(() => replicas[0].redis.isUp());
  });

  it('starts also when there is none, says so, and joins when it comes', async () => {
    const server = await startRedis();
    await server.kill();
    const { redis, said } = await connect(server);
    expect(said).toEqual([
      expect.stringMatching(/^warn Redis cannot be used \(ECONNREFUSED\): .* with all of/),
    ]);
    const gateway = await startGateway({ shared: redis });
    const session = await createSession(gateway, 5);
    expect((await gateway.data(detail(session))).participants.nodes).toHaveLength(5);
    await server.start();
    await untilElsewhere(() => redis.isUp());
    expect(lasting(said).slice(1)).toEqual([expect.stringMatching(FOUND)]);
  });

  it('loses nothing to a replica that died with calls in flight', async () => {
    const { lead, replicas } = await startReplicas(2);
    const [dying, other] = replicas;
    const session = await createSession(lead, 8);
    lead.emulator.faults.add({ operation: 'GetParticipant', times: 5, hang: true });
    const client = new AbortController();
    const dead = dying
      .ask(detail(session), {}, { signal: client.signal })
      .catch((error: Error) => error.name);
    await until(() => lead.emulator.calls.count('GetParticipant') === 5);
    // It says no more: neither that its calls have ended nor that it needs no turn.
    dying.redis.run = () => new Promise(() => {});
    client.abort();
    await dead;
    lead.emulator.calls.reset();
    const begin = lead.clock.now();
    await other.data(detail(session));
    // A second for the calls, a turn for the one that it had reserved, and eight turns.
    expect((lead.clock.now() - begin) / 1000).toBeLessThan(1 + 9 / 4.9);
    expect(lead.emulator.calls.count('GetParticipant')).toBe(8);
  });
});

describe.skipIf(!isInstalled)('one Redis', { timeout: 60_000 }, () => {
  it('has nothing in common with those of another database', async () => {
    const { url } = await startRedis();
    const [first, , last] = await Promise.all(['', '/1', '/15'].map((db) => connect({ url: url + db })));
    const heard: string[] = [];
    first?.redis.listen('news', (text) => heard.push(text));
    for (const one of [last, first]) await one?.redis.run(`publish('news', ARGV[1])`, [], [one.redis.id]);
    await until(() => heard.length > 0);
    expect(heard).toEqual([first?.redis.id]);
    for (const one of [first, last]) expect(one?.redis.replicas()).toBe(1);
  });

  it('never logs the password, also when it is wrong', async () => {
    const server = await startRedis('--requirepass', 'sesame');
    const right = await connect({ url: server.url.replace('//', '//:sesame@') });
    expect(right.redis.isUp()).toBe(true);
    const wrong = await connect({ url: server.url.replace('//', '//:mustard@') });
    expect(wrong.redis.isUp()).toBe(false);
    expect(wrong.said).toEqual([expect.stringContaining('WRONGPASS')]);
    expect(String([right.said, wrong.said])).not.toMatch(/sesame|mustard/);
  });
});
