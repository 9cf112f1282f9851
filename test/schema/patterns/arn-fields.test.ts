import { type GraphQLObjectType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { startGateway } from '../../support/gateway.ts';

const fields = 'region accountId resourceId';

it('stand on every type that has an ARN as its key', () => {
  const without = Object.values(schema.getTypeMap())
    .filter((type): type is GraphQLObjectType => isObjectType(type) && 'arn' in type.getFields())
    .filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'))
    .filter((type) => !fields.split(' ').every((field) => field in type.getFields()));
  expect(without).toEqual([]);
});

it('cost no call on a reference, and none beside the list on its items', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const stageArn = 'arn:aws:ivs:eu-west-1:123456789012:stage/BerlinMeetup';
  const { _entities } = await gateway.data(
    `{ _entities(representations: [{ __typename: "StageSession", stageArn: "${stageArn}", sessionId: "st-1234567890abc" }]) {
      ... on StageSession { stage { ${fields} } } } }`,
  );
  const stage = { region: 'eu-west-1', accountId: '123456789012', resourceId: 'BerlinMeetup' };
  expect(_entities).toEqual([{ stage }]);
  expect(gateway.calls()).toEqual({});

  const { channels } = await gateway.data(
    `{ channels(first: 1) { nodes { ${fields} stream { viewerCount } } } }`,
  );
  expect(channels.nodes).toMatchObject([{ region: 'us-west-2', resourceId: 'MainStage001' }]);
  expect(gateway.calls()).toEqual({ ListChannels: 1, GetStream: 1 });
});
