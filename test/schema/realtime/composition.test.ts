import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../emulator/support/clock.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { unionErrors } from '../../support/unions.ts';

const arnOf = (id: string) => `arn:aws:ivs:us-west-2:123456789012:${id}`;
const TOWN_HALL = arnOf('composition/TownHall0001');
const STAGE = arnOf('stage/TownHall0001');
const HD = arnOf('encoder-configuration/Hd0000000001');
const RECORDINGS = arnOf('storage-configuration/Recordings01');
const NONE = arnOf('composition/none');

const nodesOf = ({ nodes }: { nodes: { arn: string }[] }) => nodes.map(({ arn }) => arn.split('/')[1]);

describe('reading compositions', () => {
  it('answers its members with one call', async () => {
    const gateway = await startGateway({ seed: 'demo', clock: new ManualClock() });
    const { composition } = await gateway.data(
      `{ composition(arn: "${TOWN_HALL}") {
        __typename arn stageArn stage { arn } state startTime endTime tags { key value }
        destinations { destinationId state }
      } }`,
    );
    expect(composition).toEqual({
      __typename: 'Composition',
      arn: TOWN_HALL,
      stageArn: STAGE,
      stage: { arn: STAGE },
      state: 'ACTIVE',
      startTime: '2025-12-31T23:20:00.000Z',
      endTime: null,
      tags: [{ key: 'environment', value: 'production' }],
      destinations: [
        { destinationId: 'RecordingTo1', state: 'ACTIVE' },
        { destinationId: 'BroadcastTo1', state: 'ACTIVE' },
      ],
    });
    expect(gateway.calls()).toEqual({ GetComposition: 1 });
  });

  it('answers null for what does not exist, and refuses another kind of ARN', async () => {
    const gateway = await startGateway();
    const { data, errors } = await gateway.ask(
      `{ none: composition(arn: "${NONE}") { state } wrong: composition(arn: "${STAGE}") { state } }`,
    );
    expect(data).toEqual({ none: null, wrong: null });
    expect(errors).toMatchObject([{ path: ['wrong'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.calls()).toEqual({ GetComposition: 1 });
  });

  it('costs a list call for summary fields, and one GetComposition each for the layout', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const summary =
      'arn stageArn state startTime endTime tags { key } destinations { destinationId state startTime endTime }';
    const { compositions } = await gateway.data(`{ compositions { nodes { ${summary} } } }`);
    expect(nodesOf(compositions)).toEqual(['TownHall0001', 'PodcastStud1', 'ChessFinal01']);
    expect(gateway.calls()).toEqual({ ListCompositions: 1 });
    await gateway.data('{ compositions { nodes { layout { grid { gridGap } } } } }');
    expect(gateway.calls()).toEqual({ ListCompositions: 1, GetComposition: 3 });
  });

  it.each([
    ['of a stage', `filter: { stageArn: "${STAGE}" }`, ['TownHall0001']],
    ['encoded in one way', `filter: { encoderConfigurationArn: "${HD}" }`, ['ChessFinal01']],
    ['of another region', 'region: "eu-west-1"', []],
  ])('lists those %s', async (_which, args, found) => {
    const gateway = await startGateway({ seed: 'demo' });
    const { compositions } = await gateway.data(`{ compositions(${args}) { nodes { arn } } }`);
    expect(nodesOf(compositions)).toEqual(found);
    expect(gateway.calls()).toEqual({ ListCompositions: 1 });
  });

  it('refuses a filter by another kind of ARN before any call', async () => {
    const gateway = await startGateway();
    const { errors } = await gateway.ask(
      `{ compositions(filter: { encoderConfigurationArn: "${STAGE}" }) { nodes { arn } } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.calls()).toEqual({});
  });

  it('is a field of its stage, page by page', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    await start(gateway);
    const list = `query ($after: String) { stage(arn: "${STAGE}") { compositions(first: 1, after: $after) {
      nodes { arn stage { arn } } pageInfo { hasNextPage endCursor } } } }`;
    const one = (await gateway.data(list)).stage.compositions;
    expect(one.nodes).toEqual([{ arn: TOWN_HALL, stage: { arn: STAGE } }]);
    const two = (await gateway.data(list, { after: one.pageInfo.endCursor })).stage.compositions;
    expect([one.pageInfo.hasNextPage, two.nodes.length, two.pageInfo.hasNextPage]).toEqual([true, 1, false]);
    expect(two.nodes[0].arn).not.toBe(TOWN_HALL);
  });

  it('is found by its id, and by its key for no call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { composition } = await gateway.data(`{ composition(arn: "${TOWN_HALL}") { id } }`);
    const { node } = await gateway.data(`{ node(id: "${composition.id}") { ... on Composition { state } } }`);
    expect(node).toEqual({ state: 'ACTIVE' });
    gateway.calls();
    await gateway.data(
      `{ _entities(representations: [{ __typename: "Composition", arn: "${TOWN_HALL}" }]) { ... on Composition { arn } } }`,
    );
    expect(gateway.calls()).toEqual({});
  });
});

const startMutation = `mutation ($input: StartCompositionInput!) { startComposition(input: $input) {
  __typename
  ... on StartCompositionPayload { composition {
    arn stageArn state tags { key value }
    layout { grid { gridGap videoAspectRatio } pip { pipWidth } }
    destinations { state configuration { name s3 { storageConfigurationArn } } }
  } }
  ... on MutationError { code message }
} }`;
const s3 = { storageConfigurationArn: RECORDINGS, encoderConfigurationArns: [HD] };
/** Records the demo's town hall unless it is told otherwise. */
const start = async (gateway: TestGateway, input: object = {}) => {
  const variables = { input: { stageArn: STAGE, destinations: [{ s3 }], ...input } };
  return (await gateway.data(startMutation, variables)).startComposition;
};
const stop = async (gateway: TestGateway, arn: string) => {
  const mutation = `mutation ($arn: ID!) { stopComposition(input: { arn: $arn }) {
    __typename ... on StopCompositionPayload { composition { arn state endTime } } ... on MutationError { code } } }`;
  return (await gateway.data(mutation, { arn })).stopComposition;
};

describe('starting compositions', () => {
  it('starts one with all that is asked for, in one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { composition } = await start(gateway, {
      layout: { grid: { gridGap: 4, videoAspectRatio: 'SQUARE', videoFillMode: null } },
      destinations: [{ s3: { name: 'again', ...s3 } }],
      tags: [{ key: 'team', value: 'media' }],
    });
    expect(composition).toEqual({
      arn: expect.stringContaining(':composition/'),
      stageArn: STAGE,
      state: 'STARTING',
      tags: [{ key: 'team', value: 'media' }],
      layout: { grid: { gridGap: 4, videoAspectRatio: 'SQUARE' }, pip: null },
      destinations: [
        { state: 'STARTING', configuration: { name: 'again', s3: { storageConfigurationArn: RECORDINGS } } },
      ],
    });
    expect(gateway.calls()).toEqual({ StartComposition: 1 });
  });

  it('answers a repeated request with the same composition, and another one without a token', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const arns = [];
    for (const idempotencyToken of ['once', 'once', null, null]) {
      arns.push((await start(gateway, { idempotencyToken })).composition.arn);
    }
    expect(arns[1]).toBe(arns[0]);
    expect(new Set(arns).size).toBe(3);
    const otherwise = await start(gateway, { idempotencyToken: 'once', layout: { pip: { pipWidth: 9 } } });
    expect(otherwise).toMatchObject({ __typename: 'ConflictError', code: 'CONFLICT' });
  });

  it.each([
    ['no destination', { destinations: [] }, 'ValidationError'],
    ['an ARN of another kind', { stageArn: HD }, 'ValidationError'],
    ['a key that stands twice', { tags: Array(2).fill({ key: 'a', value: '' }) }, 'ValidationError'],
    ['a stage that does not exist', { stageArn: `${STAGE}x` }, 'ResourceNotFoundError'],
    [
      'a channel that does not exist',
      { destinations: [{ channel: { channelArn: arnOf('channel/None') } }] },
      'ResourceNotFoundError',
    ],
  ])('answers %s with an error of the union', async (_what, input, __typename) => {
    const gateway = await startGateway({ seed: 'demo' });
    expect(await start(gateway, input)).toMatchObject({ __typename, message: expect.stringMatching(/./) });
  });

  it('answers the sixth of a stage with a ServiceQuotaExceededError', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    for (let count = 1; count < 5; count += 1) await start(gateway);
    expect(await start(gateway)).toMatchObject({ __typename: 'ServiceQuotaExceededError' });
  });

  it('has the errors in its union that AWS declares', async () => {
    const input = { stageArn: STAGE, destinations: [{ s3 }] };
    expect(await unionErrors(await startGateway(), 'startComposition', input)).toEqual([
      'ValidationError',
      'ResourceNotFoundError',
      'ConflictError',
      'ServiceQuotaExceededError',
      'PendingVerificationError',
    ]);
  });
});

describe('stopping compositions', () => {
  it('answers with the composition as it is now, until it is gone', async () => {
    const clock = new ManualClock();
    const gateway = await startGateway({ seed: 'demo', clock });
    const { composition: stopped } = await stop(gateway, TOWN_HALL);
    expect(stopped).toEqual({ arn: TOWN_HALL, state: 'STOPPING', endTime: null });
    expect(gateway.calls()).toEqual({ StopComposition: 1, GetComposition: 1 });
    const read = `{ composition(arn: "${TOWN_HALL}") { state endTime } }`;
    clock.advance(3000);
    const { composition } = await gateway.data(read);
    expect(composition).toEqual({ state: 'STOPPED', endTime: clock.now().toISOString() });
    clock.advance(5 * 60_000);
    expect(await gateway.data(read)).toEqual({ composition: null });
    expect(await stop(gateway, TOWN_HALL)).toMatchObject({ __typename: 'ResourceNotFoundError' });
  });

  it('has the errors in its union that AWS declares', async () => {
    expect(await unionErrors(await startGateway(), 'stopComposition', { arn: NONE })).toEqual([
      'ValidationError',
      'ResourceNotFoundError',
      'ConflictError',
      'ServiceQuotaExceededError',
    ]);
  });

  it('answers a malformed ARN and one of another kind with a ValidationError, for no call', async () => {
    const gateway = await startGateway();
    for (const arn of ['x', STAGE]) {
      expect(await stop(gateway, arn)).toMatchObject({ __typename: 'ValidationError' });
    }
    expect(gateway.calls()).toEqual({});
  });

  it('has tags', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { tagResource } = await gateway.data(
      `mutation { tagResource(input: { resourceArn: "${TOWN_HALL}", tags: [{ key: "a", value: "b" }] }) {
        ... on TagResourcePayload { resource { __typename tags { key } } } } }`,
    );
    const tags = [{ key: 'environment' }, { key: 'a' }];
    expect(tagResource.resource).toEqual({ __typename: 'Composition', tags });
  });
});
