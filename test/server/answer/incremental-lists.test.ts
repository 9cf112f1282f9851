// Lists of several of AWS's pages, for who takes an answer in parts.
import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { all, askInParts, merge, type Part } from '../../support/parts.ts';
import { createSession } from '../../support/world.ts';

const people = ({ stageArn, sessionId }: { stageArn: string; sessionId: string }, selection: string) =>
  `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}", first: 1000) { ${selection} } }`;
const withoutDirectives = (query: string) => query.replace(/@(defer|stream)(\([^)]*\))?/g, '');

const itemsOf = ({ incremental = [] }: Part) => incremental.flatMap(({ items }) => items ?? []);

describe('a list of several pages', () => {
  it.each([
    ['nodes', 'nodes @stream { userId }'],
    ['edges behind the first page', 'edges @stream(initialCount: 130) { cursor node { userId } }'],
    ['edges and nodes', 'edges @stream { cursor } nodes @stream(initialCount: 5) { userId }'],
    ['nodes beside edges that are not', 'edges { cursor } nodes @stream { userId }'],
    ['with where it ends', 'pageInfo { startCursor endCursor hasNextPage } nodes @stream { userId }'],
    ['and later where it ends', 'nodes @stream { userId } ... @defer { pageInfo { endCursor hasNextPage } }'],
    ['not at all, beside what is deferred', 'nodes { userId } ... @defer { pageInfo { hasNextPage } }'],
  ])('is the same, and costs the same, streamed: %s', async (_what, selection) => {
    const gateway = await startGateway();
    const query = people(await createSession(gateway, 250), selection);
    gateway.calls();
    const whole = await gateway.ask(withoutDirectives(query));
    expect(gateway.calls()).toEqual({ ListParticipants: 3 });
    const { parts } = await askInParts(gateway, query);
    expect(merge(await all(parts))).toEqual({ data: whole.data });
    expect(gateway.calls()).toEqual({ ListParticipants: 3 });
  });

  it('tells the first items while the quota keeps the last pages waiting', async () => {
    const gateway = await startGateway({ callRates: true });
    const session = await createSession(gateway, 1000);
    const seen: { at: number; count: number }[] = [];
    let count = 0;
    const { parts } = await askInParts(gateway, people(session, 'nodes @stream { userId }'));
    for await (const part of parts) {
      count += itemsOf(part).length;
      seen.push({ at: gateway.clock.now(), count });
    }
    const secondsUntil = (some: number) => (seen.find((one) => one.count >= some)?.at ?? Number.NaN) / 1000;
    // Ten pages, of which five may be asked for at once.
    expect(secondsUntil(400)).toBeLessThan(0.5);
    expect(secondsUntil(1000)).toBeGreaterThan(0.9);
    expect(count).toBe(1000);
    expect(gateway.calls().ListParticipants).toBe(10);
  });

  it('keeps what was told when a later page fails, and tells that once for each who reads on', async () => {
    const gateway = await startGateway();
    const session = await createSession(gateway, 250);
    failBehind(gateway, 1);
    const selection = 'nodes @stream { userId } ... @defer { pageInfo { endCursor } }';
    const { parts } = await askInParts(gateway, people(session, selection));
    const come = await all(parts);
    expect(come.flatMap(itemsOf)).toHaveLength(100);
    const errors = come.flatMap(({ incremental = [] }) => incremental.flatMap((part) => part.errors ?? []));
    const denied = { extensions: { code: 'UPSTREAM_ACCESS_DENIED' } };
    expect(errors).toHaveLength(2);
    expect(errors).toMatchObject([denied, denied]);
    expect(come.at(-1)?.hasNext).toBe(false);
  });

  it('is null, with the error, when the first page fails', async () => {
    const gateway = await startGateway();
    const session = await createSession(gateway, 250);
    failBehind(gateway, 0);
    const { parts } = await askInParts(gateway, people(session, 'nodes @stream { userId }'));
    expect(merge(await all(parts))).toMatchObject({
      data: { participants: null },
      errors: [{ path: ['participants'], extensions: { code: 'UPSTREAM_ACCESS_DENIED' } }],
    });
  });

  it('is read no further when its client has left', async () => {
    const gateway = await startGateway({ callRates: true });
    const session = await createSession(gateway, 1000);
    const client = new AbortController();
    gateway.clock.isBusy = () => true;
    const { parts } = await askInParts(gateway, people(session, 'nodes @stream { userId }'), {
      signal: client.signal,
    });
    await parts.next();
    while (gateway.emulator.calls.count('ListParticipants') < 5) await new Promise(setImmediate);
    client.abort();
    gateway.clock.isBusy = () => false;
    await gateway.ask('{ stages { nodes { name } } }');
    expect(gateway.calls().ListParticipants).toBe(5);
    expect(gateway.log.filter(({ audit }) => !audit)).toEqual([]);
  });
});

function failBehind(gateway: TestGateway, pages: number): void {
  let asked = 0;
  gateway.emulator.faults.add({
    operation: 'ListParticipants',
    match: () => {
      asked += 1;
      return asked > pages;
    },
    errorType: 'AccessDeniedException',
  });
}
