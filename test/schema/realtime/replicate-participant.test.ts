import { describe, expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { createSession, createStage } from '../../support/world.ts';

const noStage = 'arn:aws:ivs:us-west-2:123456789012:stage/doesNotExist';

const start = `mutation ($input: StartParticipantReplicationInput!) { startParticipantReplication(input: $input) {
  __typename ... on StartParticipantReplicationPayload {
    sourceStage { arn } destinationStage { arn }
    participant { userId replicationType replicationState }
    replica { participantId sessionId userId replicationType replicationState sourceStageArn sourceSession { sessionId } attributes { key value } } }
  ... on MutationError { code } } }`;
const stop = `mutation ($input: StopParticipantReplicationInput!) { stopParticipantReplication(input: $input) {
  __typename ... on StopParticipantReplicationPayload {
    sourceStage { arn } destinationStage { arn activeSessionId }
    participant { userId state replicationState } replica { userId state replicationState } }
  ... on MutationError { code } } }`;

/** Somebody who publishes, and a second stage. */
async function startShow() {
  const gateway = await startGateway();
  const { stageArn: sourceStageArn, sessionId, participantIds } = await createSession(gateway, 2);
  const destinationStageArn = await createStage(gateway, 'another');
  const participantId = participantIds[0] as string;
  gateway.emulator.control.publish({ stageArn: sourceStageArn, participantId });
  const key = { sourceStageArn, destinationStageArn, participantId };
  const begin = async (more: object = {}) =>
    (await gateway.data(start, { input: { ...key, ...more } })).startParticipantReplication;
  const end = async (more: object = {}) =>
    (await gateway.data(stop, { input: { ...key, ...more } })).stopParticipantReplication;
  return { gateway, control: gateway.emulator.control, sessionId, participantIds, key, begin, end };
}

describe('startParticipantReplication', () => {
  it('answers with the original and its copy', async () => {
    const { gateway, sessionId, key, begin } = await startShow();
    const attributes = [{ key: 'role', value: 'guest' }];
    expect(await begin({ attributes, reconnectWindowSeconds: 30 })).toEqual({
      __typename: 'StartParticipantReplicationPayload',
      sourceStage: { arn: key.sourceStageArn },
      destinationStage: { arn: key.destinationStageArn },
      participant: { userId: 'user-0', replicationType: 'SOURCE', replicationState: 'ACTIVE' },
      replica: {
        participantId: key.participantId,
        sessionId: expect.stringMatching(/^st-/),
        userId: 'user-0',
        replicationType: 'REPLICA',
        replicationState: 'ACTIVE',
        sourceStageArn: key.sourceStageArn,
        sourceSession: { sessionId },
        attributes,
      },
    });
    expect(gateway.calls()).toMatchObject({
      StartParticipantReplication: 1,
      ListStages: 1,
      GetParticipant: 2,
    });
  });

  it('costs one call when the participants are not asked for', async () => {
    const { gateway, key } = await startShow();
    const query = start.replace(/participant \{.*\n.*\n/, '}\n');
    await gateway.data(query, { input: key });
    expect(gateway.calls()).toEqual({ StartParticipantReplication: 1 });
  });

  it('keeps the copy for as long as was asked for', async () => {
    const { gateway, control, key, begin } = await startShow();
    await begin({ reconnectWindowSeconds: 300 });
    control.leave({ stageArn: key.sourceStageArn, participantId: key.participantId });
    const { stage } = await gateway.data('query ($arn: ID!) { stage(arn: $arn) { activeSessionId } }', {
      arn: key.destinationStageArn,
    });
    expect(stage.activeSessionId).toMatch(/^st-/);
  });

  it('answers with the error that AWS gives', async () => {
    const { gateway, participantIds, key, begin } = await startShow();
    const { sourceStageArn } = key;
    const typeOf = async (more: object) => (await begin(more)).__typename;
    expect(await typeOf({ destinationStageArn: noStage })).toBe('ResourceNotFoundError');
    expect(await typeOf({ participantId: 'nobody' })).toBe('ResourceNotFoundError');
    expect(await typeOf({ destinationStageArn: sourceStageArn })).toBe('ValidationError');
    expect(await typeOf({ reconnectWindowSeconds: 301 })).toBe('ValidationError');
    expect(await typeOf({ participantId: participantIds[1] })).toBe('ConflictError');
    await begin();
    expect(await typeOf({})).toBe('ConflictError');
    for (let number = 0; number < 4; number += 1)
      await begin({ destinationStageArn: await createStage(gateway) });
    const sixth = { destinationStageArn: await createStage(gateway) };
    expect(await typeOf(sixth)).toBe('ServiceQuotaExceededError');
    gateway.emulator.faults.add({ operation: '*', errorType: 'PendingVerification' });
    expect(await typeOf(sixth)).toBe('PendingVerificationError');
  });

  it.each([
    ['sourceStageArn', { sourceStageArn: 'x' }],
    ['destinationStageArn', { destinationStageArn: 'x' }],
    ['participantId', { participantId: 'no spaces!' }],
  ])('refuses a malformed %s before any call', async (_what, more) => {
    const { gateway, begin, end } = await startShow();
    gateway.calls();
    expect(await begin(more)).toEqual({ __typename: 'ValidationError', code: 'BAD_USER_INPUT' });
    expect(await end(more)).toEqual({ __typename: 'ValidationError', code: 'BAD_USER_INPUT' });
    expect(gateway.calls()).toEqual({});
  });
});

describe('stopParticipantReplication', () => {
  it('answers with the original and the copy that has left, though it was the last one there', async () => {
    const { key, begin, end } = await startShow();
    await begin();
    expect(await end()).toEqual({
      __typename: 'StopParticipantReplicationPayload',
      sourceStage: { arn: key.sourceStageArn },
      destinationStage: { arn: key.destinationStageArn, activeSessionId: null },
      participant: { userId: 'user-0', state: 'CONNECTED', replicationState: 'STOPPED' },
      replica: { userId: 'user-0', state: 'DISCONNECTED', replicationState: 'STOPPED' },
    });
  });

  it('costs one call when the participants are not asked for', async () => {
    const { gateway, key, begin } = await startShow();
    await begin();
    gateway.calls();
    await gateway.data(
      `mutation ($input: StopParticipantReplicationInput!) { stopParticipantReplication(input: $input) {
        ... on StopParticipantReplicationPayload { sourceStage { arn } } } }`,
      { input: key },
    );
    expect(gateway.calls()).toEqual({ StopParticipantReplication: 1 });
  });

  it('answers with an error for what is not replicated', async () => {
    const { begin, end } = await startShow();
    const notFound = { __typename: 'ResourceNotFoundError', code: 'NOT_FOUND' };
    expect(await end()).toEqual(notFound);
    await begin();
    expect(await end({ destinationStageArn: noStage })).toEqual(notFound);
    await end();
    expect(await end()).toEqual(notFound);
  });
});

describe('the replicas of a participant', () => {
  it('tell where it comes from and where it is shown', async () => {
    const { gateway, sessionId, key, begin } = await startShow();
    const { replica: copy } = await begin();
    gateway.calls();
    const { participant } = await gateway.data(
      `query ($stageArn: ID!, $sessionId: ID!, $participantId: ID!) {
        participant(stageArn: $stageArn, sessionId: $sessionId, participantId: $participantId) { userId replicas { nodes {
          participantId replicationState
          sourceStageArn sourceStage { arn } sourceSessionId sourceSession { sessionId } sourceParticipant { userId sessionId }
          destinationStageArn destinationStage { arn } destinationSessionId destinationSession { sessionId }
          participant { sessionId userId } } } } }`,
      { stageArn: key.sourceStageArn, sessionId, participantId: key.participantId },
    );
    expect(participant.replicas.nodes).toEqual([
      {
        participantId: key.participantId,
        replicationState: 'ACTIVE',
        sourceStageArn: key.sourceStageArn,
        sourceStage: { arn: key.sourceStageArn },
        sourceSessionId: sessionId,
        sourceSession: { sessionId },
        sourceParticipant: { userId: 'user-0', sessionId },
        destinationStageArn: key.destinationStageArn,
        destinationStage: { arn: key.destinationStageArn },
        destinationSessionId: copy.sessionId,
        destinationSession: { sessionId: copy.sessionId },
        participant: { sessionId: copy.sessionId, userId: 'user-0' },
      },
    ]);
    expect(gateway.calls()).toMatchObject({ ListParticipantReplicas: 1, GetParticipant: 2 });
  });

  it('are events of the original and of the copy', async () => {
    const { gateway, sessionId, key, begin } = await startShow();
    const { replica: copy } = await begin();
    const { original, replica } = await gateway.data(
      `query ($source: ID!, $sessionId: ID!, $destination: ID!, $copySession: ID!, $who: ID!) {
        original: participant(stageArn: $source, sessionId: $sessionId, participantId: $who) {
          events(first: 1) { nodes { name destinationStage { arn } destinationSession { sessionId } replica } } }
        replica: participant(stageArn: $destination, sessionId: $copySession, participantId: $who) {
          events { nodes { name replica } } } }`,
      {
        source: key.sourceStageArn,
        sessionId,
        destination: key.destinationStageArn,
        copySession: copy.sessionId,
        who: key.participantId,
      },
    );
    expect(original.events.nodes).toEqual([
      {
        name: 'REPLICATION_STARTED',
        destinationStage: { arn: key.destinationStageArn },
        destinationSession: { sessionId: copy.sessionId },
        replica: null,
      },
    ]);
    expect(replica.events.nodes).toEqual([
      { name: 'PUBLISH_STARTED', replica: true },
      { name: 'JOINED', replica: true },
    ]);
  });
});
