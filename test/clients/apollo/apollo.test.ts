import { CombinedGraphQLErrors } from '@apollo/client';
import type { ResultOf } from 'gql.tada';
import { describe, expect, it } from 'vitest';
import { People, Rename, Stage } from '../tada/operations.ts';
import { PEOPLE, start } from '../world.ts';
import { createClient } from './client.ts';

const pageOf = (data: unknown) =>
  (data as ResultOf<typeof People>).participants?.pageInfo ?? { hasNextPage: false, endCursor: null };

describe('Apollo Client', () => {
  it('pages through participants to the end with relayStylePagination, one call for all pages of 100 or less, each participant once', async () => {
    const { gateway, session, url } = await start();
    const client = createClient(url);
    const people = client.watchQuery({ query: People, variables: session });
    await people.refetch();
    for (let pages = 0; ; pages += 1) {
      const { hasNextPage, endCursor } = pageOf(people.getCurrentResult().data);
      if (!hasNextPage) break;
      await people.fetchMore({ variables: { after: endCursor } });
      expect(pages).toBeLessThan(5);
    }
    const data = people.getCurrentResult().data as {
      participants: { edges: { node: { userId: string } }[] };
    };
    expect(data.participants.edges.map(({ node }) => node.userId)).toEqual(PEOPLE);
    expect(gateway.calls()).toEqual({ ListParticipants: 1 });
    client.stop();
  });

  it('keeps lists with different filters apart', async () => {
    const { gateway, session, url } = await start();
    gateway.emulator.control.leave({
      stageArn: session.stageArn,
      participantId: session.participantIds[0] as string,
    });
    const client = createClient(url);
    const ask = async (filter: { state: 'CONNECTED' | 'DISCONNECTED' }) => {
      const { data } = await client.query({ query: People, variables: { ...session, filter } });
      return data?.participants?.edges.length;
    };
    expect([await ask({ state: 'DISCONNECTED' }), await ask({ state: 'CONNECTED' })]).toEqual([1, 10]);
    expect((client.cache.extract() as Record<string, object>).ROOT_QUERY).toMatchObject(
      Object.fromEntries(
        ['DISCONNECTED', 'CONNECTED'].map((state) => [
          `participants:${JSON.stringify({ stageArn: session.stageArn, sessionId: session.sessionId, filter: { state } })}`,
          expect.anything(),
        ]),
      ),
    );
    client.stop();
  });

  it('shows what a mutation has changed wherever it stands, by its id', async () => {
    const { gateway, session, url } = await start();
    const client = createClient(url);
    const variables = { arn: session.stageArn };
    await client.query({ query: Stage, variables });
    gateway.calls();
    const { data } = await client.mutate({ mutation: Rename, variables: { ...variables, name: 'renamed' } });
    expect(data?.updateStage?.__typename).toBe('UpdateStagePayload');
    expect(client.readQuery({ query: Stage, variables })?.stage?.name).toBe('renamed');
    expect(gateway.calls()).toEqual({ UpdateStage: 1 });
    client.stop();
  });

  it('tells an error of the union as data, and one of the request with its code', async () => {
    const { session, url } = await start();
    const client = createClient(url);
    const none = session.stageArn.replace(/\w+$/, 'None00000001');
    const { data } = await client.mutate({ mutation: Rename, variables: { arn: none, name: 'x' } });
    expect(data?.updateStage).toMatchObject({ __typename: 'ResourceNotFoundError', code: 'NOT_FOUND' });
    const failed = await client
      .query({ query: People, variables: { ...session, after: 'a cursor of another list' } })
      .catch((error: unknown) => error);
    expect(CombinedGraphQLErrors.is(failed)).toBe(true);
    expect((failed as CombinedGraphQLErrors).errors).toMatchObject([
      { path: ['participants'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    client.stop();
  });
});
