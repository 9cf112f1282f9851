import type { ResultOf } from 'gql.tada';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { People, PeopleInParts, PeopleOneByOne, Rename, Stage } from '../tada/operations.ts';
import { PEOPLE, start } from '../world.ts';
import { createClient } from './client.ts';

afterEach(() => vi.restoreAllMocks());

describe('urql with Graphcache', () => {
  it('pages through participants to the end with relayPagination, one call for all pages of 100 or less, each participant once, and warns of nothing', async () => {
    const complaints = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
    const { gateway, session, url } = await start();
    const client = createClient(url);
    let after: string | null = null;
    for (;;) {
      const { data } = await client.query(People, { ...session, after }).toPromise();
      if (!data?.participants?.pageInfo.hasNextPage) break;
      after = data.participants.pageInfo.endCursor;
    }
    const { data } = client.readQuery(People, session) as { data: NonNullable<unknown> } as never as {
      data: { participants: { edges: { node: { userId: string } }[] } };
    };
    expect(data.participants.edges.map(({ node }) => node.userId)).toEqual(PEOPLE);
    expect(gateway.calls()).toEqual({ ListParticipants: 1 });
    for (const complaint of complaints) expect(complaint.mock.calls).toEqual([]);
  });

  it('shows what a mutation has changed wherever it stands, by its id', async () => {
    const { gateway, session, url } = await start();
    const client = createClient(url);
    const variables = { arn: session.stageArn };
    await client.query(Stage, variables).toPromise();
    await client.mutation(Rename, { ...variables, name: 'renamed' }).toPromise();
    expect(client.readQuery(Stage, variables)?.data?.stage?.name).toBe('renamed');
    expect(gateway.calls()).toEqual({ GetStage: 1, GetStageSession: 1, UpdateStage: 1 });
  });

  it('tells an error of a field with its code, and keeps the rest', async () => {
    const { gateway, session, url } = await start();
    gateway.emulator.faults.add({ operation: 'GetStageSession', errorType: 'AccessDeniedException' });
    const { data, error } = await createClient(url).query(Stage, { arn: session.stageArn }).toPromise();
    expect(data?.stage).toMatchObject({ name: 'a-stage' });
    expect(error?.graphQLErrors).toMatchObject([{ extensions: { code: 'UPSTREAM_ACCESS_DENIED' } }]);
  });

  it.each([
    ['deferred details', PeopleInParts],
    ['streamed people', PeopleOneByOne],
  ] as const)('shows %s as they come', async (_what, query) => {
    const { gateway, session, url } = await start({ callRates: true });
    const seen: number[] = [];
    await new Promise<void>((resolve) => {
      createClient(url)
        .query<ResultOf<typeof PeopleOneByOne>>(query, session)
        .subscribe(({ data, hasNext }) => {
          const edges = data?.participants?.edges ?? [];
          seen.push(edges.filter(({ node }) => node.browserName).length);
          if (!hasNext) resolve();
        });
    });
    expect(seen.at(-1)).toBe(PEOPLE.length);
    expect(new Set(seen).size).toBeGreaterThan(5);
    expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: PEOPLE.length });
  });
});
