import { ApolloClient, type CombinedGraphQLErrors, InMemoryCache } from '@apollo/client';
import { expect, it, vi } from 'vitest';
import { People, Rename, Stage } from '../tada/operations.ts';
import { start } from '../world.ts';
import { automaticLink } from './automatic.ts';
import possible from './generated/possible-types.ts';

async function startClient(options: Parameters<typeof start>[0] = {}) {
  const started = await start(options);
  const sent: string[] = [];
  const { fetch } = globalThis;
  vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) => {
    const { searchParams } = new URL(String(url));
    const params = init?.body ? JSON.parse(String(init.body)) : Object.fromEntries(searchParams);
    sent.push(
      [
        init?.method,
        params.query && 'query',
        JSON.stringify(params.extensions ?? {}).includes('sha256Hash') && 'hash',
      ]
        .filter(Boolean)
        .join(' '),
    );
    return fetch(url, init);
  });
  const open = () =>
    new ApolloClient({ link: automaticLink(started.url), cache: new InMemoryCache(possible) });
  return { ...started, sent, open };
}

it("Apollo Client's automatic persisted queries are registered once, and then asked for by hash over GET", async () => {
  const { session, sent, open } = await startClient();
  for (const _client of [1, 2]) {
    const client = open();
    const { data } = await client.query({ query: People, variables: session });
    expect(data?.participants?.edges).toHaveLength(10);
    client.stop();
  }
  expect(sent).toEqual(['GET hash', 'POST query hash', 'GET hash']);
});

it('a mutation never goes over GET', async () => {
  const { session, sent, open } = await startClient();
  for (const name of ['one', 'two']) {
    const client = open();
    const { data } = await client.mutate({ mutation: Rename, variables: { arn: session.stageArn, name } });
    expect(data?.updateStage?.__typename).toBe('UpdateStagePayload');
    client.stop();
  }
  expect(sent).toEqual(['POST hash', 'POST query hash', 'POST hash']);
});

it('with PERSISTED_OPERATIONS the client stops asking by hash, and hears why its query is refused', async () => {
  const persistedOperations = new Map([['another', 'query Another { __typename }']]);
  const { session, sent, open } = await startClient({ server: { persistedOperations } });
  const client = open();
  const ask = () =>
    client.query({ query: Stage, variables: { arn: session.stageArn } }).catch((error: unknown) => error);
  const [first, second] = [await ask(), await ask()];
  expect(sent).toEqual(['GET hash', 'POST query', 'POST query']);
  for (const error of [first, second])
    expect((error as CombinedGraphQLErrors).errors).toMatchObject([
      { extensions: { code: 'PERSISTED_QUERY_ID_REQUIRED' } },
    ]);
  client.stop();
});
