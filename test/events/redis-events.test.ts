// Events with replicas: whichever one an event reaches, all forget, once.
import { expect, it } from 'vitest';
import { Invalidations } from '../../src/upstream/cache/invalidations.ts';
import { SharedEventLog } from '../../src/upstream/cache/shared-event-log.ts';
import { hold } from '../support/clock.ts';
import { EVENTS, eventOf, heartbeat, listenForEvents, stageUpdate } from '../support/events.ts';
import { onEachRedis, type Replica, startReplicas, until, untilElsewhere } from '../support/redis.ts';
import { createSession } from '../support/world.ts';

async function open(timeoutMs?: number) {
  const options = { cached: true, callRates: false, timeoutMs, server: { events: EVENTS } };
  const { server, lead, replicas } = await startReplicas(2, options);
  const { stageArn, sessionId, participantIds } = await createSession(lead, 1);
  const [participantId = ''] = participantIds;
  // A detail: it is cached for two seconds.
  const query = `{ participant(stageArn: "${stageArn}", sessionId: "${sessionId}", participantId: "${participantId}") { published browserName } }`;
  const [one, other] = replicas;
  const [first, second] = [await listenForEvents(one), await listenForEvents(other)];
  const publish = () => lead.emulator.control.publish({ stageArn, participantId });
  const event = () => stageUpdate(stageArn, participantId);
  const published = async (replica: Replica) => (await replica.data(query)).participant.published;
  return { server, lead, one, other, first, second, publish, event, published };
}

onEachRedis('with replicas', { timeout: 60_000 }, () => {
  it('forgets in all of them before the response, and takes an event once', async () => {
    const { one, other, first, second, publish, event, published } = await open();
    expect([await published(one), await published(other)]).toEqual([false, false]);
    publish();
    expect([await published(one), await published(other)]).toEqual([false, false]);
    const sent = event();
    expect((await first.send(sent)).body).toEqual({ outcome: 'accepted' });
    expect(await published(other)).toBe(true);
    expect(await published(one)).toBe(true);
    expect((await second.send(sent)).body).toEqual({ outcome: 'duplicate' });
  });

  it('takes an event once that arrives at both at the same time', async () => {
    const { first, second, event } = await open();
    const outcomes: string[] = [];
    for (let count = 0; count < 20; count += 1) {
      const sent = event();
      const both = await Promise.all([first.send(sent), second.send(sent), first.send(sent)]);
      outcomes.push(
        both
          .map(({ body }) => body.outcome)
          .sort()
          .join(),
      );
    }
    expect(new Set(outcomes)).toEqual(new Set(['accepted,duplicate,duplicate']));
  });

  it('forgets once a second, and at the end of it, though the replica that took the event is gone', async () => {
    const { lead, one, other, first, publish, event, published } = await open();
    const pass = hold(lead.clock);
    await published(other);
    await first.send(event());
    await published(other);
    lead.calls();
    for (let count = 0; count < 5; count += 1) await first.send(event());
    expect(await published(other)).toBe(false);
    expect(lead.calls()).toEqual({});
    publish();
    await first.send(event());
    await one.redis.close();
    await pass(900);
    await other.ask('{ stages { nodes { name } } }');
    await pass(110);
    await until(() => other.redis.inFlight() === 0);
    expect(await published(other)).toBe(true);
  });

  it('refuses events while Redis is lost, and takes them again afterwards', async () => {
    const { server, one, first, publish, event, published } = await open();
    expect(await published(one)).toBe(false);
    await server.kill();
    await untilElsewhere(() => !one.redis.isUp());
    publish();
    const sent = event();
    const refused = await first.send(sent);
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    await server.start();
    await untilElsewhere(() => one.redis.isUp());
    expect((await first.send(sent)).body).toEqual({ outcome: 'accepted' });
    expect(await published(one)).toBe(true);
  });

  it('knows of a heartbeat that reached another one', async () => {
    const { second, one, lead } = await open();
    const invalidations = new Invalidations(one.redis, lead.clock);
    const log = new SharedEventLog({
      ...{ shared: one.redis, invalidations, clock: lead.clock },
      replayMs: 600_000,
    });
    expect(log.heartbeatAgeMs()).toBeUndefined();
    expect((await second.send(heartbeat())).body).toEqual({ outcome: 'accepted' });
    await until(() => log.heartbeatAgeMs() !== undefined);
  });

  it('keeps nothing of an event longer than an hour', async () => {
    const { server, first } = await open();
    await first.send(eventOf('IVS Recording State Change', { id: 'x y', resources: ['arn:aws:ivs:x'] }));
    const keys = server.ask('KEYS', server.keyOf('events:*')).split('\n').filter(Boolean);
    expect(keys.length).toBe(4);
    for (const key of keys) {
      const left = Number(server.ask('pttl', key));
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(3_600_000);
    }
  });
});
