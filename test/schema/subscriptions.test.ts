// What holds for all subscriptions.
import { type GraphQLField, type GraphQLObjectType, type GraphQLUnionType, getNullableType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { callerWith } from '../support/callers.ts';
import { startGateway } from '../support/gateway.ts';
import { listen } from '../support/listen.ts';

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

it('all are tried here', () => {
  expect(Object.keys(queries).sort()).toEqual(fields.map(({ name }) => name).sort());
});
