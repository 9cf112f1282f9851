import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { createSession } from '../../support/world.ts';

it('lists what happened to a participant, and to whom it referred', async () => {
  const gateway = await startGateway();
  const { stageArn, sessionId, participantIds } = await createSession(gateway, 2);
  const [participantId, remoteParticipantId] = participantIds as [string, string];
  const { control } = gateway.emulator;
  control.publish({ stageArn, participantId: remoteParticipantId });
  control.subscribe({ stageArn, participantId, remoteParticipantId });
  control.fail({ stageArn, participantId, errorCode: 'BITRATE_EXCEEDED' });

  const { participant } = await gateway.data(
    `query ($arn: ID!, $id: ID!, $who: ID!) { participant(stageArn: $arn, sessionId: $id, participantId: $who) {
      events { nodes { name eventTime errorCode participantId participant { userId } remoteParticipantId remoteParticipant { userId } destinationStage { arn } newToken { userId } } } } }`,
    { arn: stageArn, id: sessionId, who: participantId },
  );

  const { nodes } = participant.events;
  const byName = Object.fromEntries(nodes.map((event: { name: string }) => [event.name, event]));
  expect(Object.keys(byName).sort()).toEqual(['JOINED', 'PUBLISH_ERROR', 'SUBSCRIBE_STARTED']);
  expect(byName.SUBSCRIBE_STARTED).toMatchObject({
    remoteParticipantId,
    remoteParticipant: { userId: 'user-1' },
    errorCode: null,
  });
  expect(byName.PUBLISH_ERROR).toMatchObject({
    errorCode: 'BITRATE_EXCEEDED',
    participant: { userId: 'user-0' },
  });
  expect(gateway.calls()).toMatchObject({ ListParticipantEvents: 1 });
});

it('tells what a token said before and after it was exchanged', async () => {
  const gateway = await startGateway();
  const { stageArn, sessionId, participantIds } = await createSession(gateway, 1);
  const [participantId] = participantIds as [string];
  gateway.emulator.control.exchangeToken({
    stageArn,
    participantId,
    userId: 'host',
    attributes: { role: 'host' },
    capabilities: ['SUBSCRIBE'],
  });
  const { participant } = await gateway.data(
    `query ($arn: ID!, $id: ID!, $who: ID!) { participant(stageArn: $arn, sessionId: $id, participantId: $who) {
      userId attributes { key value } events(first: 1) { nodes { name
        previousToken { userId capabilities attributes { key value } } newToken { userId capabilities expirationTime attributes { key value } } } } } }`,
    { arn: stageArn, id: sessionId, who: participantId },
  );
  const attributes = [{ key: 'role', value: 'host' }];
  expect(participant).toEqual({
    userId: 'host',
    attributes,
    events: {
      nodes: [
        {
          name: 'TOKEN_EXCHANGED',
          previousToken: { userId: 'user-0', capabilities: ['PUBLISH', 'SUBSCRIBE'], attributes: [] },
          newToken: {
            userId: 'host',
            capabilities: ['SUBSCRIBE'],
            expirationTime: expect.any(String),
            attributes,
          },
        },
      ],
    },
  });
});
