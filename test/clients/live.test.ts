// A subscription in each client: the state, then who joins; and nothing is left of it when the client ends it.
import type { ApolloClient } from '@apollo/client';
import type { ResultOf } from 'gql.tada';
import { print } from 'graphql';
import { createClient as createSocketClient } from 'graphql-ws';
import { fetchQuery, requestSubscription } from 'relay-runtime';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createClient as createApollo } from './apollo/client.ts';
import { socketLink } from './apollo/socket.ts';
import { createInbox, startLive, startWire } from './live.ts';
import { createEnvironment } from './relay/environment.ts';
import roomSubscription from './relay/generated/documentsRoomSubscription.graphql.ts';
import sessionQuery from './relay/generated/documentsSessionQuery.graphql.ts';
import { persistedOperations } from './relay/persisted.ts';
import { createLiveClient } from './sse/client.ts';
import { People, Room } from './tada/operations.ts';
import { createClient as createUrql } from './urql/client.ts';

type Message = ResultOf<typeof Room>['participants'];
interface Sink {
  next(message: Message): void;
  end(error?: unknown): void;
}
/** Returns what ends it. */
type Subscribe = (
  url: string,
  variables: { stageArn: string },
  sink: Sink,
  mended?: Promise<void>,
) => () => void;

// Node has it from version 22 on.
beforeAll(() => void vi.stubGlobal('WebSocket', WebSocket));
afterAll(() => void vi.unstubAllGlobals());

const ofApollo =
  (open: (url: string) => ApolloClient): Subscribe =>
  (url, variables, { next, end }) => {
    const client = open(url);
    onTestFinished(() => client.stop());
    const running = client.subscribe({ query: Room, variables }).subscribe({
      next: ({ data, error }) => (error ? end(error) : next(data?.participants as Message)),
      complete: () => end(),
    });
    return () => running.unsubscribe();
  };

const clients: Record<string, Subscribe> = {
  'Apollo Client (multipart)': ofApollo((url) => createApollo(url)),
  'Apollo Client (graphql-ws)': ofApollo((url) => createApollo(url, socketLink(url))),
  urql: (url, variables, { next, end }) => {
    const running = createUrql(url)
      .subscription(Room, variables)
      .subscribe(({ data, error, hasNext }) =>
        error || !hasNext || !data ? end(error) : next(data.participants),
      );
    return () => running.unsubscribe();
  },
  Relay: (url, variables, { next, end }) => {
    const running = requestSubscription(createEnvironment(url), {
      subscription: roomSubscription,
      variables,
      onNext: (data) => next((data as ResultOf<typeof Room>).participants),
      onError: end,
      onCompleted: () => end(),
    });
    return () => running.dispose();
  },
  'graphql-sse': (url, variables, { next, end }, mended) => {
    const client = createLiveClient({ url, ...(mended && { retry: () => mended }) });
    return client.subscribe<ResultOf<typeof Room>>(
      { query: print(Room), variables },
      { next: ({ data }) => data && next(data.participants), error: end, complete: () => end() },
    );
  },
  'graphql-ws': (url, variables, { next, end }, mended) => {
    const client = createSocketClient({
      url: url.replace('http', 'ws'),
      ...(mended && { retryWait: () => mended }),
    });
    onTestFinished(() => void client.dispose());
    return client.subscribe<ResultOf<typeof Room>>(
      { query: print(Room), variables },
      { next: ({ data }) => data && next(data.participants), error: end, complete: () => end() },
    );
  },
};

describe.each(Object.entries(clients))('%s', (client, subscribe) => {
  it('gets the state, then who joins, and frees all when it unsubscribes', async () => {
    // Each client warns once per process.
    const complaints = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
    const { url, variables, join, gateway, expectFree } = await startLive(
      client === 'Relay' ? { server: { persistedOperations } } : {},
    );
    const { push, end, next } = createInbox<Message>();
    const stop = subscribe(url, variables, { next: push, end });
    const state = await next();
    expect(state).toMatchObject({ __typename: 'ParticipantsState', cursor: expect.any(String) });
    expect('nodes' in state && state.nodes).toHaveLength(25);
    gateway.calls();
    await join('late');
    expect(await next()).toMatchObject({ __typename: 'ParticipantJoined', participant: { userId: 'late' } });
    expect(gateway.calls()).toEqual({ ListParticipants: 1 });
    stop();
    await expectFree();
    for (const complaint of complaints) expect(complaint.mock.calls).toEqual([]);
  });
});

describe('a connection that is cut', () => {
  async function cut(client: string) {
    const { url, variables, join } = await startLive();
    const { url: wired, mended, ...wire } = await startWire(url);
    const { push, end, next, either } = createInbox<Message>();
    // Another one watches meanwhile.
    const other = createInbox<Message>();
    const stopOther = clients['graphql-ws']?.(url, variables, { next: other.push, end: other.end });
    const stop = clients[client]?.(wired, variables, { next: push, end }, mended);
    onTestFinished(() => {
      stop?.();
      stopOther?.();
    });
    await Promise.all([next(), other.next()]);
    wire.cut();
    await join('while it was away');
    await other.next();
    wire.mend();
    return either();
  }

  it('loses no message with graphql-sse and the cursor', async () => {
    expect(await cut('graphql-sse')).toMatchObject({
      __typename: 'ParticipantJoined',
      participant: { userId: 'while it was away' },
    });
  });

  it('begins with the state again with graphql-ws', async () => {
    expect(await cut('graphql-ws')).toMatchObject({
      __typename: 'ParticipantsState',
      nodes: expect.arrayContaining([expect.objectContaining({ userId: 'while it was away' })]),
    });
  });

  it('is an error with Apollo Client (multipart)', async () => {
    expect(await cut('Apollo Client (multipart)')).toEqual({ ended: expect.any(Error) });
  });

  it('is an end without an error with urql', async () => {
    expect(await cut('urql')).toEqual({ ended: undefined });
  });
});

describe('a participant of an earlier query changes by itself with', () => {
  const userOf = (data: unknown) => (data as ResultOf<typeof People>).participants?.edges[0]?.node;

  it('Apollo Client, which warns of nothing', async () => {
    const complaints = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
    const { url, session, variables, publish, gateway } = await startLive();
    const client = createApollo(url);
    onTestFinished(() => client.stop());
    await client.query({ query: People, variables: session });
    const { push, next } = createInbox<unknown>();
    client.subscribe({ query: Room, variables }).subscribe(push);
    await next();
    gateway.calls();
    await publish();
    await next();
    expect(userOf(client.readQuery({ query: People, variables: session }))).toMatchObject({
      published: true,
    });
    expect(gateway.calls()).toEqual({ ListParticipants: 1 });
    const stored = Object.keys(client.extract() as object).map((key) => key.split(':')[0]);
    expect(stored.filter((type) => /^Participant(s|J|C)/.test(type ?? ''))).toEqual([]);
    for (const complaint of complaints) expect(complaint.mock.calls).toEqual([]);
  });

  it('Graphcache, which warns of nothing', async () => {
    const complaints = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
    const { url, session, variables, publish, gateway } = await startLive();
    const client = createUrql(url);
    await client.query(People, session).toPromise();
    const { push, next } = createInbox<unknown>();
    const { unsubscribe } = client.subscription(Room, variables).subscribe(push);
    onTestFinished(unsubscribe);
    await next();
    gateway.calls();
    await publish();
    await next();
    expect(userOf(client.readQuery(People, session)?.data)).toMatchObject({ published: true });
    expect(gateway.calls()).toEqual({ ListParticipants: 1 });
    for (const complaint of complaints) expect(complaint.mock.calls).toEqual([]);
  });

  it('Relay, which warns of nothing', async () => {
    const complaints = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
    const { url, session, variables, publish, gateway } = await startLive({
      server: { persistedOperations },
    });
    const environment = createEnvironment(url);
    const { stageArn, sessionId } = session;
    await fetchQuery(environment, sessionQuery, { stageArn, sessionId }).toPromise();
    const store = environment.getStore().getSource();
    const first = store.getRecordIDs().find((id) => store.get(id)?.userId === 'user-0') as string;
    const { push, next } = createInbox<unknown>();
    const subscription = requestSubscription(environment, {
      subscription: roomSubscription,
      variables,
      onNext: push,
    });
    onTestFinished(() => subscription.dispose());
    await next();
    gateway.calls();
    await publish();
    await next();
    expect(store.get(first)).toMatchObject({ userId: 'user-0', published: true });
    expect(gateway.calls()).toEqual({ ListParticipants: 1 });
    for (const complaint of complaints) expect(complaint.mock.calls).toEqual([]);
  });
});
