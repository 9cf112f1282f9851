import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { createStage } from '../../support/world.ts';

const create = `mutation ($input: CreateParticipantTokenInput!) { createParticipantToken(input: $input) {
  __typename
  ... on CreateParticipantTokenPayload { participantToken { participantId token userId durationMinutes capabilities expirationTime attributes { key value } } }
  ... on MutationError { code message } } }`;

it('makes a token with which its holder can join', async () => {
  const gateway = await startGateway();
  const stageArn = await createStage(gateway);
  const { createParticipantToken } = await gateway.data(create, {
    input: { stageArn, userId: 'ann', durationMinutes: 60, attributes: [{ key: 'seat', value: '1' }] },
  });
  const { token, participantId, ...rest } = createParticipantToken.participantToken;
  expect(rest).toMatchObject({
    userId: 'ann',
    durationMinutes: 60,
    capabilities: ['PUBLISH', 'SUBSCRIBE'],
    attributes: [{ key: 'seat', value: '1' }],
  });
  expect(gateway.calls()).toEqual({ CreateParticipantToken: 1 });

  const joined = gateway.emulator.control.join({ token });
  expect(joined.participantId).toBe(participantId);
});

it.each([
  ['a duration beyond 14 days', { durationMinutes: 20_161 }],
  ['attributes of more than 1 KB', { attributes: [{ key: 'a', value: 'x'.repeat(1100) }] }],
])('answers %s with a ValidationError', async (_what, input) => {
  const gateway = await startGateway();
  const stageArn = await createStage(gateway);
  const { createParticipantToken } = await gateway.data(create, { input: { stageArn, ...input } });
  expect(createParticipantToken).toMatchObject({ __typename: 'ValidationError', code: 'BAD_USER_INPUT' });
});
