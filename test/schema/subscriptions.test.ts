// What holds for all subscriptions.
import { type GraphQLField, type GraphQLObjectType, type GraphQLUnionType, getNullableType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { callerWith } from '../support/callers.ts';
import { hold } from '../support/clock.ts';
import { EVENTS, listenForEvents, stageUpdate } from '../support/events.ts';
import { startGateway } from '../support/gateway.ts';
import { listen } from '../support/listen.ts';
import { createSession } from '../support/world.ts';

const fields = Object.values((schema.getSubscriptionType() as GraphQLObjectType).getFields());

describe.each(fields.map((field) => [field.name, field] as const))('%s', (_name, field) => {
  const union = getNullableType(field.type) as GraphQLUnionType;
  const types = union.getTypes();

  it('sends a union of messages with a gap', () => {
    expect(types.map(({ name }) => name)).toContain('LiveGap');
    for (const type of types) expect(type.getInterfaces().map(({ name }) => name)).toEqual(['LiveEvent']);
  });

  it('has fields of one name with one type, so that one selection can have them all', () => {
    const byName = new Map<string, Set<string>>();
    for (const type of types)
      for (const { name, type: of } of Object.values(type.getFields()) as GraphQLField<unknown, unknown>[])
        byName.set(name, (byName.get(name) ?? new Set()).add(String(of)));
    expect([...byName].filter(([, of]) => of.size > 1)).toEqual([]);
  });

  it('takes a cursor', () => {
    expect(field.args.map(({ name }) => name)).toContain('after');
  });
});

const ARN = 'arn:aws:ivs:us-west-2:123456789012';
const queries = {
  participants: `participants(stageArn: "${ARN}:stage/TownHall0001")`,
  stageEvents: `stageEvents(stageArns: ["${ARN}:stage/TownHall0001"])`,
  streams: 'streams',
  channelEvents: `channelEvents(channelArns: ["${ARN}:channel/MainStage001"])`,
  compositions: `compositions(stageArn: "${ARN}:stage/TownHall0001")`,
};

it.each(Object.values(queries))('%s needs ivs:read, and costs nothing without it', async (field) => {
  const gateway = await startGateway({ seed: 'demo', caller: callerWith(['ivs:write']) });
  const { next } = await listen(gateway, `subscription { ${field} { __typename } }`);
  expect(await next()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  expect(gateway.calls()).toEqual({});
});

it.each([
  ['subscription { streams @skip(if: true) { __typename } }', 'skip'],
  [
    'subscription ($b: Boolean = true) { ...F } fragment F on Subscription { streams @include(if: $b) { __typename } }',
    'include',
  ],
])('a root field that a directive could take away is refused: %s', async (query, directive) => {
  const gateway = await startGateway();
  const { next } = await listen(gateway, query);
  const { errors } = await next();
  expect(errors).toContainEqual(
    expect.objectContaining({ message: `Expected the root field of a subscription without @${directive}` }),
  );
});

it('one whose details come faster than AWS can be read hears of a gap, and others wait for one request', async () => {
  const lead = await startGateway({ callRates: true, server: { events: EVENTS } });
  const { stageArn, sessionId } = await createSession(lead, 1);
  const { send } = await listenForEvents(lead);
  const query = `subscription { stageEvents(stageArns: ["${stageArn}"]) {
    __typename ... on LiveGap { reason } ... on StageActivity { participantId participant { browserName } } } }`;
  const { until } = await listen(lead, query);
  const pass = hold(lead.clock);
  const sendMany = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      const participant_id = `p${count}x${index}`;
      const detail = { event_name: 'Participant Published', session_id: sessionId, participant_id };
      await send(stageUpdate(stageArn, participant_id, 'Participant Published', { detail }));
    }
  };
  await sendMany(120);
  await pass(3000);
  await sendMany(10);
  let isAnswered = false;
  const asked = lead
    .data(
      `{ participant(stageArn: "${stageArn}", sessionId: "${sessionId}", participantId: "none") { browserName } }`,
    )
    .then(() => (isAnswered = true));
  await pass(1000);
  expect(isAnswered).toBe(true);
  await asked;
  await pass(60_000);
  const heard = await until('LiveGap');
  expect(heard.at(-1)).toMatchObject({ reason: 'SLOW_READER' });
  expect(heard.length).toBe(121);
});

it('all are tried here', () => {
  expect(Object.keys(queries).sort()).toEqual(fields.map(({ name }) => name).sort());
});
