import { describe, expect, it } from 'vitest';
import { type Caller, scopes } from '../../../src/context.ts';
import { startGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { createSession } from '../../support/world.ts';

const alice: Caller = { subject: 'alice', scopes: new Set(scopes) };
const start = (options: TestGatewayOptions = {}) =>
  startGateway({ authenticate: () => alice, logLevel: 'silent', ...options });
const headers = { 'x-request-id': 'request-1' };

const UUID = /^[0-9a-f-]{36}$/;
const audited = { audit: true, level: 30, msg: 'mutation', subject: 'alice', requestId: 'request-1' };

const create = (name: string) => `createStage(input: { name: "${name}" }) {
  ... on CreateStagePayload { stage { arn } } ... on MutationError { code }
}`;

describe('the audit', () => {
  it('tells who did what to which ARN, also to a log that is silent', async () => {
    const gateway = await start();
    const made = await gateway.ask(`mutation { ${create('one')} }`, {}, { headers });
    const { arn } = made.data.createStage.stage;
    expect(gateway.log).toEqual([
      {
        ...audited,
        time: expect.any(Number),
        pid: expect.any(Number),
        hostname: expect.any(String),
        mutation: 'createStage',
        scope: 'ivs:write',
        region: 'us-west-2',
        arns: [arn],
        outcome: 'ok',
        awsRequestIds: [expect.stringMatching(UUID)],
        durationMs: expect.any(Number),
      },
    ]);
  });

  it('has a line for each field, with its own outcome', async () => {
    const gateway = await start();
    const gone = 'arn:aws:ivs:us-west-2:123456789012:stage/gone';
    const remove = (arn: string) => `deleteStage(input: { arn: "${arn}" }) { ... on MutationError { code } }`;
    await gateway.ask(
      `mutation { a: ${create('one')} b: ${remove(gone)} c: ${remove('secret')} }`,
      {},
      { headers },
    );
    expect(gateway.log).toMatchObject([
      { ...audited, mutation: 'createStage', outcome: 'ok' },
      { ...audited, mutation: 'deleteStage', outcome: 'NOT_FOUND', arns: [gone] },
      { ...audited, mutation: 'deleteStage', outcome: 'BAD_USER_INPUT', arns: [], awsRequestIds: [] },
    ]);
    expect(gateway.log[1].awsRequestIds).toEqual([expect.stringMatching(UUID)]);
  });

  it('tells of failures of AWS, which are thrown, by their code', async () => {
    const gateway = await start();
    gateway.emulator.faults.add({ operation: 'CreateStage', status: 403 });
    await gateway.ask(`mutation { ${create('one')} }`, {}, { headers });
    expect(gateway.log).toMatchObject([{ ...audited, outcome: 'UPSTREAM_ACCESS_DENIED', arns: [] }]);
  });

  it('counts the pairs of a revocation, and names no viewer', async () => {
    const gateway = await start();
    const viewers = ['viewer-a', 'viewer-b', 'x'.repeat(41)];
    const channel = 'arn:aws:ivs:us-west-2:123456789012:channel/abc';
    await gateway.ask(
      `mutation ($viewerSessions: [ViewerSessionInput!]!) {
        revokeViewerSessions(input: { viewerSessions: $viewerSessions }) { revokedCount }
      }`,
      { viewerSessions: viewers.map((viewerId) => ({ channelArn: channel, viewerId })) },
      { headers },
    );
    expect(gateway.log).toMatchObject([
      {
        ...audited,
        ...{ mutation: 'revokeViewerSessions', scope: 'ivs:moderate', arns: [], requested: 3 },
        failures: [{ arns: [channel] }, { arns: [channel] }, { arns: [channel] }],
      },
    ]);
    expect(gateway.log[0].outcome).toBe('failed');
    const [{ revoked, failed }] = gateway.log;
    expect(revoked + failed).toBe(3);
    expect(failed).toBeGreaterThan(0);
    expect(JSON.stringify(gateway.log)).not.toMatch(/viewer-|xxx/);
  });

  it('does not call a revocation ok that could not revoke every pair', async () => {
    const gateway = await start({ seed: 'demo' });
    const channelArn = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
    const revoke = (...viewerIds: string[]) =>
      gateway.ask(
        `mutation ($viewerSessions: [ViewerSessionInput!]!) {
          revokeViewerSessions(input: { viewerSessions: $viewerSessions }) { revokedCount }
        }`,
        { viewerSessions: viewerIds.map((viewerId) => ({ channelArn, viewerId })) },
      );
    await revoke('viewer-a');
    await revoke('viewer-a', 'x'.repeat(41));
    const audited = gateway.log.filter(({ audit }) => audit);
    expect(audited.map(({ outcome }) => outcome)).toEqual(['ok', 'partial']);
  });

  it('has no token, user or attribute in it, even one that looks like an ARN', async () => {
    const gateway = await start();
    const { data } = await gateway.ask(`mutation { ${create('one')} }`, {}, { headers });
    const looks = 'arn:aws:ivs:us-west-2:123456789012:stage/looks';
    const made = await gateway.ask(
      `mutation { createParticipantToken(input: {
        stageArn: "${data.createStage.stage.arn}", userId: "${looks}", attributes: [{ key: "arn", value: "${looks}" }]
      }) { ... on CreateParticipantTokenPayload { participantToken { token } } } }`,
      {},
      { headers },
    );
    const { token } = made.data.createParticipantToken.participantToken;
    expect(gateway.log[1]).toMatchObject({ ...audited, scope: 'ivs:token', outcome: 'ok' });
    expect(JSON.stringify(gateway.log)).not.toContain(token);
    expect(JSON.stringify(gateway.log)).not.toContain(looks);
  });

  it('is silent about queries, and about a mutation that is no valid one', async () => {
    const gateway = await start();
    await gateway.ask('{ stages { nodes { arn } } }');
    await gateway.ask('mutation { createStage(input: { nme: "x" }) { __typename } }');
    expect(gateway.log).toEqual([]);
  });

  it('has the items of a bulk mutation that succeeded, and beside them those that failed', async () => {
    const gateway = await start({ logLevel: 'warn' });
    const { stageArn, participantIds } = await createSession(gateway, 1);
    gateway.log.length = 0;
    const gone = 'arn:aws:ivs:us-west-2:123456789012:stage/gone';
    const participants = [
      { stageArn, participantId: participantIds[0] },
      { stageArn: gone, participantId: 'nobody' },
      { stageArn: 'secret', participantId: 'x'.repeat(100) },
    ];
    await gateway.ask(
      'mutation ($participants: [ParticipantDisconnectionInput!]!) { disconnectParticipants(input: { participants: $participants }) { errors { code } } }',
      { participants },
      { headers },
    );
    const [warning, line] = gateway.log;
    expect(warning).toMatchObject({
      ...{ level: 40, msg: 'some items failed', mutation: 'disconnectParticipants' },
      ...{ requested: 3, failed: 2, codes: { NOT_FOUND: 1, BAD_USER_INPUT: 1 } },
      ...{ requestId: 'request-1', subject: 'alice' },
    });
    expect(line).toMatchObject({
      ...audited,
      ...{ mutation: 'disconnectParticipants', outcome: 'partial', requested: 3, disconnected: 1, failed: 2 },
      ...{ arns: [stageArn], participantIds },
      failures: [
        { arns: [gone], participantIds: ['nobody'], code: 'NOT_FOUND' },
        { arns: [], code: 'BAD_USER_INPUT' },
      ],
    });
    expect(JSON.stringify(gateway.log)).not.toMatch(/secret|xxx/);
  });

  it('has the participant that one mutation is about', async () => {
    const gateway = await start();
    const { stageArn, participantIds } = await createSession(gateway, 1);
    gateway.log.length = 0;
    await gateway.ask(
      `mutation { disconnectParticipant(input: { stageArn: "${stageArn}", participantId: "${participantIds[0]}" }) { __typename } }`,
    );
    expect(gateway.log).toMatchObject([{ arns: [stageArn], participantIds, outcome: 'ok' }]);
  });
});
