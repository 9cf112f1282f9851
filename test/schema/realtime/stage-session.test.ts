import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { createSession, createStage } from '../../support/world.ts';

it('reaches the active session of a stage and what it knows', async () => {
  const gateway = await startGateway();
  const { stageArn, sessionId } = await createSession(gateway, 1);
  const { stage } = await gateway.data(
    `query ($arn: ID!) { stage(arn: $arn) { activeSessionId activeSession { stageArn sessionId startTime endTime stage { arn } } } }`,
    { arn: stageArn },
  );
  expect(stage).toMatchObject({
    activeSessionId: sessionId,
    activeSession: { stageArn, sessionId, endTime: null },
  });
  expect(new Date(stage.activeSession.startTime).toISOString()).toBe(stage.activeSession.startTime);
  expect(gateway.calls()).toEqual({ GetStage: 1, GetStageSession: 1 });
});

it('costs no call for the id of the active session that its stage already told', async () => {
  const gateway = await startGateway();
  const { stageArn } = await createSession(gateway, 1);
  await gateway.data(`{ stage(arn: "${stageArn}") { activeSession { id sessionId stageArn } } }`);
  expect(gateway.calls()).toEqual({ GetStage: 1 });
});

it('ends with the last participant, stays in the list, and is no longer active', async () => {
  const gateway = await startGateway();
  const { stageArn, sessionId, participantIds } = await createSession(gateway, 1);
  gateway.emulator.control.leave({ stageArn, participantId: participantIds[0] as string });
  const { stage } = await gateway.data(
    `{ stage(arn: "${stageArn}") { activeSession { sessionId } sessions { nodes { sessionId endTime } } session(sessionId: "${sessionId}") { endTime } } }`,
  );
  expect(stage.activeSession).toBeNull();
  expect(stage.sessions.nodes).toEqual([{ sessionId, endTime: expect.any(String) }]);
  expect(stage.session.endTime).toBe(stage.sessions.nodes[0].endTime);
});

it('answers null for a session that does not exist, and an error for what is no id of one', async () => {
  const gateway = await startGateway();
  const arn = await createStage(gateway);
  const { data, errors } = await gateway.ask(
    `query ($arn: ID!) {
      missing: stageSession(stageArn: $arn, sessionId: "st-1234567890abc") { startTime }
      stream: stageSession(stageArn: $arn, sessionId: "st-1AuTyMDASvHUTSb8p5PvbsO") { startTime }
    }`,
    { arn },
  );
  expect(data).toEqual({ missing: null, stream: null });
  expect(errors).toMatchObject([{ path: ['stream'], extensions: { code: 'BAD_USER_INPUT' } }]);
});

it('lists the sessions of a stage with one call', async () => {
  const gateway = await startGateway();
  const { stageArn, sessionId } = await createSession(gateway, 1);
  const { stageSessions } = await gateway.data(
    `{ stageSessions(stageArn: "${stageArn}") { nodes { sessionId stage { arn } } } }`,
  );
  expect(stageSessions.nodes).toEqual([{ sessionId, stage: { arn: stageArn } }]);
  expect(gateway.calls()).toEqual({ ListStageSessions: 1 });
});

it('lists no sessions of a new stage, and is null for a stage that does not exist', async () => {
  const gateway = await startGateway();
  const { createStage } = await gateway.data(
    'mutation { createStage(input: {}) { ... on CreateStagePayload { stage { arn } } } }',
  );
  gateway.calls();
  const query = (arn: string) => `{ stageSessions(stageArn: "${arn}") { nodes { sessionId } } }`;
  const { arn } = createStage.stage;
  expect(await gateway.data(query(arn))).toEqual({ stageSessions: { nodes: [] } });
  expect(await gateway.data(query(`${arn}x`))).toEqual({ stageSessions: null });
  expect(gateway.calls()).toEqual({ ListStageSessions: 2, GetStage: 2 });
  const { extensions } = await gateway.ask(query(arn), {}, { headers: { 'x-ivs-cost': 'dryRun' } });
  expect(extensions?.ivs?.operations).toMatchObject([
    { operation: 'GetStage', calls: 1 },
    { operation: 'ListStageSessions', calls: 1 },
  ]);
});
