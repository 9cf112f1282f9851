import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createSession, createStage } from '../../support/world.ts';

const nested =
  '{ stages(first: 20) { nodes { name activeSession { participants(first: 5) { nodes { userId } } } } } }';

/** Twenty live stages. The emulator answers 429 beyond five calls a second and operation. */
async function twentyStages(): Promise<TestGateway> {
  const gateway = await startGateway({ callRates: true });
  for (let count = 0; count < 20; count += 1) await createSession(gateway, 2);
  gateway.calls();
  return gateway;
}

const throttled = (gateway: TestGateway) =>
  gateway.emulator.calls.log().filter(({ status }) => status === 429).length;

describe('the quota', () => {
  it('is waited for: 20 stages with their people arrive whole, in the time it allows, without a 429', async () => {
    const gateway = await twentyStages();
    const start = gateway.clock.now();
    const { stages } = await gateway.data(nested);
    const seconds = (gateway.clock.now() - start) / 1000;

    for (const { activeSession } of stages.nodes) expect(activeSession.participants.nodes).toHaveLength(2);
    expect(stages.nodes).toHaveLength(20);
    expect(throttled(gateway)).toBe(0);
    expect(gateway.calls()).toEqual({ ListStages: 1, ListParticipants: 20 });
    // 20 calls, 5 at once and then 5 a second, less the margin of 2 %.
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThan(3 * 1.05);
  });

  it('is shared in turns: a small request does not wait for all of a large one', async () => {
    const gateway = await startGateway({ callRates: true });
    const { stageArn } = await createSession(gateway, 100);
    const other = await createStage(gateway);
    const detail = (arn: string, first: number) =>
      gateway.data(
        `{ stage(arn: "${arn}") { activeSession { participants(first: ${first}) { nodes { browserName } } } } }`,
      );
    const start = gateway.clock.now();
    let largeEnded = 0;
    const large = detail(stageArn, 100).then(() => (largeEnded = gateway.clock.now()));
    const participant = gateway.emulator.control.join({ stageArn: other });
    const small = await gateway.data(
      `{ participant(stageArn: "${other}", sessionId: "${participant.sessionId}", participantId: "${participant.participantId}") { browserName } }`,
    );
    const smallEnded = gateway.clock.now();
    await large;
    expect(small.participant).not.toBeNull();
    expect((smallEnded - start) / 1000).toBeLessThan(1);
    expect((largeEnded - start) / 1000).toBeGreaterThan(15);
    expect(throttled(gateway)).toBe(0);
  });

  it('fails at once what cannot start before the deadline, and answers the rest', async () => {
    const gateway = await startGateway({ callRates: true, requestTimeoutMs: 2_000 });
    const { stageArn, sessionId } = await createSession(gateway, 40);
    const { data, errors = [] } = await gateway.ask(
      `query ($arn: ID!, $id: ID!) { participants(stageArn: $arn, sessionId: $id) { nodes { userId browserName } } }`,
      { arn: stageArn, id: sessionId },
    );
    const filled = data.participants.nodes.filter((node: { browserName: string | null }) => node.browserName);
    // 5 at once, and what 4.9 a second lets through within two seconds.
    expect(filled).toHaveLength(14);
    expect(errors).toHaveLength(26);
    for (const { extensions } of errors) expect(extensions).toMatchObject({ code: 'THROTTLED' });
    const waits = errors.map(({ extensions }) => extensions?.retryAfterMs ?? 0);
    expect(Math.min(...waits)).toBeGreaterThan(2_000);
    expect(gateway.calls()).toMatchObject({ GetParticipant: 14 });
  });

  it('says THROTTLED, too, of a call whose turn others took that came later', async () => {
    const gateway = await startGateway({ callRates: true, requestTimeoutMs: 4_000 });
    const sessions = [];
    for (let count = 0; count < 3; count += 1) sessions.push(await createSession(gateway, 18));
    const answers = await Promise.all(
      sessions.map(({ stageArn, sessionId }) =>
        gateway.ask(
          `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}") { nodes { browserName } } }`,
        ),
      ),
    );
    const errors = answers.flatMap((answer) => answer.errors ?? []);
    expect(errors.length).toBeGreaterThan(20);
    expect(new Set(errors.map(({ extensions }) => extensions?.code))).toEqual(new Set(['THROTTLED']));
    for (const { extensions } of errors) expect(extensions?.retryAfterMs).toEqual(expect.any(Number));
    expect(throttled(gateway)).toBe(0);
  });

  it('gives way when AWS says 429 all the same, and loses nothing', async () => {
    const gateway = await startGateway({ callRates: true });
    const { stageArn, sessionId } = await createSession(gateway, 10);
    gateway.emulator.faults.add({
      operation: 'GetParticipant',
      times: 3,
      errorType: 'ThrottlingException',
      status: 429,
    });
    const start = gateway.clock.now();
    const { participants } = await gateway.data(
      `query ($arn: ID!, $id: ID!) { participants(stageArn: $arn, sessionId: $id) { nodes { browserName } } }`,
      { arn: stageArn, id: sessionId },
    );
    expect(participants.nodes.every((node: { browserName: string }) => node.browserName === 'Firefox')).toBe(
      true,
    );
    expect(gateway.calls()).toMatchObject({ GetParticipant: 13 });
    expect(gateway.clock.now() - start).toBeGreaterThan(2_000);
  });

  it('lets nobody fail for one 429 who can still be served in time, and serves the one it struck first', async () => {
    const gateway = await startGateway({ callRates: true });
    const { stageArn, sessionId } = await createSession(gateway, 85);
    gateway.emulator.faults.add({
      operation: 'GetParticipant',
      times: 1,
      errorType: 'ThrottlingException',
      status: 429,
    });
    const { participants } = await gateway.data(
      `query ($arn: ID!, $id: ID!) { participants(stageArn: $arn, sessionId: $id, first: 100) { nodes { browserName } } }`,
      { arn: stageArn, id: sessionId },
    );
    expect(participants.nodes).toHaveLength(85);
    expect(gateway.calls().GetParticipant).toBe(86);
  });

  it('is given back by a client that goes away', async () => {
    const gateway = await startGateway({ callRates: true });
    const { stageArn, sessionId } = await createSession(gateway, 50);
    gateway.emulator.faults.add({ operation: 'GetParticipant', times: 1, hang: true });
    const client = new AbortController();
    const query = `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}") { nodes { browserName } } }`;
    const gone = gateway.ask(query, {}, { signal: client.signal }).catch((error: Error) => error.name);
    while (gateway.emulator.calls.count('GetParticipant') < 5) await new Promise(setImmediate);
    client.abort();
    expect(await gone).toBe('AbortError');
    await gateway.data('{ stages { nodes { arn } } }');
    expect(gateway.calls().GetParticipant).toBe(5);
  });
});
