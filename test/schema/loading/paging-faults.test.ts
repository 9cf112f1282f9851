// Lists of AWS that move while they are read, or lead in a circle.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lap, TokenTrail } from '../../../src/schema/loading/token-trail.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { askInParts } from '../../support/parts.ts';
import { people } from '../../support/people.ts';

interface Answer {
  items: object[];
  nextToken?: string;
}

/** Has AWS answer with these pages: the one of '' first, else that of the token. */
function answerWith(gateway: TestGateway, operation: string, member: string, pages: Record<string, Answer>) {
  for (const [token, { items, nextToken }] of Object.entries(pages)) {
    gateway.emulator.faults.add({
      operation,
      match: (input) => (input.nextToken ?? '') === token,
      status: 200,
      body: JSON.stringify({ [member]: items, nextToken }),
    });
  }
}

const stage = (name: string) => ({ arn: `arn:aws:ivs:us-west-2:123456789012:stage/${name}`, name });
const pageOf = (names: string, nextToken?: string): Answer => ({
  items: [...names].map(stage),
  ...(nextToken && { nextToken }),
});

const query = `query ($first: Int, $after: String) { stages(first: $first, after: $after) {
  edges { cursor node { name } } pageInfo { hasNextPage endCursor } } }`;

async function stagesIn(pages: Record<string, Answer>) {
  const gateway = await startGateway();
  answerWith(gateway, 'ListStages', 'stages', pages);
  const read = async (first: number, after?: string | null) => {
    const { data, errors } = await gateway.ask(query, { first, after });
    const { edges = [], pageInfo } = data?.stages ?? {};
    return {
      names: edges.map(({ node }: { node: { name: string } }) => node.name).join(''),
      cursors: edges.map(({ cursor }: { cursor: string }) => cursor),
      pageInfo,
      errors,
    };
  };
  /** As a client reads to the end: some at a time. */
  const readOn = async (first: number) => {
    const names: string[] = [];
    let after: string | null = null;
    for (let requests = 0; requests < 20; requests += 1) {
      const page = await read(first, after);
      if (page.errors) return [...names, page.errors[0]?.extensions?.code];
      names.push(page.names);
      if (!page.pageInfo.hasNextPage) return names;
      after = page.pageInfo.endCursor;
    }
    throw new Error('Expected the list to end');
  };
  return { gateway, read, readOn };
}

describe('a token that AWS has given before', () => {
  const circular = {
    message: expect.stringMatching(/^ListStages: expected .* a further page/),
    extensions: { code: 'UPSTREAM_UNAVAILABLE' },
  };

  it.each([
    ['comes back unchanged', { '': pageOf('abc', 't'), t: pageOf('def', 't') }, 2],
    ['comes back unchanged with empty pages', { '': pageOf('', 't'), t: pageOf('', 't') }, 2],
    ['leads in a circle', { '': pageOf('ab', 't'), t: pageOf('cd', 'u'), u: pageOf('ef', 't') }, 3],
  ])('%s: the error names the operation, and no call is made with it again', async (_what, pages, calls) => {
    const { gateway, read } = await stagesIn(pages);
    expect((await read(50)).errors).toMatchObject([circular]);
    expect(gateway.calls()).toEqual({ ListStages: calls });
  });

  it('ends a client that reads on, after all that there is', async () => {
    const { gateway, readOn } = await stagesIn({ '': pageOf('abc', 't'), t: pageOf('def', 't') });
    expect(await readOn(3)).toEqual(['abc', 'def', 'UPSTREAM_UNAVAILABLE']);
    expect(gateway.calls()).toEqual({ ListStages: 3 });
  });

  it('ends a client that reads on in a ring of several pages, however few each request reads', async () => {
    const ring = { '': pageOf('ab', 'A'), A: pageOf('cd', 'B'), B: pageOf('ef', 'C'), C: pageOf('gh', 'A') };
    const { gateway, readOn } = await stagesIn(ring);
    expect((await readOn(2)).at(-1)).toBe('UPSTREAM_UNAVAILABLE');
    expect(gateway.calls().ListStages).toBeLessThan(15);
  });

  it('is noticed from any cursor on, within a few rounds', () => {
    const shape = fc.record({ lead: fc.nat(40), ring: fc.integer({ min: 1, max: 40 }) });
    fc.assert(
      fc.property(shape, ({ lead, ring }) => {
        const list = { operation: 'ListStages', pageMax: 100 } as const;
        const tokenAt = (page: number) => `t${page < lead ? page : lead + ((page - lead) % ring)}`;
        let lap: Lap | undefined;
        let page = 0;
        // Each request reads one page, and hands on what its cursor remembers.
        for (let start: string | undefined; ; page += 1) {
          const trail = new TokenTrail(list, start, lap);
          start = tokenAt(page);
          if (trail.hasSeen(start)) break;
          lap = trail.lapAt(start);
        }
        expect(page).toBeGreaterThanOrEqual(lead + ring);
        expect(page).toBeLessThanOrEqual(4 * (lead + ring) + 2);
      }),
    );
  });

  it('is not seen in a list that is only long', () => {
    let lap: Lap | undefined;
    for (let page = 0; page < 5000; page += 1) {
      const trail = new TokenTrail(
        { operation: 'ListStages', pageMax: 100 },
        page ? `t${page}` : undefined,
        lap,
      );
      expect(trail.hasSeen(`t${page + 1}`)).toBe(false);
      lap = trail.lapAt(`t${page + 1}`);
    }
  });

  it('comes after the items that were read, where they are told one by one', async () => {
    const { gateway } = await stagesIn({ '': pageOf('abc', 't'), t: pageOf('def', 't') });
    const { parts } = await askInParts(
      gateway,
      '{ stages(first: 50) { edges @stream(initialCount: 1) { node { name } } } }',
    );
    let text = '';
    for await (const part of parts) text += JSON.stringify(part);
    for (const name of 'abc') expect(text).toContain(`"name":"${name}"`);
    expect(text).toContain('UPSTREAM_UNAVAILABLE');
    expect(gateway.calls()).toEqual({ ListStages: 2 });
  });

  it('ends a lookup by key, and the rest is got one by one', async () => {
    const { gateway, entities, representationOf, participantIds } = await people(3);
    const participants = [{ participantId: participantIds[0], userId: 'from-list', state: 'CONNECTED' }];
    answerWith(gateway, 'ListParticipants', 'participants', {
      '': { items: participants, nextToken: 't' },
      t: { items: participants, nextToken: 't' },
    });
    const found = await entities(participantIds.map(representationOf), 'userId');
    expect(found.map(({ userId }: { userId: string }) => userId)).toEqual(['from-list', 'user-1', 'user-2']);
  });

  it('ends the search for a stream session', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    answerWith(gateway, 'ListStreamSessions', 'streamSessions', {
      '': { items: [], nextToken: 't' },
      t: { items: [], nextToken: 't' },
    });
    const { errors } = await gateway.ask(
      `{ streamSession(channelArn: "arn:aws:ivs:us-west-2:123456789012:channel/MainStage001", streamId: "st-MainStage00000000000002") { hasErrorEvent } }`,
    );
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('ListStreamSessions'),
        extensions: { code: 'UPSTREAM_UNAVAILABLE' },
      },
    ]);
    expect(gateway.calls().ListStreamSessions).toBe(2);
  });
});

describe('an item on both sides of a border between pages', () => {
  const moved = {
    '': pageOf('abcdef', 't'),
    t: pageOf('efghi', 'u'),
    u: pageOf('ijk'),
  };

  it('is returned once in one request', async () => {
    const { gateway, read } = await stagesIn(moved);
    const { names, pageInfo } = await read(50);
    expect([names, pageInfo.hasNextPage]).toEqual(['abcdefghijk', false]);
    expect(gateway.calls()).toEqual({ ListStages: 3 });
  });

  it('is returned once in several requests', async () => {
    const { readOn } = await stagesIn(moved);
    expect((await readOn(6)).join('')).toBe('abcdefghijk');
  });

  it('is returned once from any cursor on', async () => {
    const { read } = await stagesIn(moved);
    const all = await read(50);
    for (const [index, cursor] of all.cursors.entries()) {
      expect((await read(50, cursor)).names).toBe('abcdefghijk'.slice(index + 1));
    }
  });

  it('is known to a cursor when it is one of the last four', async () => {
    const { readOn } = await stagesIn({ '': pageOf('abcdef', 't'), t: pageOf('cdefgh') });
    expect(await readOn(6)).toEqual(['abcdef', 'gh']);
    const { readOn: readFurther } = await stagesIn({ '': pageOf('abcdef', 't'), t: pageOf('bcdefgh') });
    expect(await readFurther(6)).toEqual(['abcdef', 'bgh']);
  });

  it('ends a list that has nothing else', async () => {
    const { readOn } = await stagesIn({ '': pageOf('ab', 't'), t: pageOf('b') });
    expect(await readOn(2)).toEqual(['ab', '']);
  });
});

describe('events, which have no ids', () => {
  const event = (name: string) => ({
    name: 'JOINED',
    participantId: name,
    eventTime: '2026-01-01T00:00:00Z',
  });
  const eventsIn = async (...pages: string[]) => {
    const { gateway, representationOf, participantIds } = await people(1);
    const tokens = ['', ...pages.keys()].map(String);
    const answers = pages.map((names, index): [string, Answer] => [
      tokens[index] as string,
      {
        items: [...names].map(event),
        ...(index + 1 < pages.length && { nextToken: tokens[index + 1] as string }),
      },
    ]);
    answerWith(gateway, 'ListParticipantEvents', 'events', Object.fromEntries(answers));
    const { stageArn, sessionId } = representationOf('');
    const text = `query ($first: Int, $after: String) { participant(stageArn: "${stageArn}", sessionId: "${sessionId}", participantId: "${participantIds[0]}") {
      events(first: $first, after: $after) { nodes { participantId } pageInfo { hasNextPage endCursor } } } }`;
    const read = async (first: number, after: string | null = null) => {
      const { events } = (await gateway.data(text, { first, after })).participant;
      const names = events.nodes
        .map(({ participantId }: { participantId: string }) => participantId)
        .join('');
      return { names, ...events.pageInfo };
    };
    return read;
  };

  it.each([
    ['repeated at the border', ['xa', 'ay'], 'xay'],
    ['repeated as a run at the border', ['xab', 'aby'], 'xaby'],
    ['equal inside a page', ['aa', 'y'], 'aay'],
    ['equal at the border of a list that has such', ['aa', 'ay'], 'aaay'],
    ['equal to an earlier one, apart from the border', ['ax', 'ya'], 'axya'],
    ['repeated at the border but for the order of others', ['xab', 'bay'], 'xabay'],
  ])('%s', async (_what, pages, expected) => {
    const read = await eventsIn(...pages);
    expect((await read(50)).names).toBe(expected);
    const first = await read((pages[0] as string).length);
    const rest = await read(50, first.endCursor);
    expect(`${first.names}${rest.names}`).toBe(expected);
  });
});

describe('a token that cannot be sent', () => {
  it.each([
    ['too long', 'x'.repeat(1025)],
    ['a number', 7],
    ['an object', { a: 1 }],
  ])('%s is a fault of AWS when AWS returns it', async (_what, nextToken) => {
    const { gateway, read } = await stagesIn({ '': { items: [stage('a')], nextToken: nextToken as string } });
    for (const first of [1, 50])
      expect((await read(first)).errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    expect(gateway.calls().ListStages).toBeGreaterThan(0);
  });

  it('is a mistake of the client when it stands in its cursor', async () => {
    const { gateway, read } = await stagesIn({ '': pageOf('ab', 't') });
    const { cursors } = await read(2);
    gateway.calls();
    const parts = JSON.parse(Buffer.from(cursors[1] as string, 'base64url').toString());
    for (const token of ['x'.repeat(1025), 'x'.repeat(300_000), 7]) {
      const forged = Buffer.from(JSON.stringify(parts.with(3, token))).toString('base64url');
      expect((await read(2, forged)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    const lapless = Buffer.from(JSON.stringify(parts.with(4, ['a', -1, 0]))).toString('base64url');
    expect((await read(2, lapless)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.calls()).toEqual({});
  });
});
