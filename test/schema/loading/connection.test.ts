import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createSession, createStage } from '../../support/world.ts';

const page = `query ($arn: ID!, $id: ID!, $first: Int, $after: String) { participants(stageArn: $arn, sessionId: $id, first: $first, after: $after) {
  edges { cursor node { userId } } nodes { userId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

interface Edge {
  cursor: string;
  node: { userId: string };
}
const users = (edges: Edge[]) => edges.map(({ node }) => node.userId);
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `user-${from + index}`);

async function session(gateway: TestGateway, people: number) {
  const { stageArn: arn, sessionId: id, ...rest } = await createSession(gateway, people);
  const get = async (first?: number, after?: string) =>
    (await gateway.data(page, { arn, id, first, after })).participants;
  return { arn, id, get, ...rest };
}

describe('a list', () => {
  it('is filled from several pages of AWS when more is asked for than one holds', async () => {
    const gateway = await startGateway();
    const { get } = await session(gateway, 250);
    const { edges, nodes, pageInfo } = await get(240);
    expect(users(edges)).toEqual(numbered(0, 240));
    expect(nodes).toHaveLength(240);
    expect(pageInfo).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
      endCursor: edges[239].cursor,
    });
    expect(gateway.calls()).toEqual({ ListParticipants: 3 });
  });

  it('goes on behind its end with one call, and says where it stops', async () => {
    const gateway = await startGateway();
    const { get } = await session(gateway, 25);
    const one = await get(10);
    const two = await get(10, one.pageInfo.endCursor);
    const three = await get(10, two.pageInfo.endCursor);
    expect([one, two, three].flatMap(({ edges }) => users(edges))).toEqual(numbered(0, 25));
    expect(three.pageInfo.hasNextPage).toBe(false);
    expect(gateway.calls()).toEqual({ ListParticipants: 3 });
  });

  it('goes on behind any of its items', async () => {
    const gateway = await startGateway();
    const { get } = await session(gateway, 120);
    const { edges } = await get(120);
    for (const index of [0, 1, 57, 98, 99, 100, 118]) {
      expect(users((await get(5, edges[index].cursor)).edges)).toEqual(
        numbered(index + 1, Math.min(index + 6, 120)),
      );
    }
    expect((await get(5, edges[119].cursor)).edges).toEqual([]);
  });

  it('neither repeats nor loses the others when the item behind which it goes on is gone', async () => {
    const gateway = await startGateway();
    const names = ['a', 'b', 'c', 'd', 'e'];
    const arns = [];
    for (const name of names) arns.push(await createStage(gateway, name));
    const list = (after?: string) =>
      gateway.data(
        'query ($after: String) { stages(first: 3, after: $after) { edges { cursor node { name } } } }',
        { after },
      );
    const [, second] = (await list()).stages.edges;
    await gateway.data(`mutation { deleteStage(input: { arn: "${arns[1]}" }) { __typename } }`);
    const rest = (await list(second.cursor)).stages.edges;
    expect(rest.map((edge: { node: { name: string } }) => edge.node.name)).toEqual(['c', 'd', 'e']);
  });

  it('goes on behind the nearest one that is left when several around it are gone', async () => {
    const gateway = await startGateway();
    const { arn: stageArn, id: sessionId, participantIds } = await session(gateway, 12);
    const connected = `query ($after: String) { participants(stageArn: "${stageArn}", sessionId: "${sessionId}", first: 6, after: $after, filter: { state: CONNECTED }) {
      edges { cursor node { userId } } } }`;
    const { edges } = (await gateway.data(connected)).participants;
    for (const index of [0, 1, 4]) {
      gateway.emulator.control.leave({ stageArn, participantId: participantIds[index] as string });
    }
    const rest = (await gateway.data(connected, { after: edges[4].cursor })).participants.edges;
    expect(users(rest)).toEqual(numbered(5, 11));
  });

  it('goes on behind an item of a list that grows at its head', async () => {
    const gateway = await startGateway();
    const stageArn = await createStage(gateway);
    const { control } = gateway.emulator;
    const hold = () => {
      const { sessionId, participantId } = control.join({ stageArn });
      control.leave({ stageArn, participantId });
      return sessionId;
    };
    const sessions = Array.from({ length: 5 }, hold).reverse();
    const list = async (first: number, after?: string) => {
      const query = `query ($first: Int, $after: String) { stageSessions(stageArn: "${stageArn}", first: $first, after: $after) {
        edges { cursor node { sessionId } } pageInfo { endCursor hasNextPage } } }`;
      return (await gateway.data(query, { first, after })).stageSessions;
    };
    const all = await list(5);
    Array.from({ length: 3 }, hold);
    const next = await list(1, all.edges[1].cursor);
    expect(next.edges[0].node.sessionId).toBe(sessions[2]);
    expect(await list(5, all.pageInfo.endCursor)).toMatchObject({
      edges: [],
      pageInfo: { hasNextPage: false },
    });
  });

  it('has 50 items by default, of a whole page of AWS', async () => {
    const gateway = await startGateway();
    const { get } = await session(gateway, 60);
    expect((await get()).edges).toHaveLength(50);
    expect(gateway.emulator.calls.log('ListParticipants')).toMatchObject([{ input: { maxResults: 100 } }]);
  });

  it('is one call for all values of `first`, also below its parent', async () => {
    const gateway = await startGateway({ cached: true });
    const { arn, id } = await session(gateway, 120);
    const lists = [
      `participants(stageArn: "${arn}", sessionId: "${id}"`,
      `stageSessions(stageArn: "${arn}"`,
      'stages(region: "us-west-2"',
    ];
    const lengths = Array.from({ length: 30 }, (_, index) => 3 * index + 1);
    const ask = (first: number) =>
      gateway.data(`{ ${lists.map((list, place) => `l${place}: ${list}, first: ${first}) { edges { cursor } }`)}
        stage(arn: "${arn}") { sessions(first: ${first}) { nodes { participants { nodes { userId } } } } } }`);
    await Promise.all(lengths.slice(0, 15).map(ask));
    for (const first of lengths.slice(15)) {
      const { l0, stage } = await ask(first);
      expect(l0.edges).toHaveLength(first);
      expect(stage.sessions.nodes[0].participants.nodes).toHaveLength(20);
    }
    expect(gateway.calls()).toMatchObject({ ListParticipants: 1, ListStageSessions: 1, ListStages: 1 });
  });

  it('refuses a cursor of another list', async () => {
    const gateway = await startGateway();
    const one = await session(gateway, 3);
    const other = await session(gateway, 3);
    const { edges } = await one.get(1);
    await expect(other.get(1, edges[0].cursor)).rejects.toThrow('cursor of this list and filter');
  });
});

describe('bad paging', () => {
  it.each([
    ['first: 0', { first: 0 }],
    ['first: -1', { first: -1 }],
    ['first: 100000', { first: 100_000 }],
    ['a cursor that is none', { after: 'nonsense' }],
    ['a cursor of JSON that is none', { after: Buffer.from('[1]').toString('base64url') }],
    ['a cursor of the wrong shape', { after: Buffer.from('{"a":{}}').toString('base64url') }],
    ['an empty text with nothing in it but NUL', { after: '\u0000' }],
  ])('%s is BAD_USER_INPUT and no call', async (_what, variables) => {
    const gateway = await startGateway();
    const { arn, id } = await session(gateway, 1);
    gateway.calls();
    const { data, errors } = await gateway.ask(page, { arn, id, ...variables });
    expect(data).toEqual({ participants: null });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.calls()).toEqual({});
  });

  it('a cursor with a token that AWS never gave is BAD_USER_INPUT', async () => {
    const gateway = await startGateway();
    const { arn, id, get } = await session(gateway, 3);
    const [scope] = JSON.parse(Buffer.from((await get(1)).edges[0].cursor, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify([scope, 0, ['x'], 'forged'])).toString('base64url');
    const { errors } = await gateway.ask(page, { arn, id, after: forged });
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', aws: { operation: 'ListParticipants' } } },
    ]);
  });
});
