import { ApolloClient, type ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { relayStylePagination } from '@apollo/client/utilities';
// Written by @graphql-codegen/fragment-matcher
import possible from './generated/possible-types.ts';

export const createClient = (uri: string, link: ApolloLink = new HttpLink({ uri })) =>
  new ApolloClient({
    link,
    // For @defer and @stream
    incrementalHandler: new Defer20220824Handler(),
    cache: new InMemoryCache({
      possibleTypes: possible.possibleTypes,
      typePolicies: {
        // Lists that differ in these arguments are different lists. Select `edges`, not `nodes`: the helper merges only them.
        Query: {
          fields: {
            stages: relayStylePagination(['region']),
            channels: relayStylePagination(['region', 'filter']),
            participants: relayStylePagination(['stageArn', 'sessionId', 'filter']),
          },
        },
        StageSession: { fields: { participants: relayStylePagination(['filter']) } },
        // Messages of subscriptions: what they contain is stored by its id, they themselves are not.
        LiveEvent: { keyFields: false, merge: false },
      },
    }),
  });
