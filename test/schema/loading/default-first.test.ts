import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createSession } from '../../support/world.ts';

/** Calls and virtual time of a query that states no `first`; an error fails the test. */
async function measure({ calls, clock, data }: TestGateway, query: string) {
  calls();
  const start = clock.now();
  await data(query);
  return { calls: calls(), ms: clock.now() - start };
}

const nested = (stage: string) => `{ stages { nodes { name ${stage} } } }`;
const inSessions = nested('sessions { nodes { sessionId participants { nodes { userId state } } } }');

it('the schema prints 50 for lists of the root and 20 for lists on a type', () => {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const defaultsOf = (type: GraphQLObjectType) =>
    Object.values(type.getFields())
      .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
      .map(({ args }) => args.find(({ name }) => name === 'first')?.defaultValue);
  const query = schema.getQueryType() as GraphQLObjectType;
  expect(new Set(defaultsOf(query))).toEqual(new Set([50]));
  expect(new Set(types.filter((type) => type !== query).flatMap(defaultsOf))).toEqual(new Set([20]));
});

it('a `first` of null is the default of its list', async () => {
  const gateway = await startGateway();
  const { stageArn, sessionId } = await createSession(gateway, 60);
  const { stageSession, participants } = await gateway.data(
    `{ stageSession(stageArn: "${stageArn}", sessionId: "${sessionId}") { participants(first: null) { nodes { id } } }
       participants(stageArn: "${stageArn}", sessionId: "${sessionId}", first: null) { nodes { id } } }`,
  );
  expect(stageSession.participants.nodes).toHaveLength(20);
  expect(participants.nodes).toHaveLength(50);
});

it.each([
  ['three lists inside each other', inSessions, 40],
  [
    'a detail of everybody on stage',
    nested('activeSession { startTime participants { nodes { userId browserName } } }'),
    95,
  ],
  [
    'the events of everybody on stage',
    nested('activeSession { participants { nodes { events { nodes { name } } } } }'),
    88,
  ],
])('without `first`, %s of the demo world return in time at AWS’s rates', async (_what, query, count) => {
  const gateway = await startGateway({ seed: 'demo', callRates: true });
  const { calls, ms } = await measure(gateway, query);
  expect(Object.values(calls).reduce((sum, some) => sum + some, 0)).toBe(count);
  expect(ms).toBeLessThan(20_000);
});

it('without `first`, three lists inside each other return in time for 50 stages', async () => {
  const gateway = await startGateway({ callRates: true });
  for (let count = 0; count < 50; count += 1) await createSession(gateway, 1);
  const { calls, ms } = await measure(gateway, inSessions);
  expect(calls).toEqual({ ListStages: 1, ListStageSessions: 50, ListParticipants: 50 });
  expect(ms).toBeLessThan(10_000);
});
