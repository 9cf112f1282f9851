// One cache for all replicas, on a real Redis.
import { expect, it } from 'vitest';
import { SharedCache } from '../../../src/upstream/cache/shared-cache.ts';
import { openCache } from '../../support/cache.ts';
import {
  connect,
  detail,
  heard,
  onEachRedis,
  startRedis,
  startReplicas,
  until,
} from '../../support/redis.ts';
import { createSession } from '../../support/world.ts';

const start = async () => {
  const { server, lead, replicas } = await startReplicas(2, { cached: true });
  const session = await createSession(lead, 3);
  const stage = `{ stage(arn: "${session.stageArn}") { name endpoints { whip } activeSession { startTime } } }`;
  const [one, other] = replicas;
  const rename = (name: string) =>
    one.data(
      `mutation { updateStage(input: { arn: "${session.stageArn}", name: "${name}" }) { __typename } }`,
    );
  return { server, lead, one, other, session, stage, rename };
};

/** Nothing that was sent is still on its way. */
const quiet = (...replicas: { redis: { inFlight(): number } }[]) =>
  until(() => replicas.every(({ redis }) => redis.inFlight() === 0));

onEachRedis('the cache of several replicas', { timeout: 60_000 }, () => {
  it('is one: what one has read, the other has too, and says so', async () => {
    const { lead, one, other, session, stage } = await start();
    const first = await one.data(stage);
    await one.data(detail(session));
    await quiet(one);
    expect(lead.calls()).toEqual({ GetStage: 1, GetStageSession: 1, ListParticipants: 1, GetParticipant: 3 });
    const { data, extensions } = await other.ask(stage, {}, { headers: { 'x-ivs-cost': '1' } });
    expect(data).toEqual(first);
    expect(data.stage.activeSession.startTime).toMatch(/^2026-01-01T/);
    expect(extensions?.ivs?.operations.map(({ cached, calls }) => ({ cached, calls }))).toEqual([
      { cached: 1, calls: 0 },
      { cached: 1, calls: 0 },
    ]);
    await other.data(detail(session));
    expect(lead.calls()).toEqual({});
  });

  it('is no older elsewhere than where it was read', async () => {
    const { lead, one, other, stage } = await start();
    const pass = (ms: number) => new Promise<void>((resolve) => lead.clock.after(ms, resolve));
    await one.data(stage);
    await quiet(one);
    await pass(1_500);
    await other.data(stage);
    expect(lead.calls()).toEqual({ GetStage: 1, GetStageSession: 1 });
    await pass(1_000);
    await other.data(stage);
    expect(lead.calls()).toEqual({ GetStage: 1, GetStageSession: 1 });
  });

  it('holds by a list that another replica has read', async () => {
    const { lead, one, other, session } = await start();
    const pass = (ms: number) => new Promise<void>((resolve) => lead.clock.after(ms, resolve));
    await one.data(detail(session));
    await other.data(detail(session));
    await pass(60_000);
    await one.data(detail(session));
    await quiet(one);
    expect(lead.calls()).toEqual({ ListParticipants: 2, GetParticipant: 3 });
    await other.data(detail(session));
    expect(lead.calls()).toEqual({});
  });

  it('forgets what one has written, in Redis and in the other’s process', async () => {
    const { lead, one, other, stage, rename } = await start();
    await one.data(stage);
    await quiet(one);
    await other.data(stage);
    lead.calls();
    const isHeard = heard(other.redis);
    await rename('renamed');
    await isHeard;
    lead.calls();
    expect((await other.data(stage)).stage.name).toBe('renamed');
    expect((await one.data(stage)).stage.name).toBe('renamed');
    expect(lead.calls()).toMatchObject({ GetStage: 1 });
  });

  it('is read through by no-cache, which renews it for all', async () => {
    const { lead, one, other, session, stage } = await start();
    await one.data(stage);
    await quiet(one);
    // Elsewhere: by a gateway that is no replica.
    await lead.data(
      `mutation { updateStage(input: { arn: "${session.stageArn}", name: "new" }) { __typename } }`,
    );
    await one.ask(stage, {}, { headers: { 'cache-control': 'no-cache' } });
    await quiet(one);
    lead.calls();
    expect((await other.data(stage)).stage.name).toBe('new');
    expect(lead.calls()).toEqual({});
  });

  it('lets nobody join a read that began before a write of another replica', async () => {
    const { lead, one, other, stage, rename } = await start();
    lead.emulator.faults.add({ operation: 'GetStage', times: 1, hang: true });
    const client = new AbortController();
    const early = other.ask(stage, {}, { signal: client.signal }).catch(() => 'gone');
    await until(() => lead.emulator.calls.count('GetStage') === 1);
    const isHeard = heard(other.redis);
    await rename('renamed');
    await isHeard;
    const { data, extensions } = await other.ask(stage, {}, { headers: { 'x-ivs-cost': '1' } });
    expect(data.stage.name).toBe('renamed');
    expect(extensions?.ivs?.operations[0]).toMatchObject({ operation: 'GetStage', calls: 1, coalesced: 0 });
    client.abort();
    expect(await early).toBe('gone');
    await quiet(one, other);
  });

  it('never holds a secret', async () => {
    const { server, lead, one } = await start();
    const { createChannel } = await one.data(
      'mutation { createChannel(input: {}) { ... on CreateChannelPayload { channel { arn srt { passphrase } } streamKey { arn value } } } }',
    );
    const { channel, streamKey } = createChannel;
    for (const secret of ['srt { passphrase }', '']) {
      await one.data(
        `{ channel(arn: "${channel.arn}") { playbackUrl ${secret} } streamKey(arn: "${streamKey.arn}") { channelArn ${secret && 'value'} } }`,
      );
    }
    await quiet(one);
    expect(lead.calls()).toMatchObject({ GetChannel: 2 });
    const dump = server
      .ask('KEYS', server.keyOf('cache:answer:*'))
      .split('\n')
      .map((key) => server.ask('HGETALL', key));
    expect(dump.join()).toContain(channel.arn);
    for (const secret of [channel.srt.passphrase, streamKey.value]) {
      expect(secret).toMatch(/./);
      expect(dump.join()).not.toContain(secret);
    }
  });

  it('holds nothing for ever but the beginning of the journal', async () => {
    const { server, one, session, stage, rename } = await start();
    await one.data(stage);
    await one.data(detail(session));
    await rename('renamed');
    await quiet(one);
    const keys = server.ask('KEYS', server.keyOf('*')).split('\n');
    // -1; one that has ended since is -2.
    const lasting = keys.filter((key) => Number(server.ask('PTTL', key)) === -1);
    expect(keys.length).toBeGreaterThan(10);
    expect(lasting).toEqual([server.keyOf('journal:began')]);
  });

  it('forgets in the process what it may have missed while Redis was lost, and does without meanwhile', async () => {
    const { server, lead, one, stage } = await start();
    await one.data(stage);
    await server.kill();
    await until(() => !one.redis.isUp());
    await one.data(stage);
    expect(lead.calls()).toMatchObject({ GetStage: 1 });
    await server.start();
    await until(() => one.redis.isUp());
    await one.data(stage);
    expect(lead.calls()).toMatchObject({ GetStage: 1 });
  });
});

onEachRedis('in each order of reads and writes', { timeout: 60_000 }, () => {
  const openTwo = async () => {
    const server = await startRedis();
    const { redis: one } = await connect(server);
    const { redis: other } = await connect(server);
    return {
      other,
      server,
      one,
      aws: openCache(new SharedCache(one)),
      elsewhere: openCache(new SharedCache(other)),
    };
  };
  const calls = (count: number, aws: { calls(): number }) => until(() => aws.calls() === count);

  it('a read that began before a write of another replica, and ended after it, is kept nowhere', async () => {
    const { server, one, aws, elsewhere } = await openTwo();
    const early = aws.get();
    await calls(1, aws);
    const isHeard = heard(one);
    const write = elsewhere.update();
    elsewhere.answer(0, 'new');
    await write;
    await isHeard;
    aws.answer(0, 'old');
    await early;
    await quiet({ redis: one });
    expect(server.ask('KEYS', server.keyOf('cache:answer:*'))).toBe('');
    void aws.get();
    await calls(2, aws);
  });

  it('also when this replica has not heard of the write yet, it is not kept in Redis', async () => {
    const { server, one, aws, elsewhere } = await openTwo();
    one.listen = () => {};
    const deaf = openCache(new SharedCache(one));
    const early = deaf.get();
    await calls(1, deaf);
    const write = elsewhere.update();
    elsewhere.answer(0, 'new');
    await write;
    deaf.answer(0, 'old');
    await early;
    await quiet({ redis: one });
    expect(server.ask('KEYS', server.keyOf('cache:answer:*'))).toBe('');
    void aws.get();
    await calls(1, aws);
  });

  it('Redis keeps what a later read told when an earlier one of another replica ends after it', async () => {
    const { one, other, aws, elsewhere } = await openTwo();
    const early = aws.get();
    await calls(1, aws);
    const late = elsewhere.get(true);
    await calls(1, elsewhere);
    elsewhere.answer(0, 'new');
    await late;
    await quiet({ redis: other });
    aws.answer(0, 'old');
    await early;
    await quiet({ redis: one });
    expect(await openCache(new SharedCache(one)).get()).toMatchObject({ stage: { name: 'new' } });
  });

  it('what was written while Redis was lost is forgotten there when it is back', async () => {
    const { one, other, aws, elsewhere } = await openTwo();
    const first = elsewhere.get();
    await calls(1, elsewhere);
    elsewhere.answer(0, 'old');
    await first;
    await quiet({ redis: other });
    // For this replica only.
    const run = one.run.bind(one);
    const backs: (() => void)[] = [];
    one.run = () => Promise.reject(new Error('lost'));
    one.onBack = (listener) => void backs.push(listener);
    const alone = openCache(new SharedCache(one));
    const write = alone.update();
    alone.answer(0, 'new');
    await write;
    one.run = run;
    for (const back of backs) back();
    await quiet({ redis: one });
    void aws.get();
    await calls(1, aws);
  });
});
