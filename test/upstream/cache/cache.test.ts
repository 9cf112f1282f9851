import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { people } from '../../support/people.ts';
import { createSession, createStage } from '../../support/world.ts';

const start = (options: TestGatewayOptions = {}) => startGateway({ cached: true, ...options });
const pass = ({ clock }: TestGateway, milliseconds: number) =>
  new Promise<void>((resolve) => clock.after(milliseconds, resolve));
const noCache = { headers: { 'cache-control': 'max-age=0, no-cache' } };

describe('a dashboard', () => {
  const poll = (gateway: TestGateway, { stageArn, sessionId }: { stageArn: string; sessionId: string }) =>
    gateway.data(
      `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}", first: 100) { nodes { userId state browserName } } }`,
    );
  /** Everybody's details, at AWS's rate: they take longer than any detail lives by itself. */
  const watch = async (count: number) => {
    const gateway = await start({ callRates: true });
    const session = await createSession(gateway, count);
    await poll(gateway, session);
    expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: count });
    return { gateway, session, control: gateway.emulator.control };
  };

  it('that polls 100 participants with details for a minute pays GetParticipant once for each newcomer', async () => {
    const { gateway, session, control } = await watch(99);
    for (let polls = 0; polls < 30; polls += 1) {
      if (polls === 10)
        control.join({ stageArn: session.stageArn, userId: 'newcomer', browserName: 'Safari' });
      await pass(gateway, 2_000);
      const { participants } = await poll(gateway, session);
      expect(participants.nodes).toHaveLength(polls < 10 ? 99 : 100);
    }
    const { participants } = await poll(gateway, session);
    expect(participants.nodes).toContainEqual(
      expect.objectContaining({ userId: 'newcomer', browserName: 'Safari' }),
    );
    expect(gateway.calls()).toEqual({ ListParticipants: 30, GetParticipant: 1 });
  });

  it('that polls 100 participants by reference pays their list', async () => {
    const options = { cached: true, callRates: true };
    const { gateway, entities, representationOf, participantIds } = await people(100, options);
    const representations = participantIds.map(representationOf);
    const pollAll = () => entities(representations, 'state browserName');
    await pollAll();
    expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: 100 });
    for (let polls = 0; polls < 10; polls += 1) {
      await pass(gateway, 2_000);
      const { stageArn, participantId } = representationOf(participantIds[7] as string);
      if (polls === 5) gateway.emulator.control.leave({ stageArn, participantId });
      expect((await pollAll())[7].state).toBe(polls < 5 ? 'CONNECTED' : 'DISCONNECTED');
    }
    expect(gateway.calls()).toEqual({ ListParticipants: 10, GetParticipant: 1 });
  });

  it('sees who leaves at the next poll, and asks for nobody else', async () => {
    const { gateway, session, control } = await watch(3);
    control.leave({ stageArn: session.stageArn, participantId: session.participantIds[0] as string });
    await pass(gateway, 1_000);
    const { participants } = await poll(gateway, session);
    expect(participants.nodes.map(({ state }: { state: string }) => state).sort()).toEqual([
      'CONNECTED',
      'CONNECTED',
      'DISCONNECTED',
    ]);
    expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: 1 });
  });

  it('that disconnects one asks for nobody else', async () => {
    const { gateway, session } = await watch(3);
    const input = `{ stageArn: "${session.stageArn}", participantId: "${session.participantIds[0]}" }`;
    await gateway.data(`mutation { disconnectParticipant(input: ${input}) { __typename } }`);
    gateway.calls();
    await poll(gateway, session);
    expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: 1 });
  });

  it('costs the same for 50 who look at it, one after the other', async () => {
    const gateway = await start();
    await createSession(gateway, 2);
    for (let client = 0; client < 50; client += 1) {
      const { stages } = await gateway.data(
        '{ stages { nodes { activeSession { participants { nodes { userId } } } } } }',
      );
      expect(stages.nodes[0].activeSession.participants.nodes).toHaveLength(2);
    }
    expect(gateway.calls()).toEqual({ ListStages: 1, ListParticipants: 1 });
  });
});

describe('an answer', () => {
  it.each([
    ['a list', 1_000, '{ stages { nodes { name } } }'],
    ['a stage', 2_000, '{ stage(arn: "ARN") { endpoints { whip } } }'],
    [
      'a participant',
      2_000,
      '{ participant(stageArn: "ARN", sessionId: "ID", participantId: "WHO") { browserName } }',
    ],
    ['a session that goes on', 2_000, '{ stageSession(stageArn: "ARN", sessionId: "ID") { endTime } }'],
    ['a session that has ended', 3_600_000, '{ stageSession(stageArn: "ARN", sessionId: "ID") { endTime } }'],
  ])('about %s lives %i ms', async (what, lifetimeMs, template) => {
    const gateway = await start();
    const { stageArn, sessionId, participantIds } = await createSession(gateway, 1);
    const [participantId = ''] = participantIds;
    if (what.endsWith('ended')) gateway.emulator.control.leave({ stageArn, participantId });
    const query = template
      .replace('WHO', participantId)
      .replace('"ID"', `"${sessionId}"`)
      .replace('ARN', stageArn);
    await gateway.data(query);
    await pass(gateway, lifetimeMs - 1);
    gateway.calls();
    await gateway.data(query);
    expect(gateway.calls()).toEqual({});
    await pass(gateway, 1);
    await gateway.data(query);
    expect(Object.values(gateway.calls())).toEqual([1]);
  });

  it.each([
    ['fault', { status: 400, errorType: 'ValidationException' }],
    ['absence', { status: 404, errorType: 'ResourceNotFoundException' }],
  ])('that is a %s is not kept', async (_what, fault) => {
    const gateway = await start();
    const query = `{ stage(arn: "${await createStage(gateway)}") { endpoints { whip } } }`;
    gateway.emulator.faults.add({ operation: 'GetStage', times: 1, ...fault });
    expect((await gateway.ask(query)).data.stage?.endpoints ?? null).toBeNull();
    expect((await gateway.data(query)).stage.endpoints).not.toBeNull();
  });

  it('is asked for anew by a request that says no-cache, and kept for the others', async () => {
    const gateway = await start();
    const { stageArn, sessionId } = await createSession(gateway, 1);
    const query = `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}") { nodes { userId } } }`;
    const count = async (init = {}) => (await gateway.ask(query, {}, init)).data.participants.nodes.length;
    expect(await count()).toBe(1);
    gateway.emulator.control.join({ stageArn });
    expect(await count()).toBe(1);
    expect(await count(noCache)).toBe(2);
    gateway.calls();
    expect(await count()).toBe(2);
    expect(gateway.calls()).toEqual({});
  });

  it('is forgotten when a request that says no-cache finds nothing any more', async () => {
    const gateway = await start();
    const query = `{ stage(arn: "${await createStage(gateway)}") { endpoints { whip } } }`;
    await gateway.data(query);
    gateway.emulator.control.reset();
    expect((await gateway.data(query)).stage).not.toBeNull();
    await gateway.ask(query, {}, noCache);
    expect((await gateway.data(query)).stage).toBeNull();
  });
});

describe('the cache is bounded', () => {
  const read = (gateway: TestGateway, arn: string) =>
    gateway.data(`{ stage(arn: "${arn}") { endpoints { whip } } }`);
  const readThrice = async (gateway: TestGateway) => {
    const arns = [await createStage(gateway), await createStage(gateway), await createStage(gateway)];
    for (const arn of arns) await read(gateway, arn);
    gateway.calls();
    for (const arn of arns.reverse()) await read(gateway, arn);
    return gateway.calls().GetStage ?? 0;
  };

  it('by nothing that three stages could reach', async () => expect(await readThrice(await start())).toBe(0));

  it('in entries: what was used last stays', async () =>
    expect(await readThrice(await start({ cache: { maxEntries: 2 } }))).toBe(1));

  it('in bytes: what is too large alone is not kept', async () =>
    expect(await readThrice(await start({ cache: { maxBytes: 100 } }))).toBe(3));

  it('in bytes: what was used last stays', async () =>
    expect(await readThrice(await start({ cache: { maxBytes: 2_000 } }))).toBe(1));
});
