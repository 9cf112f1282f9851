// Whoever is bound to some things can name no other by whatever road, and sees no other in whatever answer.
import { afterAll, describe, expect, it } from 'vitest';
import { boundedTo, callerWith } from '../support/callers.ts';
import { openGateway, startGateway, type TestGateway } from '../support/gateway.ts';
import { createRooms, type Room, type Rooms } from '../support/rooms.ts';
import { createStage } from '../support/world.ts';

let gateway: TestGateway;
let rooms: Rooms;
const fill = (text: string, room: Room) =>
  text.replace(/\$(\w+)/g, (_all, name: string) => room[name as keyof Room]);
const idOf = (type: string, ...key: string[]) => btoa(`${type}:${key.join(' ')}`);
const error = '... on MutationError { message }';

let reused: { gateway: Awaited<ReturnType<typeof openGateway>>; rooms: Rooms } | undefined;
/** For tests in which all is refused: they leave the rooms as they were. */
async function reuseRooms(): Promise<void> {
  if (!reused) {
    const opened = await openGateway();
    reused = { gateway: opened, rooms: await createRooms(opened) };
  }
  ({ gateway, rooms } = reused);
  gateway.calls();
}
afterAll(() => reused?.gateway.close());

describe('whoever is bound to one stage and one channel', () => {
  const ask = (text: string, room: Room) =>
    gateway.ask(fill(text, room), {}, { caller: boundedTo(rooms.red.stage, rooms.red.channel) });

  it.each([
    ['by ARN', '{ stage(arn: "$stage") { name } }'],
    ['by ARN, key fields alone', '{ channel(arn: "$channel") { arn } }'],
    ['a session', '{ stageSession(stageArn: "$stage", sessionId: "$sessionId") { startTime } }'],
    [
      'a participant',
      '{ participant(stageArn: "$stage", sessionId: "$sessionId", participantId: "$participantId") { userId } }',
    ],
    ['sessions', '{ stageSessions(stageArn: "$stage") { nodes { sessionId } } }'],
    ['participants', '{ participants(stageArn: "$stage", sessionId: "$sessionId") { nodes { userId } } }'],
    ['a stream', '{ stream(channelArn: "$channel") { streamId } }'],
    ['a stream session', '{ streamSession(channelArn: "$channel") { streamId } }'],
    ['stream sessions', '{ streamSessions(channelArn: "$channel") { nodes { streamId } } }'],
    ['stream keys', '{ streamKeys(channelArn: "$channel") { nodes { arn } } }'],
    ['a filter', '{ compositions(filter: { stageArn: "$stage" }) { nodes { arn } } }'],
    ['another filter', '{ ingestConfigurations(filter: { stageArn: "$stage" }) { nodes { name } } }'],
    [
      'an entity',
      '{ _entities(representations: [{ __typename: "Stage", arn: "$stage" }]) { ... on Stage { name } } }',
    ],
    [
      'an entity’s key',
      '{ _entities(representations: [{ __typename: "Stream", channelArn: "$channel" }]) { ... on Stream { channelArn } } }',
    ],
    ['a thing of another region', '{ stage(arn: "arn:aws:ivs:eu-west-1:123456789012:stage/abc") { name } }'],
    ['an update', `mutation { updateStage(input: { arn: "$stage", name: "x" }) { ${error} } }`],
    ['a deletion', `mutation { deleteStage(input: { arn: "$stage" }) { ${error} } }`],
    [
      'a disconnection',
      `mutation { disconnectParticipant(input: { stageArn: "$stage", participantId: "$participantId" }) {
      ${error} ... on DisconnectParticipantPayload { participant { userId } } } }`,
    ],
    ['a token', `mutation { createParticipantToken(input: { stageArn: "$stage" }) { ${error} } }`],
    ['metadata', `mutation { putMetadata(input: { channelArn: "$channel", metadata: "x" }) { ${error} } }`],
    ['a stop', `mutation { stopStream(input: { channelArn: "$channel" }) { ${error} } }`],
    ['a new stream key', `mutation { createStreamKey(input: { channelArn: "$channel" }) { ${error} } }`],
    [
      'tags',
      `mutation { tagResource(input: { resourceArn: "$stage", tags: [{ key: "k", value: "v" }] }) { ${error} ... on TagResourcePayload { resource { arn } tags { key } } } }`,
    ],
    [
      'a revocation',
      `mutation { revokeViewerSession(input: { channelArn: "$channel", viewerId: "v" }) { ${error} } }`,
    ],
    ['a new stage', `mutation { createStage(input: {}) { ${error} } }`],
    ['a new channel', `mutation { createChannel(input: {}) { ${error} } }`],
    [
      'a new ingest configuration of no stage',
      `mutation { createIngestConfiguration(input: { ingestProtocol: RTMPS }) { ${error} } }`,
    ],
    [
      'a new ingest configuration',
      `mutation { createIngestConfiguration(input: { stageArn: "$stage", ingestProtocol: RTMPS }) { ${error} } }`,
    ],
    [
      'something of a stage in another region',
      `mutation { createIngestConfiguration(input: { region: "eu-west-1", stageArn: "RED", ingestProtocol: RTMPS }) { ${error} } }`,
    ],
    [
      'a replication',
      `mutation { startParticipantReplication(input: { sourceStageArn: "RED", destinationStageArn: "$stage", participantId: "$participantId" }) { ${error} } }`,
    ],
    [
      'a composition on another channel',
      `mutation { startComposition(input: { stageArn: "RED", destinations: [{ channel: { channelArn: "$channel" } }] }) { ${error} } }`,
    ],
    [
      'a setting',
      `mutation { updateChannel(input: { arn: "CHAN", recordingConfigurationArn: "arn:aws:ivs:us-west-2:123456789012:recording-configuration/abc" }) { ${error} } }`,
    ],
  ])('is refused without a call: %s', async (_what, query) => {
    await reuseRooms();
    const text = query.replace('RED', rooms.red.stage).replace('CHAN', rooms.red.channel);
    const { errors } = await ask(text, rooms.blue);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(gateway.calls()).toEqual({});
  });

  it.each([
    ['a composition', '{ it: composition(arn: "$composition") { state } }', 'GetComposition'],
    [
      'an ingest configuration',
      '{ it: ingestConfiguration(arn: "$ingest") { name } }',
      'GetIngestConfiguration',
    ],
    ['a stream key', '{ it: streamKey(arn: "$key") { channelArn value } }', 'GetStreamKey'],
    [
      'the key of an entity',
      '{ it: _entities(representations: [{ __typename: "Composition", arn: "$composition" }]) { ... on Composition { arn } } }',
      'GetComposition',
    ],
    [
      'a stop',
      `mutation { it: stopComposition(input: { arn: "$composition" }) { ${error} } }`,
      'GetComposition',
    ],
    ['a deletion', `mutation { it: deleteStreamKey(input: { arn: "$key" }) { ${error} } }`, 'GetStreamKey'],
    [
      'a theft',
      `mutation { it: updateIngestConfiguration(input: { arn: "$ingest", stageArn: "RED" }) { ${error} } }`,
      'GetIngestConfiguration',
    ],
    [
      'tags',
      `mutation { it: tagResource(input: { resourceArn: "$key", tags: [{ key: "k", value: "v" }] }) { ${error} } }`,
      'GetStreamKey',
    ],
  ])(
    'is refused what belongs to another, as if it did not exist, by what that says: %s',
    async (_what, query, operation) => {
      await reuseRooms();
      const text = query.replace('RED', rooms.red.stage);
      const gone = { ...rooms.blue };
      for (const name of ['composition', 'ingest', 'key'] as const) gone[name] = `${gone[name]}x`;
      for (const room of [rooms.blue, gone]) {
        const { data, errors } = await ask(text, room);
        expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
        expect([data?.it ?? null].flat()).toEqual([null]);
        expect(gateway.calls()).toEqual({ [operation]: 1 });
      }
    },
  );

  it('has all that belongs to them', async () => {
    gateway = await startGateway();
    rooms = await createRooms(gateway);
    const { data, errors } = await ask(
      `{ stage(arn: "$stage") { name
          activeSession { sessionId participants { nodes { userId events { nodes { name } } } } }
          compositions { nodes { arn layout { grid { gridGap } } destinations { configuration { channel { channel { name } } } } } }
          ingestConfigurations { nodes { name streamKey } } }
        composition(arn: "$composition") { state stage { name } }
        ingestConfiguration(arn: "$ingest") { name }
        channel(arn: "$channel") { name stream { streamId session { startTime } } streamKeys { nodes { value } } }
        streamKey(arn: "$key") { value } }`,
      rooms.red,
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      stage: {
        name: 'stage-of-red',
        activeSession: {
          participants: { nodes: [{ userId: 'person-of-red' }, { userId: 'traveller' }] },
        },
        compositions: {
          nodes: [
            { destinations: [{ configuration: { channel: { channel: { name: 'channel-of-red' } } } }] },
          ],
        },
        ingestConfigurations: { nodes: [{ name: 'camera-of-red', streamKey: expect.any(String) }] },
      },
      composition: { stage: { name: 'stage-of-red' } },
      ingestConfiguration: { name: 'camera-of-red' },
      streamKey: { value: expect.any(String) },
    });
    const changed = await ask(
      `mutation {
        a: updateStage(input: { arn: "$stage", name: "still-of-red" }) { ${error} ... on UpdateStagePayload { stage { name } } }
        b: tagResource(input: { resourceArn: "$composition", tags: [{ key: "k", value: "v" }] }) { ${error} ... on TagResourcePayload { tags { key } } }
        c: stopComposition(input: { arn: "$composition" }) { ${error} ... on StopCompositionPayload { composition { state } } }
        d: createIngestConfiguration(input: { stageArn: "$stage", ingestProtocol: RTMPS }) { ${error} ... on CreateIngestConfigurationPayload { ingestConfiguration { arn } } }
        e: deleteStreamKey(input: { arn: "$key" }) { ${error} ... on DeleteStreamKeyPayload { deletedId arn } }
        f: createStreamKey(input: { channelArn: "$channel" }) { ${error} ... on CreateStreamKeyPayload { streamKey { value } } }
      }`,
      rooms.red,
    );
    expect(changed.errors).toBeUndefined();
    expect(JSON.stringify(changed.data)).not.toContain('message');
  });

  it('sees no other in lists, nor how many there are', async () => {
    gateway = await startGateway();
    rooms = await createRooms(gateway);
    const list = async (query: string) => (await ask(`{ it: ${query} }`, rooms.red)).data.it;
    expect(await list('stages { nodes { name } pageInfo { hasNextPage } }')).toEqual({
      nodes: [{ name: 'stage-of-red' }],
      pageInfo: { hasNextPage: false },
    });
    expect((await list('channels { nodes { name } }')).nodes).toEqual([{ name: 'channel-of-red' }]);
    expect((await list('streams { nodes { channelArn } }')).nodes).toEqual([
      { channelArn: rooms.red.channel },
    ]);
    expect((await list('compositions { nodes { arn } }')).nodes).toEqual([{ arn: rooms.red.composition }]);
    expect((await list('ingestConfigurations { nodes { name } }')).nodes).toEqual([
      { name: 'camera-of-red' },
    ]);
  });

  it('sees that somebody is replicated, but not whereto', async () => {
    gateway = await startGateway();
    rooms = await createRooms(gateway);
    const { data, errors } = await ask(
      `{ participant(stageArn: "$stage", sessionId: "$sessionId", participantId: "$traveller") { userId
        replicas { nodes { participantId destinationStageArn destinationSessionId } }
        events { nodes { name destinationStageArn destinationSessionId destinationStage { name } destinationSession { sessionId } } } } }`,
      rooms.red,
    );
    expect(errors).toBeUndefined();
    expect(data.participant.replicas.nodes).toEqual([]);
    expect(data.participant.events.nodes[0]).toEqual({
      name: 'REPLICATION_STARTED',
      destinationStageArn: null,
      destinationSessionId: null,
      destinationStage: null,
      destinationSession: null,
    });
  });

  it('is told of each of many alone', async () => {
    gateway = await startGateway();
    rooms = await createRooms(gateway);
    const { red, blue } = rooms;
    const ids = [red, blue].flatMap(({ channel, stage, key, composition }) => [
      idOf('Channel', channel),
      idOf('Stage', stage),
      idOf('StreamKey', key),
      idOf('Composition', composition),
    ]);
    const { data, errors } = await gateway.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Channel { name playbackUrl } ... on Stage { name } ... on StreamKey { value } ... on Composition { state } } }',
      { ids },
      { caller: boundedTo(red.stage, red.channel) },
    );
    expect(data.nodes).toMatchObject([
      { name: 'channel-of-red' },
      { name: 'stage-of-red' },
      { value: expect.any(String) },
      { __typename: 'Composition' },
      null,
      null,
      null,
      null,
    ]);
    expect(errors?.map(({ path, extensions }) => [path?.[1], extensions?.code])).toEqual(
      [4, 5, 6, 7].map((index) => [index, 'FORBIDDEN']),
    );
  });

  it('is refused many at once without a call', async () => {
    gateway = await startGateway();
    rooms = await createRooms(gateway);
    const ids = [rooms.blue, rooms.grey].flatMap(({ stage, channel }) => [
      idOf('Stage', stage),
      idOf('Channel', channel),
    ]);
    const { errors } = await gateway.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Stage { name } ... on Channel { name } } }',
      { ids },
      { caller: boundedTo(rooms.red.stage, rooms.red.channel) },
    );
    expect(errors).toHaveLength(4);
    expect(gateway.calls()).toEqual({});
  });

  it('revokes the viewers of that channel, and each other pair fails alone', async () => {
    gateway = await startGateway();
    rooms = await createRooms(gateway);
    const [red] = [rooms.red];
    await gateway.data('mutation ($arn: ID!) { stopStream(input: { channelArn: $arn }) { __typename } }', {
      arn: red.channel,
    });
    const pairs = [red, rooms.blue, red].map(({ channel: channelArn }, index) => ({
      channelArn,
      viewerId: `v-${index}`,
    }));
    gateway.calls();
    const { data } = await gateway.ask(
      'mutation ($pairs: [ViewerSessionInput!]!) { revokeViewerSessions(input: { viewerSessions: $pairs }) { requestedCount errors { index code retryable } } }',
      { pairs },
      { caller: boundedTo(red.channel) },
    );
    const { errors } = data.revokeViewerSessions;
    expect(errors.find(({ index }: { index: number }) => index === 1)).toEqual({
      index: 1,
      code: 'FORBIDDEN',
      retryable: false,
    });
    expect(errors.filter(({ code }: { code: string }) => code === 'FORBIDDEN')).toHaveLength(1);
    expect(Object.keys(gateway.calls())).not.toEqual([]);
  });
});

it('lets things be made where all of their kind would be inside', async () => {
  gateway = await startGateway();
  const make = async (pattern: string, region = 'us-west-2') => {
    const { data, errors } = await gateway.ask(
      `mutation { createStage(input: { region: "${region}" }) { ... on CreateStagePayload { stage { arn } } } }`,
      {},
      { caller: boundedTo(pattern) },
    );
    return data?.createStage?.stage.arn.split(':')[3] ?? errors?.[0]?.extensions?.code;
  };
  expect(await make('arn:aws:ivs:us-west-2:123456789012:stage/*')).toBe('us-west-2');
  expect(await make('arn:aws:ivs:*:*:stage/*', 'eu-west-1')).toBe('eu-west-1');
  expect(await make('arn:aws:ivs:us-west-2:123456789012:stage/*', 'eu-west-1')).toBe('FORBIDDEN');
  expect(await make('arn:aws:ivs:us-west-2:123456789012:stage/a*')).toBe('FORBIDDEN');
  expect(await make('arn:aws:ivs:us-west-2:123456789012:channel/*')).toBe('FORBIDDEN');
});

it('pages through what is inside, of a list that is mostly outside', async () => {
  gateway = await startGateway();
  const arns: string[] = [];
  for (let index = 0; index < 130; index += 1) arns.push(await createStage(gateway, `stage-${index}`));
  const mine = arns.filter((_, index) => index % 13 === 5);
  const caller = boundedTo(...mine);
  const seen: string[] = [];
  let after: string | null = null;
  gateway.calls();
  for (let pages = 0; pages < 20; pages += 1) {
    const { data } = await gateway.ask(
      'query ($after: String) { stages(first: 3, after: $after) { nodes { arn } pageInfo { hasNextPage endCursor } } }',
      { after },
      { caller },
    );
    seen.push(...data.stages.nodes.map(({ arn }: { arn: string }) => arn));
    if (!data.stages.pageInfo.hasNextPage) break;
    after = data.stages.pageInfo.endCursor;
  }
  expect(seen).toEqual(mine);
  // Without large pages behind the first one it takes more than forty.
  expect(gateway.calls().ListStages).toBeLessThan(15);
});

it('keeps what AWS says of things in the way to itself', async () => {
  gateway = await startGateway();
  const [mine, other] = ['mine', 'other'].map((id) => `arn:aws:ivs:us-west-2:123456789012:channel/${id}`) as [
    string,
    string,
  ];
  gateway.emulator.faults.add({
    operation: 'DeleteChannel',
    times: 1,
    errorType: 'ConflictException',
    status: 409,
    message: `${mine} is used by ${other}.`,
  });
  const { data } = await gateway.ask(
    `mutation { deleteChannel(input: { arn: "${mine}" }) { __typename ... on MutationError { message code } } }`,
    {},
    { caller: boundedTo(mine) },
  );
  expect(data.deleteChannel).toEqual({
    __typename: 'ConflictError',
    code: 'CONFLICT',
    message: `${mine} is used by something else.`,
  });
});

it('shares what is cached between callers, and shows each only his own', async () => {
  gateway = await startGateway({ cached: true });
  rooms = await createRooms(gateway);
  const names = async (caller = callerWith()) =>
    (await gateway.ask('{ stages { nodes { name } } }', {}, { caller })).data.stages.nodes.map(
      ({ name }: { name: string }) => name,
    );
  expect(await names(boundedTo(rooms.blue.stage))).toEqual(['stage-of-blue']);
  expect(await names()).toHaveLength(6);
  expect(await names(boundedTo(rooms.grey.stage))).toEqual(['stage-of-grey']);
  expect(await names(boundedTo())).toEqual([]);
  expect(gateway.calls()).toEqual({ ListStages: 1 });
});
