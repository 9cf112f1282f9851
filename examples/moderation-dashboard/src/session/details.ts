// Browser, system and provider: one call per participant, at five per second. So they are fetched only for the rows shown,
// once, and arrive row by row while the list is polled.
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { graphql } from '../graphql.ts';
import type { Participant } from './participants-table.tsx';

export const DetailFields = graphql(`
  fragment DetailFields on Participant @_unmask {
    browserName
    browserVersion
    osName
    ispName
  }
`);

const Details = graphql(
  `
    query Details($ids: [ID!]!) {
      nodes(ids: $ids) {
        id
        ... on Participant @defer {
          ...DetailFields
        }
      }
    }
  `,
  [DetailFields],
);

const AGAIN_MS = 5_000;

/** Rows read them from the cache as they come. */
export function useDetails(participants: readonly Participant[]): void {
  const client = useApolloClient();
  const requested = useRef(new Set<string>());
  const running = useRef(new Set<{ unsubscribe(): void }>());
  const [, setRound] = useState(0);
  // Calls that still wait for their turn are given up with the page.
  useEffect(() => {
    const known = requested.current;
    const queries = running.current;
    return () => {
      for (const query of queries) query.unsubscribe();
      queries.clear();
      known.clear();
    };
  }, []);
  useEffect(() => {
    const ids = participants.map(({ id }) => id).filter((id) => !requested.current.has(id));
    if (ids.length === 0) return;
    for (const id of ids) requested.current.add(id);
    const retry = () => {
      for (const id of ids) requested.current.delete(id);
      setTimeout(() => setRound((round) => round + 1), AGAIN_MS);
    };
    // A query of its own, not a hook's: a hook would cancel it when other rows come into view.
    const subscription = client
      .watchQuery({ query: Details, variables: { ids }, fetchPolicy: 'network-only', errorPolicy: 'all' })
      .subscribe(({ error, dataState }) => {
        if (error) retry();
        if (error || dataState === 'complete') setTimeout(() => end());
      });
    const end = () => {
      subscription.unsubscribe();
      running.current.delete(subscription);
    };
    running.current.add(subscription);
  });
}
