import { ApolloLink, HttpLink } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';

/** In place of the HttpLink: subscriptions over a WebSocket, all else over HTTP. */
export function socketLink(uri: string, token?: () => Promise<string>) {
  const socket = createClient({
    url: uri.replace(/^http/, 'ws'),
    retryAttempts: Number.POSITIVE_INFINITY,
    // Called for each connection, so that the one after the end of a token has a new one.
    ...(token && { connectionParams: async () => ({ authorization: `Bearer ${await token()}` }) }),
  });
  return ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    new GraphQLWsLink(socket),
    new HttpLink({ uri }),
  );
}
