import { type GraphQLObjectType, getNamedType, getNullableType, isListType, isObjectType } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import type { FieldCosts } from '../../../src/schema/language/costs.ts';
import { entities } from '../../../src/schema/loading/entity.ts';
import type { Forecast } from '../../../src/upstream/quota/forecast.ts';
import { CHANNELS, fillWorld, globalId, PEOPLE, STAGES } from '../../support/full-world.ts';
import { openGateway, startGateway, type TestGateway } from '../../support/gateway.ts';
import { mutation, revoke, viewers } from '../../support/revocation.ts';
import { createSession } from '../../support/world.ts';

const ARN = 'arn:aws:ivs:us-west-2:123456789012:stage/AStageOfMany';

type Counts = Record<string, number>;
type World = Awaited<ReturnType<typeof fillWorld>>;
/** What it is, the operation, what it is told to call at most, and what it calls where that is less. */
type Row = [what: string, operation: (world: World) => string, estimate: Counts, calls?: Counts];

const dryRun = { headers: { 'x-ivs-cost': 'dryRun' } };
const sum = (counts: Counts): number => Object.values(counts).reduce((total, count) => total + count, 0);

async function estimateOf({ ask, calls }: TestGateway, operation: string, variables = {}): Promise<Counts> {
  const { extensions } = await ask(operation, variables, dryRun);
  expect(calls()).toEqual({});
  const operations = extensions?.ivs?.operations.map((some) => [some.operation, some.calls]);
  return Object.fromEntries(operations ?? [['no estimate', 0]]);
}

async function callsOf({ ask, calls }: TestGateway, operation: string, variables = {}): Promise<Counts> {
  const { data } = await ask(operation, variables);
  expect(data).toBeTruthy();
  return calls();
}

const people = `participants(first: ${PEOPLE})`;
const onStages = (fields: string) => `{ stages(first: ${STAGES}) { nodes { ${fields} } } }`;
const onChannels = (fields: string) => `{ channels(first: ${CHANNELS}) { nodes { ${fields} } } }`;
const named = ({ participantIds, stageArn, sessionId }: World, fields: string) => {
  const ids = participantIds.map((id) => JSON.stringify(globalId('Participant', stageArn, sessionId, id)));
  return `{ nodes(ids: [${ids}]) { ... on Participant { ${fields} } } }`;
};
const entity = ({ participantIds, participantArgs }: World, fields: string) =>
  `{ _entities(representations: [${participantIds.map(
    (id) => `{ __typename: "Participant", ${participantArgs(id)} }`,
  )}]) { ... on Participant { ${fields} } } }`;
const inSession = ({ stageArn, sessionId }: World, args: string, fields: string) =>
  `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}" ${args}) { nodes { ${fields} } } }`;

const queries: Row[] = [
  ['a list', () => onStages('name tags { key }'), { ListStages: 1 }],
  ['a list of the default length', () => '{ stages { edges { node { name } } } }', { ListStages: 1 }],
  [
    'a list beyond a page',
    () => '{ stages(first: 101) { nodes { arn } } }',
    { ListStages: 2 },
    { ListStages: 1 },
  ],
  [
    'a list with filters',
    (world) => inSession(world, 'filter: { state: CONNECTED }', 'userId'),
    { ListParticipants: 1 },
  ],
  [
    'details of a list',
    (world) => inSession(world, `first: ${PEOPLE}`, 'userId browserName ispName'),
    { ListParticipants: 1, GetParticipant: PEOPLE },
  ],
  [
    'who is on stage',
    () => onStages(`activeSession { ${people} { nodes { userId } } }`),
    { ListStages: 1, ListParticipants: STAGES },
  ],
  [
    'and their browsers',
    () => onStages(`activeSession { ${people} { nodes { browserName } } }`),
    { ListStages: 1, ListParticipants: STAGES, GetParticipant: STAGES * PEOPLE },
  ],
  ['a reference by its key', () => onStages('activeSession { sessionId }'), { ListStages: 1 }],
  [
    'a reference that is one of its list each',
    () => onStages('activeSession { startTime }'),
    { ListStages: 1, GetStageSession: STAGES },
  ],
  [
    'the way back',
    () => onStages(`activeSession { ${people} { nodes { stage { name } session { stage { name } } } } }`),
    { ListStages: 1, ListParticipants: STAGES },
  ],
  [
    'the way back, to what is not known yet',
    () =>
      onStages(
        `activeSession { ${people} { nodes { stage { endpoints { whip } } session { startTime } } } }`,
      ),
    { ListStages: 1, ListParticipants: STAGES, GetStage: STAGES, GetStageSession: STAGES },
  ],
  [
    'the way back, and a list of what is there',
    () =>
      onStages(
        `activeSession { ${people} { nodes { stage { compositions(first: 1) { nodes { state } } } } } }`,
      ),
    { ListStages: 1, ListParticipants: STAGES, ListCompositions: STAGES },
  ],
  [
    'the way back from one list',
    (world) => inSession(world, `first: ${PEOPLE}`, 'userId stage { name }'),
    { ListParticipants: 1, GetStage: PEOPLE, ListStages: 1 },
    { ListParticipants: 1, GetStage: 1 },
  ],
  [
    'one thing, of which only the key is selected',
    ({ stageArn }) => `{ stage(arn: "${stageArn}") { id } }`,
    { GetStage: 1 },
  ],
  [
    'one thing with all of it',
    ({ stageArn }) => `{ stage(arn: "${stageArn}") { name endpoints { whip } activeSession { sessionId } } }`,
    { GetStage: 1 },
  ],
  [
    'one thing and its lists',
    ({ stageArn }) =>
      `{ stage(arn: "${stageArn}") { sessions(first: 1) { nodes { ${people} { nodes { attributes { key } events { nodes { name } } } } } } } }`,
    {
      GetStage: 1,
      ListStageSessions: 1,
      ListParticipants: 1,
      GetParticipant: PEOPLE,
      ListParticipantEvents: PEOPLE,
    },
  ],
  [
    'one thing below another',
    ({ stageArn, sessionId, participantIds: [id] }) =>
      `{ stage(arn: "${stageArn}") { session(sessionId: "${sessionId}") { participant(participantId: "${id}") { userId } } } }`,
    { GetStage: 1, GetStageSession: 1, GetParticipant: 1 },
  ],
  [
    'two things, which may be looked up in their list',
    ({ sessions: [one, two] }) =>
      `{ a: stage(arn: "${one?.stageArn}") { name } b: stage(arn: "${two?.stageArn}") { name } }`,
    { GetStage: 2, ListStages: 1 },
    { ListStages: 1 },
  ],
  [
    'many things, which may be looked up in their list',
    (world) => named(world, 'userId'),
    { GetParticipant: PEOPLE, ListParticipants: 1 },
    { ListParticipants: 1 },
  ],
  [
    'many things that were looked up, and then their details',
    (world) => named(world, 'userId events { nodes { participant { browserName } } }'),
    { GetParticipant: 2 * PEOPLE, ListParticipants: 1, ListParticipantEvents: PEOPLE },
    { GetParticipant: PEOPLE, ListParticipants: 1, ListParticipantEvents: PEOPLE },
  ],
  ['many things with details', (world) => named(world, 'userId browserName'), { GetParticipant: PEOPLE }],
  ['entities by their keys', (world) => entity(world, 'participantId stage { arn }'), {}],
  ['entities with details', (world) => entity(world, 'userId browserName'), { GetParticipant: PEOPLE }],
  ['what is read in batches', () => onChannels('name playbackUrl'), { ListChannels: 1, BatchGetChannel: 1 }],
  [
    'one of what is read in batches',
    ({ channelArn }) => `{ channel(arn: "${channelArn}") { playbackUrl } }`,
    { GetChannel: 1 },
  ],
  [
    'one of what is read in batches of each',
    () => onChannels('streamKeys(first: 1) { nodes { value channel { name } } }'),
    { ListChannels: 1, ListStreamKeys: CHANNELS, GetStreamKey: CHANNELS },
  ],
  [
    'what channels refer to',
    () =>
      onChannels(
        'recordingConfiguration { thumbnailConfiguration { recordingMode } channels(first: 1) { nodes { name } } }',
      ),
    { ListChannels: 1 + CHANNELS, GetRecordingConfiguration: CHANNELS },
  ],
  [
    'streams and their sessions',
    () =>
      `{ streams(first: ${CHANNELS}) { nodes { viewerCount session { events { name } hasErrorEvent } } } }`,
    { ListStreams: 1, GetStreamSession: CHANNELS, ListStreamSessions: CHANNELS },
  ],
  [
    'whether channels are live',
    () => onChannels('isLive'),
    { ListChannels: 1, GetStream: CHANNELS, ListStreams: 1 },
    { ListChannels: 1, ListStreams: 1 },
  ],
  [
    'whether channels are live, and their streams',
    () => onChannels('isLive stream { health } again: stream { viewerCount }'),
    { ListChannels: 1, GetStream: CHANNELS, ListStreams: 1 },
    { ListChannels: 1, ListStreams: 1 },
  ],
  [
    'streams, and whether their channels are live',
    () => onChannels('stream { health } isLive'),
    { ListChannels: 1, GetStream: CHANNELS, ListStreams: 1 },
    { ListChannels: 1, ListStreams: 1 },
  ],
  [
    'where streams are watched, and their channels',
    () => `{ streams(first: ${CHANNELS}) { nodes { playbackUrl channel { name playbackUrl } } } }`,
    { ListStreams: 1, BatchGetChannel: 1 },
  ],
  [
    'where streams are watched',
    () => `{ streams(first: ${CHANNELS}) { nodes { playbackUrl } } }`,
    { ListStreams: 1, BatchGetChannel: 1 },
  ],
  [
    'how many are on stage',
    () => onStages(`activeSession { participantsCount(upTo: 150) { count } ${people} { nodes { userId } } }`),
    { ListStages: 1, ListParticipants: 3 * STAGES },
    { ListStages: 1, ListParticipants: STAGES },
  ],
  [
    'a count whose bound is refused',
    (world) =>
      `{ stages(first: 1) { nodes { activeSession { participantsCount(upTo: -2147483648) { count } } } } ${inSession(world, 'first: 1', 'userId').slice(1)}`,
    { ListStages: 1, ListParticipants: 1 },
  ],
  [
    'when people published',
    (world) =>
      inSession(world, `first: ${PEOPLE}`, 'publishIntervals { startTime } events { nodes { name } }'),
    { ListParticipants: 1, ListParticipantEvents: 6 * PEOPLE },
    { ListParticipants: 1, ListParticipantEvents: PEOPLE },
  ],
  [
    'a list that the gateway filters',
    () => '{ stages(live: true) { nodes { arn } } }',
    { ListStages: 11 },
    { ListStages: 1 },
  ],
  ['what an ARN says', (world) => entity(world, 'stage { region accountId resourceId }'), {}],
  [
    'the newest session',
    ({ channelArn }) =>
      `{ streamSession(channelArn: "${channelArn}") { startTime channelSnapshot { name } } }`,
    { GetStreamSession: 1 },
  ],
  [
    'what a list alone tells, and did',
    ({ channelArn }) => `{ streamSessions(channelArn: "${channelArn}") { nodes { hasErrorEvent } } }`,
    { ListStreamSessions: 1 },
  ],
  [
    'equal fields',
    () => '{ a: stages { nodes { arn } } b: stages { nodes { name } } stages { nodes { arn } } }',
    { ListStages: 1 },
  ],
  [
    'fragments',
    () =>
      'query { ...lists } fragment lists on Query { stages { nodes { ...a ... on Taggable { tags { key } } } } } fragment a on Stage { ...b ...b } fragment b on Stage { name }',
    { ListStages: 1 },
  ],
  [
    'a field that comes twice',
    () =>
      `{ stages(first: ${STAGES}) { nodes { name } } stages(first: ${STAGES}) { nodes { endpoints { whip } } } }`,
    { ListStages: 1, GetStage: STAGES },
  ],
  [
    '@skip and @include',
    () =>
      `{ stages(first: ${STAGES}) { nodes { name endpoints @include(if: false) { whip } activeSession @skip(if: true) { startTime } } } }`,
    { ListStages: 1 },
  ],
  [
    'a first that is refused',
    () => '{ stages(first: 2000) { nodes { endpoints { whip } } } __typename }',
    {},
  ],
  [
    'an id and a representation that name nothing',
    () =>
      '{ node(id: "x") { id } _entities(representations: [{ __typename: "Stage" }]) { __typename } __typename }',
    {},
  ],
];

const mutations: Row[] = [
  [
    'a new thing',
    () =>
      'mutation { createStage(input: {}) { ... on CreateStagePayload { stage { name endpoints { whip } } } } }',
    { CreateStage: 1 },
  ],
  [
    'a change, and its children',
    ({ stageArn }) =>
      `mutation { updateStage(input: { arn: "${stageArn}", name: "x" }) { ... on UpdateStagePayload { stage { name sessions(first: 1) { nodes { endTime } } } } } }`,
    { UpdateStage: 1, ListStageSessions: 1 },
  ],
  [
    'two new things, secrets and all',
    () =>
      'mutation { createChannel(input: {}) { ... on CreateChannelPayload { channel { playbackUrl } streamKey { value } } } }',
    { CreateChannel: 1 },
  ],
  [
    'what AWS does not tell',
    ({ channelArn }) =>
      `mutation { putMetadata(input: { channelArn: "${channelArn}", metadata: "x" }) { ... on PutMetadataPayload { channel { name playbackUrl } } } }`,
    { PutMetadata: 1, GetChannel: 1 },
  ],
  [
    'a disconnection',
    ({ stageArn, participantIds: [id] }) =>
      `mutation { disconnectParticipant(input: { stageArn: "${stageArn}", participantId: "${id}" }) { ... on DisconnectParticipantPayload { participant { userId state } } } }`,
    { GetStage: 1, DisconnectParticipant: 1, GetParticipant: 1 },
  ],
  [
    'many disconnections, with who they were',
    ({ stageArn, participantIds }) =>
      `mutation { disconnectParticipants(input: { participants: [${participantIds.map((id) => `{ stageArn: "${stageArn}", participantId: "${id}" }`)}] }) { participants { userId browserName } } }`,
    { GetStage: 1, DisconnectParticipant: 3, GetParticipant: 3 },
  ],
  [
    'many tokens',
    ({ stageArn }) =>
      `mutation { createParticipantTokens(input: { participantTokens: [{ stageArn: "${stageArn}" }, { stageArn: "${stageArn}" }, { stageArn: "x" }] }) { participantTokens { token } } }`,
    { CreateParticipantToken: 2 },
  ],
  [
    'many deletions',
    ({ sessions }) =>
      `mutation { deleteStages(input: { arns: [${[...sessions, ...sessions].map(({ stageArn }) => `"${stageArn}"`)}, "x"] }) { deleted { deletedId } errors { code } } }`,
    { DeleteStage: STAGES },
  ],
  [
    'tags of many things',
    ({ channelArns }) =>
      `mutation { untagResources(input: { resourceArns: [${channelArns.map((arn) => `"${arn}"`)}], tagKeys: ["a"] }) { resources { tags { key } ... on Channel { playbackUrl } } } }`,
    { UntagResource: CHANNELS, BatchGetChannel: 1 },
  ],
  [
    'a rotation',
    ({ channelArn }) =>
      `mutation { rotateStreamKey(input: { channelArn: "${channelArn}" }) { ... on RotateStreamKeyPayload { streamKey { value } } } }`,
    { ListStreamKeys: 1, DeleteStreamKey: 1, CreateStreamKey: 1 },
  ],
  [
    'a replication, with both ends',
    ({ stageArn, participantIds: [id], sessions: [, other] }) =>
      `mutation { startParticipantReplication(input: { sourceStageArn: "${stageArn}", destinationStageArn: "${other?.stageArn}", participantId: "${id}" }) {
        ... on StartParticipantReplicationPayload { participant { userId } replica { userId } } } }`,
    { StartParticipantReplication: 1, GetStage: 2, ListStages: 1, GetParticipant: 2, ListParticipants: 1 },
    { StartParticipantReplication: 1, ListStages: 1, GetParticipant: 2 },
  ],
  [
    'one revocation',
    ({ channelArn }) =>
      `mutation { revokeViewerSession(input: { channelArn: "${channelArn}", viewerId: "v" }) { __typename } }`,
    { StartViewerSessionRevocation: 1 },
  ],
  [
    'tags',
    ({ stageArn }) =>
      `mutation { tagResource(input: { resourceArn: "${stageArn}", tags: [{ key: "a", value: "b" }] }) { ... on TagResourcePayload { tags { key } resource { ... on Stage { name } ... on Channel { name } } } } }`,
    { TagResource: 1, ListTagsForResource: 1, GetStage: 1 },
  ],
  [
    'one after the other',
    ({ sessions: [one, two] }) =>
      `mutation { ${[one, two].map((session, index) => `m${index}: updateStage(input: { arn: "${session?.stageArn}", name: "y" }) { ... on UpdateStagePayload { stage { sessions { nodes { startTime } } } } }`)} }`,
    { UpdateStage: 2, ListStageSessions: 2 },
  ],
  [
    'a deletion',
    ({ sessions }) =>
      `mutation { deleteStage(input: { arn: "${sessions.at(-1)?.stageArn}" }) { ... on DeleteStagePayload { deletedId arn } } }`,
    { DeleteStage: 1 },
  ],
];

describe('the estimate of', () => {
  async function holds(gateway: TestGateway, world: World, [, operation, estimate, calls = estimate]: Row) {
    const text = operation(world);
    expect(await estimateOf(gateway, text)).toEqual(estimate);
    expect(await callsOf(gateway, text)).toEqual(calls);
  }

  let read: { gateway: TestGateway; world: World };
  beforeAll(async () => {
    const { close, ...gateway } = await openGateway();
    read = { gateway, world: await fillWorld(gateway) };
    return close;
  });
  it.each(queries)('%s', (...row) => holds(read.gateway, read.world, row));

  it.each(mutations)('%s', async (...row) => {
    const gateway = await startGateway();
    await holds(gateway, await fillWorld(gateway), row);
  });

  it('a list of many is a call for each page, and one for each 50 of a batch', async () => {
    const gateway = await startGateway({ requestTimeoutMs: 600_000 });
    for (let count = 0; count < 102; count += 1) {
      await gateway.data('mutation { createChannel(input: {}) { __typename } }');
    }
    gateway.calls();
    const query = '{ channels(first: 102) { nodes { playbackUrl } } }';
    const calls = { ListChannels: 2, BatchGetChannel: 3 };
    expect(await estimateOf(gateway, query)).toEqual(calls);
    expect(await callsOf(gateway, query)).toEqual(calls);
  });

  it('encoders on stage, and their stages, is one look-up of each stage', async () => {
    const gateway = await startGateway();
    for (const { stageArn } of (await fillWorld(gateway)).sessions.slice(0, 2))
      await gateway.data(
        `mutation { createIngestConfiguration(input: { stageArn: "${stageArn}", ingestProtocol: RTMPS }) { __typename } }`,
      );
    gateway.calls();
    const query =
      '{ ingestConfigurations(first: 2) { nodes { participant { userId } stage { name activeSessionId } } } }';
    expect(await estimateOf(gateway, query)).toMatchObject({ GetStage: 2, ListStages: 1 });
    const { GetStage = 0, ListStages = 0 } = await callsOf(gateway, query);
    expect(GetStage + ListStages).toBeLessThanOrEqual(3);
    expect(GetStage + ListStages).toBeGreaterThan(0);
  });

  it.each([
    ['from its beginning, a page later', '', 20, 120, 2],
    ['behind the last item of a page', 99, 100, 101, 1],
    ['behind an item in a page, which is read again', 3, 50, 54, 1],
    ['behind an item in a page, and beyond that', 3, 100, 104, 2],
  ])('a list %s', async (_what, after, first, total, lists) => {
    const gateway = await startGateway();
    const { stageArn, sessionId } = await createSession(gateway, total);
    const list = (args: string) =>
      `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}", ${args}) { edges { cursor } } }`;
    const { participants } = await gateway.data(list('first: 100'));
    const cursor = participants.edges[after]?.cursor;
    gateway.calls();
    const query = list(cursor ? `first: ${first}, after: "${cursor}"` : `first: ${total}`);
    expect(await estimateOf(gateway, query)).toEqual({ ListParticipants: lists });
    expect(await callsOf(gateway, query)).toEqual({ ListParticipants: lists });
  });

  it.each([
    ['nine', 9, 0],
    ['ten', 10, 1],
    ['twenty-five, who might stand on three pages', 25, 2],
  ])('the details of %s named one by one counts what their list may cost', async (_what, count, lists) => {
    const gateway = await startGateway();
    const { stageArn, sessionId, participantIds } = await createSession(gateway, count);
    const fields = participantIds.map(
      (id, index) =>
        `p${index}: participant(stageArn: "${stageArn}", sessionId: "${sessionId}", participantId: "${id}") { browserName }`,
    );
    gateway.calls();
    const query = `{ ${fields.join(' ')} }`;
    const counts = (most: number) => ({ GetParticipant: count, ...(most > 0 && { ListParticipants: most }) });
    expect(await estimateOf(gateway, query)).toEqual(counts(lists));
    expect(await callsOf(gateway, query)).toEqual(counts(Math.min(lists, 1)));
  });

  it('the details of many who stand alone in their lists counts none of these', async () => {
    const gateway = await startGateway();
    const query = (sessions: readonly string[]) =>
      `{ _entities(representations: [${sessions.map(
        (sessionId) =>
          `{ __typename: "Participant", stageArn: "${ARN}", sessionId: "${sessionId}", participantId: "who" }`,
      )}]) { ... on Participant { browserName } } }`;
    const sessions = Array.from({ length: 12 }, (_, index) => `st-${String(index).padStart(13, 'a')}`);
    expect(await estimateOf(gateway, query(sessions))).toEqual({ GetParticipant: 12 });
  });

  // Either lane may carry one call more and the other one less, and a batch waits half a second.
  it.each([1, 20, 21, 40, 41, 50, 51, 60, 63, 75, 80, 100, 1000])(
    '%i revocations is that of both lanes, and so is their time',
    async (count) => {
      const gateway = await startGateway({ seed: 'demo', callRates: true });
      const viewerSessions = [
        ...viewers(count),
        ...viewers(count),
        { channelArn: 'not an ARN', viewerId: 'v' },
      ];
      const { extensions } = await gateway.ask(mutation, { viewerSessions }, dryRun);
      expect(gateway.calls()).toEqual({});
      const start = gateway.clock.now();
      await revoke(gateway, viewerSessions);
      const { calls, waitMs } = (extensions?.ivs ?? {}) as unknown as Forecast;
      expect(sum(gateway.calls())).toBe(calls);
      expect(Math.abs(gateway.clock.now() - start - waitMs)).toBeLessThan(520);
    },
  );

  it('variables is that of their values, defaults among them', async () => {
    const gateway = await startGateway();
    const query =
      'query ($first: Int = 300, $all: Boolean!) { stages(first: $first) { nodes { endpoints @include(if: $all) { whip } } } }';
    expect(await estimateOf(gateway, query, { all: false })).toEqual({ ListStages: 3 });
    expect(await estimateOf(gateway, query, { all: true, first: 7 })).toEqual({ ListStages: 1, GetStage: 7 });
  });
});

describe('every field', () => {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const fieldsOf = (type: GraphQLObjectType) =>
    Object.values(type.getFields()).map((field) => ({ field, costs: field.extensions as FieldCosts }));

  it('that answers with a connection says which list it is', () => {
    const silent = types.flatMap((type) =>
      fieldsOf(type)
        .filter(({ field, costs }) => getNamedType(field.type).name.endsWith('Connection') && !costs.list)
        .map(({ field }) => `${type.name}.${field.name}`),
    );
    expect(silent).toEqual([]);
  });

  it('of Mutation says what it sends', () => {
    const fields = fieldsOf(schema.getMutationType() as GraphQLObjectType);
    expect(fields.filter(({ costs }) => !costs.calls)).toEqual([]);
  });

  it('that answers with an array, below which calls are made, says how many there can be', () => {
    const costly = new Set<unknown>([...entities.keys()].map((name) => schema.getType(name)));
    const leadsToCalls = (type: GraphQLObjectType) =>
      fieldsOf(type).some(
        ({ field, costs }) =>
          costly.has(getNamedType(field.type)) || costs.list || costs.level || costs.calls,
      );
    for (let size = -1; size < costly.size; ) {
      size = costly.size;
      for (const type of types) if (leadsToCalls(type)) costly.add(type);
    }
    const silent = types
      .filter(({ name }) => !/(Connection|Edge)$/.test(name))
      .flatMap((type) =>
        fieldsOf(type)
          .filter(({ field }) => isListType(getNullableType(field.type)))
          .filter(
            ({ field, costs }) =>
              costly.has(getNamedType(field.type)) && !costs.maxItems && !costs.references,
          )
          .map(({ field }) => `${type.name}.${field.name}`),
      );
    expect(silent).toEqual([]);
  });
});
