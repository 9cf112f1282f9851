// People of one session, asked for by key as a router does.
import { startGateway, type TestGatewayOptions } from './gateway.ts';
import { createSession } from './world.ts';

export async function people(count: number, options: TestGatewayOptions = {}) {
  const gateway = await startGateway(options);
  const { stageArn, sessionId, participantIds } = await createSession(gateway, count);
  const representationOf = (participantId: string) => ({
    __typename: 'Participant',
    stageArn,
    sessionId,
    participantId,
  });
  const entities = async (representations: object[], fields: string) =>
    (
      await gateway.data(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Participant { ${fields} } } }`,
        { representations },
      )
    )._entities;
  gateway.calls();
  return { gateway, entities, representationOf, participantIds };
}
