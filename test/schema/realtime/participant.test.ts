import { describe, expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { createSession } from '../../support/world.ts';

const nested = `query ($arn: ID!, $first: Int) { stage(arn: $arn) { activeSession { participants(first: $first) {
  nodes { participantId userId state firstJoinTime published recordingState replicationType stage { name } session { startTime } }
} } } }`;

describe('participants of a session', () => {
  it('costs one ListParticipants call for 100 with summary fields', async () => {
    const gateway = await startGateway();
    const { stageArn, sessionId, participantIds } = await createSession(gateway, 100);
    const { participants } = await gateway.data(
      `query ($arn: ID!, $id: ID!) { participants(stageArn: $arn, sessionId: $id, first: 100) {
        nodes { id stageArn sessionId participantId userId state firstJoinTime published recordingState replicationType
          replicationState sourceStageArn sourceStage { name } sourceSession { startTime } redundantIngest ingestConfigurationArn }
        pageInfo { hasNextPage } } }`,
      { arn: stageArn, id: sessionId },
    );
    expect(participants.nodes.map((node: { participantId: string }) => node.participantId).sort()).toEqual(
      [...participantIds].sort(),
    );
    expect(participants.nodes[0]).toMatchObject({
      state: 'CONNECTED',
      published: false,
      sourceStageArn: null,
      sourceStage: null,
    });
    expect(participants.pageInfo).toEqual({ hasNextPage: false });
    expect(gateway.calls()).toEqual({ ListParticipants: 1 });
  });

  it('costs one GetParticipant call each for detail fields, however often they are selected', async () => {
    const gateway = await startGateway();
    const { stageArn, sessionId } = await createSession(gateway, 30);
    const { participants } = await gateway.data(
      `query ($arn: ID!, $id: ID!) { participants(stageArn: $arn, sessionId: $id) { nodes { ...Client again: browserName } edges { node { ispName } } } }
       fragment Client on Participant { browserName ispName attributes { key } protocol }`,
      { arn: stageArn, id: sessionId },
    );
    expect(participants.nodes).toHaveLength(30);
    expect(participants.nodes[0]).toMatchObject({
      browserName: 'Firefox',
      again: 'Firefox',
      ispName: 'An ISP',
    });
    expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: 30 });
  });

  it('refuses fragments that double at each level before anything follows them', async () => {
    const gateway = await startGateway();
    // Two to the power of 40 spreads, were each followed.
    const fragments = Array.from(
      { length: 40 },
      (_, n) => `fragment f${n} on Stage { ...f${n + 1} ...f${n + 1} }`,
    );
    const { errors } = await gateway.ask(
      `{ stages { nodes { ...f0 } } } ${fragments.join(' ')} fragment f40 on Stage { name }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
    expect(gateway.calls()).toEqual({});
  });

  it('does not fetch detail fields that @skip and @include leave out', async () => {
    const gateway = await startGateway();
    const { stageArn, sessionId } = await createSession(gateway, 3);
    await gateway.data(
      `query ($arn: ID!, $id: ID!, $no: Boolean = false) { participants(stageArn: $arn, sessionId: $id) {
        nodes { userId browserName @include(if: $no) ... @skip(if: true) { ispName } } } }`,
      { arn: stageArn, id: sessionId },
    );
    expect(gateway.calls()).toEqual({ ListParticipants: 1 });
  });

  it('walks from a stage to its people in as few calls as there are levels', async () => {
    const gateway = await startGateway();
    const { stageArn } = await createSession(gateway, 5);
    const { stage } = await gateway.data(nested, { arn: stageArn, first: 5 });
    expect(stage.activeSession.participants.nodes).toHaveLength(5);
    expect(gateway.calls()).toEqual({ GetStage: 1, ListParticipants: 1, GetStageSession: 1 });
  });

  it.each([
    ['userId', '{ userId: "user-1" }', 1],
    ['published', '{ published: true }', 1],
    ['state', '{ state: DISCONNECTED }', 1],
    ['recordingState', '{ recordingState: ACTIVE }', 0],
    ['nothing', 'null', 3],
  ])('filters by %s', async (_by, filter, found) => {
    const gateway = await startGateway();
    const { stageArn, sessionId, participantIds } = await createSession(gateway, 3);
    gateway.emulator.control.publish({ stageArn, participantId: participantIds[0] as string });
    gateway.emulator.control.leave({ stageArn, participantId: participantIds[2] as string });
    const { participants } = await gateway.data(
      `query ($arn: ID!, $id: ID!) { participants(stageArn: $arn, sessionId: $id, filter: ${filter}) { nodes { userId } } }`,
      { arn: stageArn, id: sessionId },
    );
    expect(participants.nodes).toHaveLength(found);
  });

  it('refuses two filters at once, which AWS does not take, before any call', async () => {
    const gateway = await startGateway();
    const { stageArn, sessionId } = await createSession(gateway, 1);
    gateway.calls();
    const { errors } = await gateway.ask(
      `query ($arn: ID!, $id: ID!) { participants(stageArn: $arn, sessionId: $id, filter: { userId: "a", published: true }) { nodes { userId } } }`,
      { arn: stageArn, id: sessionId },
    );
    expect(errors?.[0]?.message).toMatch(/exactly one/i);
    expect(gateway.calls()).toEqual({});
  });
});

describe('one participant', () => {
  it('answers summary and detail fields with one call', async () => {
    const gateway = await startGateway();
    const { stageArn, sessionId, participantIds } = await createSession(gateway, 1);
    const [participantId] = participantIds;
    const { participant } = await gateway.data(
      `query ($arn: ID!, $id: ID!, $who: ID!) { participant(stageArn: $arn, sessionId: $id, participantId: $who) {
        participantId userId state browserName osName osVersion browserVersion sdkVersion recordingS3BucketName recordingS3Prefix protocol } }`,
      { arn: stageArn, id: sessionId, who: participantId },
    );
    expect(participant).toMatchObject({
      participantId,
      userId: 'user-0',
      browserName: 'Firefox',
      recordingS3BucketName: null,
    });
    expect(gateway.calls()).toEqual({ GetParticipant: 1 });
  });

  it('is null when it does not exist; a failing one leaves its siblings alone', async () => {
    const gateway = await startGateway();
    const { stageArn, sessionId, participantIds } = await createSession(gateway, 2);
    gateway.emulator.faults.add({
      operation: 'GetParticipant',
      match: ({ participantId }) => participantId === participantIds[0],
      status: 403,
      errorType: 'AccessDeniedException',
      message: 'not this one',
    });
    const { data, errors } = await gateway.ask(
      `query ($arn: ID!, $id: ID!, $a: ID!, $b: ID!) { stageSession(stageArn: $arn, sessionId: $id) {
        a: participant(participantId: $a) { browserName } b: participant(participantId: $b) { browserName } c: participant(participantId: "nobody000001") { browserName } } }`,
      { arn: stageArn, id: sessionId, a: participantIds[0], b: participantIds[1] },
    );
    expect(data.stageSession).toEqual({ a: null, b: { browserName: 'Firefox' }, c: null });
    expect(errors).toMatchObject([
      {
        // AWS's own text would name the gateway's role.
        message: 'AWS does not let the gateway do this',
        path: ['stageSession', 'a'],
        extensions: {
          code: 'UPSTREAM_ACCESS_DENIED',
          aws: {
            service: 'ivs-realtime',
            operation: 'GetParticipant',
            region: 'us-west-2',
            httpStatus: 403,
            requestId: expect.any(String),
          },
        },
      },
    ]);
  });
});

describe('disconnectParticipant', () => {
  const disconnect = `mutation ($input: DisconnectParticipantInput!) { disconnectParticipant(input: $input) {
    __typename ... on DisconnectParticipantPayload { participant { userId state } stage { arn activeSessionId } } ... on MutationError { code } } }`;

  it('answers with the participant as it is afterwards', async () => {
    const gateway = await startGateway();
    const { stageArn, participantIds } = await createSession(gateway, 2);
    const { disconnectParticipant } = await gateway.data(disconnect, {
      input: { stageArn, participantId: participantIds[0], reason: 'spam' },
    });
    expect(disconnectParticipant).toMatchObject({ participant: { userId: 'user-0', state: 'DISCONNECTED' } });
  });

  it('answers with the last one of a session too', async () => {
    const gateway = await startGateway();
    const { stageArn, participantIds } = await createSession(gateway, 1);
    const { disconnectParticipant } = await gateway.data(disconnect, {
      input: { stageArn, participantId: participantIds[0] },
    });
    expect(disconnectParticipant).toMatchObject({
      participant: { userId: 'user-0', state: 'DISCONNECTED' },
      stage: { activeSessionId: null },
    });
  });

  it('answers null for somebody who was never in the session', async () => {
    const gateway = await startGateway();
    const { stageArn, participantIds } = await createSession(gateway, 1);
    const [participantId] = participantIds as [string];
    gateway.emulator.control.leave({ stageArn, participantId });
    gateway.emulator.control.join({ stageArn });
    const { disconnectParticipant } = await gateway.data(disconnect, { input: { stageArn, participantId } });
    expect(disconnectParticipant).toMatchObject({
      __typename: 'DisconnectParticipantPayload',
      participant: null,
    });
  });

  it('costs one call when the participant is not asked for', async () => {
    const gateway = await startGateway();
    const { stageArn, participantIds } = await createSession(gateway, 1);
    await gateway.data(
      `mutation ($input: DisconnectParticipantInput!) { disconnectParticipant(input: $input) { __typename } }`,
      {
        input: { stageArn, participantId: participantIds[0] },
      },
    );
    expect(gateway.calls()).toEqual({ DisconnectParticipant: 1 });
  });

  it('reads the stage once for all of one operation', async () => {
    const gateway = await startGateway({ requestTimeoutMs: 60_000 });
    const { stageArn, participantIds } = await createSession(gateway, 95);
    const fields = participantIds.map(
      (id, index) =>
        `p${index}: disconnectParticipant(input: { stageArn: "${stageArn}", participantId: "${id}" }) {
          ... on DisconnectParticipantPayload { participant { userId state } } }`,
    );
    const answer = await gateway.data(`mutation { ${fields.join(' ')} }`);
    expect(Object.values(answer)).toEqual(
      participantIds.map((_, index) => ({ participant: { userId: `user-${index}`, state: 'DISCONNECTED' } })),
    );
    expect(gateway.calls()).toEqual({ DisconnectParticipant: 95, GetStage: 1, GetParticipant: 95 });
  });

  it('answers with an error of the union for a stage that does not exist and for a malformed one', async () => {
    const gateway = await startGateway();
    const missing = 'arn:aws:ivs:us-west-2:123456789012:stage/doesNotExist';
    const one = await gateway.data(disconnect, { input: { stageArn: missing, participantId: 'x' } });
    expect(one.disconnectParticipant).toEqual({ __typename: 'ResourceNotFoundError', code: 'NOT_FOUND' });
    gateway.calls();
    const two = await gateway.data(disconnect, { input: { stageArn: 'x', participantId: 'x' } });
    expect(two.disconnectParticipant).toEqual({ __typename: 'ValidationError', code: 'BAD_USER_INPUT' });
    expect(gateway.calls()).toEqual({});
  });
});
