// Subscribers of several replicas on one Redis: they hear the same, and AWS is read once for all of them.
import { expect, it } from 'vitest';
import { EVENTS, listenForEvents, stageUpdate } from '../support/events.ts';
import { startGateway } from '../support/gateway.ts';
import { listen } from '../support/listen.ts';
import { connect, onEachRedis, START, startReplicas, untilElsewhere } from '../support/redis.ts';
import { createSession } from '../support/world.ts';

const PARTICIPANTS = `subscription ($stage: ID!, $after: String) {
  participants(stageArn: $stage, after: $after) {
    __typename
    ... on LiveEvent { id cursor }
    ... on LiveGap { reason }
    ... on ParticipantsState { nodes { userId } }
    ... on ParticipantJoined { participant { userId firstJoinTime } }
  }
}`;
const STAGE_EVENTS = `subscription ($stage: ID!, $after: String) {
  stageEvents(stageArns: [$stage], after: $after) {
    __typename
    ... on LiveEvent { cursor }
    ... on LiveGap { reason }
    ... on StageActivity { eventName participantId }
  }
}`;

async function open({ timeoutMs }: { timeoutMs?: number } = {}) {
  const options = { callRates: false, server: { events: EVENTS }, timeoutMs };
  const { server, lead, replicas } = await startReplicas(2, options);
  const session = await createSession(lead, 2);
  const [one, two] = replicas;
  const [first, second] = await Promise.all([listenForEvents(one), listenForEvents(two)]);
  const variables = { stage: session.stageArn };
  return { server, lead, one, two, first, second, ...session, variables, control: lead.emulator.control };
}

onEachRedis('with replicas', {}, () => {
  it('one of them reads, and all subscribers hear of it', async () => {
    const { one, two, control, stageArn, lead, variables } = await open();
    const here = await listen(one, PARTICIPANTS, variables);
    await here.until('ParticipantsState');
    lead.calls();
    const there = await listen(two, PARTICIPANTS, variables);
    expect(await there.until('ParticipantsState')).toMatchObject([
      { nodes: [{ userId: 'user-0' }, { userId: 'user-1' }] },
    ]);
    control.join({ stageArn, userId: 'late' });
    const [[joined], [same]] = await Promise.all([
      here.until('ParticipantJoined'),
      there.until('ParticipantJoined'),
    ]);
    expect(joined).toMatchObject({ participant: { userId: 'late', firstJoinTime: expect.any(String) } });
    expect(same).toEqual(joined);
    // Not GetStage, with which a replica begins that knows nothing.
    expect(Object.keys(lead.calls())).toEqual(['ListParticipants']);
  });

  it('another one continues when the one that reads has no subscriber any more', async () => {
    const { one, two, control, stageArn, variables } = await open();
    const here = await listen(one, PARTICIPANTS, variables);
    await here.until('ParticipantsState');
    const there = await listen(two, PARTICIPANTS, variables);
    await there.until('ParticipantsState');
    here.close();
    control.join({ stageArn, userId: 'late' });
    expect(await there.until('ParticipantJoined')).toMatchObject([{ participant: { userId: 'late' } }]);
  });

  it('events that reach one are heard at all, and a cursor holds at each', async () => {
    const { one, two, first, second, stageArn, variables } = await open();
    const there = await listen(two, STAGE_EVENTS, variables);
    await first.send(stageUpdate(stageArn, 'p1'));
    const [{ cursor }] = await there.until('StageActivity');
    there.close();
    await second.send(stageUpdate(stageArn, 'p2'));
    await first.send(stageUpdate(stageArn, 'p3'));
    const here = await listen(one, STAGE_EVENTS, { ...variables, after: cursor });
    const heard = [await here.until('StageActivity'), await here.until('StageActivity')].flat();
    expect(heard.map(({ participantId }) => participantId)).toEqual(['p2', 'p3']);
  });

  it('a mutation of one is heard at all', async () => {
    const { one, two, stageArn, variables } = await open();
    const there = await listen(two, STAGE_EVENTS, variables);
    await one.data(`mutation { updateStage(input: { arn: "${stageArn}", name: "new" }) { __typename } }`);
    expect(await there.until('StageActivity')).toMatchObject([{ eventName: 'UpdateStage' }]);
  });

  it('one that began while Redis did not answer sends a gap, and nothing old', async () => {
    const { server, lead, one, first, stageArn, variables } = await open({ timeoutMs: 250 });
    await first.send(stageUpdate(stageArn, 'p1'));
    server.signal('SIGSTOP');
    const { redis } = await connect({ ...server, now: () => START + lead.clock.now(), timeoutMs: 250 });
    const late = await startGateway({ beside: lead, shared: redis });
    const here = await listen(late, STAGE_EVENTS, variables);
    server.signal('SIGCONT');
    expect(await here.until('LiveGap')).toMatchObject([{ reason: 'REDIS_LOST' }]);
    await untilElsewhere(() => one.redis.isUp());
    await first.send(stageUpdate(stageArn, 'p2'));
    expect(await here.until('StageActivity')).toMatchObject([{ participantId: 'p2' }]);
  });

  it('what one has found while Redis did not answer, all hear of when it does', async () => {
    const { server, one, two, control, stageArn, variables } = await open({ timeoutMs: 250 });
    const here = await listen(one, PARTICIPANTS, variables);
    await here.until('ParticipantsState');
    const there = await listen(two, PARTICIPANTS, variables);
    await there.until('ParticipantsState');
    server.signal('SIGSTOP');
    await untilElsewhere(() => !one.redis.isUp() && !two.redis.isUp());
    control.join({ stageArn, userId: 'late' });
    const [joined] = (await here.until('ParticipantJoined')).slice(-1);
    expect(joined).toMatchObject({ participant: { userId: 'late' } });
    const again = await listen(one, PARTICIPANTS, { ...variables, after: joined.cursor });
    expect(await again.until('ParticipantsState')).toMatchObject([{ reason: 'EXPIRED_CURSOR' }, {}]);
    server.signal('SIGCONT');
    await untilElsewhere(() => one.redis.isUp() && two.redis.isUp());
    for (const subscriber of [here, there]) {
      let heard: { participant?: { userId: string }; nodes?: { userId: string }[] } = {};
      const isThere = () =>
        heard.participant?.userId === 'late' || heard.nodes?.some(({ userId }) => userId === 'late');
      while (!isThere()) heard = (await subscriber.next()).data.participants;
      expect(isThere()).toBe(true);
    }
  });

  it('a Redis that comes back empty is a gap, then the state', async () => {
    const { server, one, first, stageArn, variables } = await open();
    const events = await listen(one, STAGE_EVENTS, variables);
    const participants = await listen(one, PARTICIPANTS, variables);
    await participants.until('ParticipantsState');
    await first.send(stageUpdate(stageArn, 'p1'));
    await events.until('StageActivity');
    await server.kill();
    await untilElsewhere(() => !one.redis.isUp());
    expect((await first.send(stageUpdate(stageArn, 'p2'))).status).toBe(503);
    await server.start();
    await untilElsewhere(() => one.redis.isUp());
    expect((await events.until('LiveGap')).at(-1)).toMatchObject({ reason: 'REDIS_LOST' });
    expect((await participants.until('LiveGap')).at(-1)).toMatchObject({ reason: 'REDIS_LOST' });
    expect((await participants.until('ParticipantsState')).at(-1)).toMatchObject({ nodes: [{}, {}] });
  });
});
