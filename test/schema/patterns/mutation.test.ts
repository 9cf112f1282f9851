import { isNullableType } from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { startGateway } from '../../support/gateway.ts';
import { createStage } from '../../support/world.ts';

const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

it.each(mutations)(
  '$name is nullable, so that its failure does not discard the results of others',
  ({ type }) => {
    expect(isNullableType(type)).toBe(true);
  },
);

it('returns the results of the other mutations when AWS fails one of them', async () => {
  const gateway = await startGateway();
  const stageArn = await createStage(gateway);
  gateway.emulator.faults.add({ operation: 'CreateStage', errorType: 'AccessDeniedException' });
  const token = `createParticipantToken(input: { stageArn: "${stageArn}" }) {
    ... on CreateParticipantTokenPayload { participantToken { token } } }`;
  const { data, errors } = await gateway.ask(
    `mutation { first: ${token} createStage(input: {}) { __typename } second: ${token} }`,
  );
  const issued = { participantToken: { token: expect.stringMatching(/./) } };
  expect(data).toEqual({ first: issued, createStage: null, second: issued });
  expect(errors).toMatchObject([{ path: ['createStage'], extensions: { code: 'UPSTREAM_ACCESS_DENIED' } }]);
});
