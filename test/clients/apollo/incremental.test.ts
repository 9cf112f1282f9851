// Each of Apollo Client's handlers of answers in parts, with what it sends and how it reads what comes.
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import {
  Defer20220824Handler,
  GraphQL17Alpha2Handler,
  GraphQL17Alpha9Handler,
} from '@apollo/client/incremental';
import type { DocumentNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { PeopleInParts, PeopleOneByOne } from '../tada/operations.ts';
import { PEOPLE, start } from '../world.ts';
import { createClient } from './client.ts';
import possible from './generated/possible-types.ts';

interface People {
  participants?: { edges: { node?: { userId: string; browserName?: string } }[] };
}

const handlers = {
  'as docs/how-to/clients.md has it': createClient,
  ...Object.fromEntries(
    Object.entries({ Defer20220824Handler, GraphQL17Alpha2Handler, GraphQL17Alpha9Handler }).map(
      ([name, Handler]) => [
        name,
        (uri: string) =>
          new ApolloClient({
            link: new HttpLink({ uri }),
            incrementalHandler: new Handler() as never,
            cache: new InMemoryCache(possible),
          }),
      ],
    ),
  ),
};

/** What it shows one after the other, to the last. */
async function shown(client: ApolloClient, query: DocumentNode, variables: object) {
  const states: People[] = [];
  const watched = client.watchQuery({ query, variables: variables as never, returnPartialData: true });
  await new Promise<void>((resolve, reject) => {
    watched.subscribe(({ data, loading, error }) => {
      if (error) reject(error);
      states.push((data ?? {}) as People);
      if (!loading) resolve();
    });
  });
  client.stop();
  return states;
}

const NESTED = gql`
  query Nested($stageArn: ID!) {
    stages(first: 2) {
      nodes @stream {
        name
        sessions(first: 2) @include(if: true) {
          nodes @stream(initialCount: 1) {
            participants(first: 50) { nodes { userId } }
          }
        }
        ... @defer {
          arn
          activeSession { participants(first: 50) { nodes @stream(initialCount: 2) { userId } } }
        }
      }
    }
    stage(arn: $stageArn) { name }
  }
`;

describe.each(Object.entries(handlers))('Apollo Client, %s', (_name, open) => {
  it.each([
    ['deferred details', PeopleInParts],
    ['streamed people', PeopleOneByOne],
  ] as const)('shows %s as they come', async (_what, query) => {
    const { gateway, session, url } = await start({ callRates: true });
    const states = await shown(open(url), query as DocumentNode, session);
    const edges = states.map(({ participants }) => participants?.edges ?? []);
    const seen = edges.map((some) => some.filter(({ node }) => node?.browserName).length);
    expect(seen.at(-1)).toBe(PEOPLE.length);
    expect(new Set(seen).size).toBeGreaterThan(5);
    expect(edges.at(-1)?.map(({ node }) => node?.userId)).toEqual(PEOPLE);
    expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: PEOPLE.length });
  });

  it('has all of lists in streamed lists and in deferred fragments', async () => {
    const { gateway, session, url } = await start();
    const states = await shown(open(url), NESTED, session);
    const last = states.at(-1) as unknown as {
      stages: {
        nodes: {
          sessions: { nodes: { participants: { nodes: { userId: string }[] } }[] };
          activeSession: { participants: { nodes: { userId: string }[] } };
        }[];
      };
    };
    const [stage] = last.stages.nodes;
    const names = (nodes: { userId: string }[] = []) => nodes.map(({ userId }) => userId);
    expect(names(stage?.sessions.nodes[0]?.participants.nodes)).toEqual(PEOPLE);
    expect(names(stage?.activeSession.participants.nodes)).toEqual(PEOPLE);
    expect(gateway.log.filter(({ audit }) => !audit)).toEqual([]);
  });
});
