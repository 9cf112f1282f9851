// Which fields promise to be null only on error, and that they hold it.
import {
  buildClientSchema,
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getIntrospectionQuery,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  validateSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { printContract, printSubgraph } from '../../../src/schema/index.ts';
import { startGateway } from '../../support/gateway.ts';

const arnOf = (name: string) => `arn:aws:ivs:us-west-2:123456789012:${name}`;
const STAGE = arnOf('stage/TownHall0001');
const GONE = arnOf('channel/GoneGone0001');

const contract = buildSchema(printContract());
const fields = Object.values(contract.getTypeMap())
  .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
const isMarked = ({ astNode }: GraphQLField<unknown, unknown>) =>
  !!astNode?.directives?.some(({ name }) => name.value === 'semanticNonNull');
const nameOf = ({ type, field }: (typeof fields)[number]) => `${type.name}.${field.name}`;
const isConnection = ({ type }: GraphQLField<unknown, unknown>) => String(type).endsWith('Connection');

describe('schema.graphql', () => {
  it('marks each nullable list', () => {
    const unmarked = fields.filter(
      ({ field }) =>
        isListType(getNullableType(field.type)) && !isNonNullType(field.type) && !isMarked(field),
    );
    expect(unmarked.map(nameOf)).toEqual([]);
  });

  it('marks each mutation', () => {
    const mutations = Object.values(contract.getMutationType()?.getFields() ?? {});
    expect(mutations.filter((field) => !isMarked(field))).toEqual([]);
  });

  it('marks each connection but those of a parent that the caller names', () => {
    const unmarked = fields.filter(({ field }) => isConnection(field) && !isMarked(field));
    expect(unmarked.map(nameOf)).toEqual(['Query.stageSessions', 'Query.streamKeys', 'Query.streamSessions']);
    expect(unmarked.map(({ field }) => field.description)).toEqual(
      Array(3).fill(expect.stringMatching(/Null when the (channel|stage) does not exist\./)),
    );
  });

  it('marks nothing that is non-null anyway', () => {
    const twice = fields.filter(({ field }) => isMarked(field) && isNonNullType(field.type));
    expect(twice.map(nameOf)).toEqual([]);
  });

  it('alone has the directive, which composition would refuse or drop', () => {
    expect(printSubgraph()).not.toContain('semanticNonNull');
  });
});

it('is declared to introspection, from which a valid schema is built', async () => {
  const gateway = await startGateway();
  const built = buildClientSchema((await gateway.data(getIntrospectionQuery())) as never);
  expect(validateSchema(built)).toEqual([]);
  expect(built.getDirective('semanticNonNull')?.args.map(({ type }) => String(type))).toEqual(['[Int!]!']);
});

describe('a marked field', () => {
  it('is an empty list where AWS leaves the list out', async () => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({
      operation: 'GetStage',
      status: 200,
      body: JSON.stringify({ stage: { arn: STAGE, autoParticipantRecordingConfiguration: {} } }),
    });
    const { stage } = await gateway.data(
      `{ stage(arn: "${STAGE}") { tags { key } autoParticipantRecordingConfiguration { mediaTypes } } }`,
    );
    expect(stage).toEqual({ tags: [], autoParticipantRecordingConfiguration: { mediaTypes: [] } });
  });

  it('is null with an error where the call failed', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({ operation: 'ListStageSessions', errorType: 'AccessDeniedException' });
    const { data, errors } = await gateway.ask(
      `{ stage(arn: "${STAGE}") { name sessions { nodes { id } } } }`,
    );
    expect(data.stage).toEqual({ name: 'town-hall', sessions: null });
    expect(errors).toMatchObject([{ path: ['stage', 'sessions'] }]);
  });

  it('is an empty list of a parent that is gone; where the caller named a channel, it is null', async () => {
    const gateway = await startGateway();
    const { _entities, streamKeys } = await gateway.data(
      `query ($of: [_Any!]!) { streamKeys(channelArn: "${GONE}") { nodes { id } }
        _entities(representations: $of) { ... on Channel { streamKeys { nodes { id } edges { cursor }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`,
      { of: [{ __typename: 'Channel', arn: GONE }] },
    );
    expect(streamKeys).toBeNull();
    const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
    expect(_entities).toEqual([{ streamKeys: { nodes: [], edges: [], pageInfo } }]);
  });

  it('is an empty list where AWS does not find what the filter names', async () => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: 'ListCompositions', errorType: 'ResourceNotFoundException' });
    const { compositions } = await gateway.data(
      `{ compositions(filter: { stageArn: "${STAGE}x" }) { nodes { id } } }`,
    );
    expect(compositions).toEqual({ nodes: [] });
  });
});

it.each([
  ['createStage', '{}', 'CreateStage', 'stage { id }'],
  ['createChannel', '{}', 'CreateChannel', 'channel { id }'],
  ['createStreamKey', `{ channelArn: "${GONE}" }`, 'CreateStreamKey', 'streamKey { id }'],
  ['updateStage', `{ arn: "${STAGE}" }`, 'UpdateStage', 'stage { id }'],
  [
    'createParticipantToken',
    `{ stageArn: "${STAGE}" }`,
    'CreateParticipantToken',
    'participantToken { token }',
  ],
])('%s fails as a whole where AWS returns nothing', async (mutation, input, operation, members) => {
  const gateway = await startGateway();
  gateway.emulator.faults.add({ operation, status: 200, body: '{}' });
  const payload = `${operation}Payload`;
  const { data, errors } = await gateway.ask(
    `mutation { ${mutation}(input: ${input}) { ... on ${payload} { ${members} } } }`,
  );
  expect(data).toEqual({ [mutation]: null });
  expect(errors).toMatchObject([
    {
      message: expect.stringMatching(
        /^AWS (carried out the mutation, but returned no|answered 200 with a body)/,
      ),
      path: [mutation],
      extensions: { code: 'UPSTREAM_UNAVAILABLE' },
    },
  ]);
});

it('a payload stays when what it leads to cannot be read', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  gateway.emulator.faults.add({ operation: 'GetChannel', errorType: 'AccessDeniedException' });
  gateway.emulator.faults.add({ operation: 'BatchGetChannel', errorType: 'AccessDeniedException' });
  const channelArn = arnOf('channel/MainStage001');
  const { data, errors } = await gateway.ask(
    `mutation { revokeViewerSession(input: { channelArn: "${channelArn}", viewerId: "ann" }) {
      ... on RevokeViewerSessionPayload { viewerId channel { arn name } } } }`,
  );
  expect(data.revokeViewerSession).toEqual({ viewerId: 'ann', channel: { arn: channelArn, name: null } });
  expect(errors).toMatchObject([{ path: ['revokeViewerSession', 'channel', 'name'] }]);
});
