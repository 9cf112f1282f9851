// The subgraph in a supergraph. First, the same questions to two routers: the same answers, for so many AWS calls.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { composition } from './composition.ts';
import { subscriptions } from './subscriptions.ts';
import { type Answer, type Supergraph, startSupergraph } from './supergraph.ts';

let supergraph: Supergraph;
beforeAll(async () => {
  supergraph = await startSupergraph();
});
afterAll(() => supergraph?.close());

// In this file, since routers and composers take seconds of CPU to start.
composition(() => supergraph);
subscriptions(() => supergraph);

const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
const GONE = 'arn:aws:ivs:us-west-2:123456789012:channel/GoneGone0001';

interface Question {
  query: string;
  variables?: () => object;
  /** What the answer holds. */
  data: (world: Supergraph['world']) => object;
  calls: Record<string, number>;
  errors?: { path: (string | number)[]; code: string }[];
}

const everybody = (more: (index: number) => object) =>
  Array.from({ length: 100 }, (_, index) => ({ by: { userId: `user-${index}`, ...more(index) } }));

const questions: Record<string, Question> = {
  'key fields alone': {
    query:
      '{ events { title stage { arn } } orders(first: 2) { nodes { by { participantId } channel { arn } } } }',
    data: ({ stages, participants, channels }) => ({
      events: [{ title: 'Event 0', stage: { arn: stages[0]?.arn } }],
      orders: {
        nodes: [0, 1].map((index) => ({
          by: { participantId: participants[index]?.participantId },
          channel: { arn: channels[index] },
        })),
      },
    }),
    calls: {},
  },
  'a stage that an event takes place on': {
    query: '{ events { title stage { name activeSessionId } } }',
    data: ({ participants }) => ({
      events: [{ title: 'Event 0', stage: { name: 'concert', activeSessionId: participants[0]?.sessionId } }],
    }),
    calls: { GetStage: 1 },
  },
  'a hundred participants, what their list tells': {
    query: '{ orders { nodes { by { userId state } } } }',
    data: () => ({ orders: { nodes: everybody(() => ({ state: 'CONNECTED' })) } }),
    calls: { ListParticipants: 1 },
  },
  'a hundred participants with details': {
    query: '{ orders { nodes { by { userId browserName } } } }',
    data: () => ({ orders: { nodes: everybody(() => ({ browserName: 'Firefox' })) } }),
    calls: { ListParticipants: 1, GetParticipant: 100 },
  },
  'two hundred references to three channels': {
    query: 'query ($arns: [ID!]!) { ordersOf(channelArns: $arns) { channel { playbackUrl } } }',
    variables: () => ({
      arns: Array.from({ length: 200 }, (_, index) => supergraph.world.channels[index % 3]),
    }),
    data: () => ({
      ordersOf: Array(200).fill({ channel: { playbackUrl: expect.stringMatching(/^https:/) } }),
    }),
    calls: { BatchGetChannel: 1 },
  },
  'what no longer exists, among what does': {
    query: 'query ($arns: [ID!]!) { ordersOf(channelArns: $arns) { id channel { playbackUrl } } }',
    variables: () => ({ arns: [MAIN, GONE, MAIN] }),
    data: () => ({
      ordersOf: [
        { id: 'of-0', channel: { playbackUrl: expect.any(String) } },
        { id: 'of-1', channel: { playbackUrl: null } },
        { id: 'of-2', channel: { playbackUrl: expect.any(String) } },
      ],
    }),
    calls: { BatchGetChannel: 1 },
  },
  'a reference that cannot be read, among good ones': {
    query: 'query ($arns: [ID!]!) { ordersOf(channelArns: $arns) { id channel { arn playbackUrl } } }',
    variables: () => ({ arns: [MAIN, 'no ARN', MAIN] }),
    data: () => ({
      ordersOf: [
        { id: 'of-0', channel: { arn: MAIN, playbackUrl: expect.any(String) } },
        { id: 'of-1', channel: { arn: 'no ARN', playbackUrl: null } },
        { id: 'of-2', channel: { arn: MAIN, playbackUrl: expect.any(String) } },
      ],
    }),
    calls: { GetChannel: 1 },
    errors: [{ path: ['ordersOf', 1, 'channel'], code: 'BAD_USER_INPUT' }],
  },
  'what the other side needs of ours (@requires)': {
    query: '{ stages(first: 3) { nodes { slug } pageInfo { hasNextPage } } }',
    data: () => ({
      stages: {
        nodes: ['TOWN-HALL', 'PODCAST-STUDIO', 'SUPPORT-DESK'].map((slug) => ({ slug })),
        pageInfo: { hasNextPage: true },
      },
    }),
    calls: { ListStages: 1 },
  },
  'what the other side adds to ours': {
    query:
      'query ($arn: ID!) { stage(arn: $arn) { name events { title } activeSession { participants(first: 2) { nodes { userId orders { id } } } } } }',
    variables: () => ({ arn: supergraph.world.stages[0]?.arn }),
    data: () => ({
      stage: {
        name: 'concert',
        events: [{ title: 'Event 0' }],
        activeSession: {
          participants: {
            nodes: [0, 1].map((index) => ({ userId: `user-${index}`, orders: [{ id: `order-${index}` }] })),
          },
        },
      },
    }),
    calls: { GetStage: 1, ListParticipants: 1 },
  },
  'a mutation and its union': {
    query:
      'mutation { updateStage(input: { arn: "arn:aws:ivs:us-west-2:123456789012:stage/None00000001" }) { __typename ... on MutationError { code } } }',
    data: () => ({ updateStage: { __typename: 'ResourceNotFoundError', code: 'NOT_FOUND' } }),
    calls: { UpdateStage: 1 },
  },
};

/** Routers tell a path to the entity or to its fields; which entity failed and why is the same. */
const complaints = ({ errors = [] }: Answer, depth: number) =>
  errors.map(({ path, extensions }) => ({ path: path?.slice(0, depth), code: extensions?.code }));

describe.each(['apollo', 'hive'] as const)('through %s', (router) => {
  beforeEach(() => void supergraph.calls());

  it.each(Object.entries(questions))('%s', async (_name, { query, variables, data, calls, errors = [] }) => {
    const answer = await supergraph.ask(router, query, variables?.());
    expect(answer.data).toEqual(data(supergraph.world));
    const expected = errors.map(({ path, code }) => ({ path, code }));
    expect(complaints(answer, errors[0]?.path.length ?? 9)).toEqual(expected);
    expect(supergraph.calls()).toEqual(calls);
  });

  it('what the other side provides is not asked for, or asked once', async () => {
    const { data } = await supergraph.ask(router, '{ events { plannedStage { name } } }');
    expect(data).toEqual({ events: [{ plannedStage: { name: 'concert' } }] });
    // Hive Gateway 2.15 asks all the same.
    expect(supergraph.calls()).toEqual(router === 'apollo' ? {} : { GetStage: 1 });
  });

  it('who has no token is told so', async () => {
    const { data, errors } = await supergraph.ask(
      router,
      '{ stages { nodes { name } } }',
      {},
      { authorization: '' },
    );
    expect(data?.stages ?? null).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    expect(supergraph.calls()).toEqual({});
  });

  it('who may not have secrets gets everything else', async () => {
    const query = `{ channel(arn: "${MAIN}") { name streamKeys { nodes { value } } } }`;
    const { data, errors } = await supergraph.ask(router, query);
    expect(data.channel).toMatchObject({ name: 'main-stage', streamKeys: { nodes: [{ value: null }] } });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const reader = { authorization: `Bearer ${await supergraph.sign('ivs:read ivs:secret')}` };
    const told = await supergraph.ask(router, query, {}, reader);
    expect(told.data.channel.streamKeys.nodes[0].value).toMatch(/^sk_/);
  });
});

describe('references that a router splits over ten requests at once', () => {
  const query = (fields: string) =>
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Participant { ${fields} } } }`;
  const ask = async (fields: string, headers = {}) => {
    const representations = supergraph.world.participants.map((key) => ({
      __typename: 'Participant',
      ...key,
    }));
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        supergraph.ask(
          'none',
          query(fields),
          { representations: representations.slice(index * 10, index * 10 + 10) },
          headers,
        ),
      ),
    );
    return answers.flatMap(({ data }) => data._entities);
  };
  beforeEach(() => void supergraph.calls());

  it('cost one list together', async () => {
    const people = await ask('userId', { 'cache-control': 'max-age=0' });
    expect(people).toEqual(Array.from({ length: 100 }, (_, index) => ({ userId: `user-${index}` })));
    const { ListParticipants: lists, ...others } = supergraph.calls();
    // None, where the list of the test before is not a second old.
    expect([0, 1]).toContain(lists ?? 0);
    expect(others).toEqual({});
  });

  it('cost each detail once', async () => {
    expect(await ask('browserName')).toEqual(Array(100).fill({ browserName: 'Firefox' }));
    const { ListParticipants: lists, ...others } = supergraph.calls();
    // Each hears the list, or shares that of one who is hearing it.
    expect(lists).toBeLessThanOrEqual(10);
    expect(others).toEqual({ GetParticipant: 100 });
  });
});
