import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { SetContextLink } from '@apollo/client/link/context';
import type { introspection } from './generated/graphql-env.d.ts';
import { readToken } from './token.ts';

/** The cache must know what implements an interface to read a fragment on it; the compiler knows whether these are all. */
const errors: Record<introspection['types']['MutationError']['possibleTypes'], true> = {
  ChannelNotBroadcastingError: true,
  ConflictError: true,
  CreateParticipantTokensError: true,
  DeleteChannelsError: true,
  DeleteStagesError: true,
  DisconnectParticipantsError: true,
  PendingVerificationError: true,
  ResourceNotFoundError: true,
  RevokeViewerSessionsError: true,
  ServiceQuotaExceededError: true,
  StreamKeyNotCreatedError: true,
  StreamUnavailableError: true,
  TagResourcesError: true,
  UntagResourcesError: true,
  ValidationError: true,
};

const withToken = new SetContextLink(({ headers }) => {
  const token = readToken();
  return { headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) } };
});

/** A list is read anew as far as it is shown, so a new response takes the place of the old one; `first` names no other list. */
const replaced = (...keyArgs: string[]) => ({ keyArgs, merge: (_old: unknown, now: unknown) => now });

export const client = new ApolloClient({
  link: ApolloLink.from([withToken, new HttpLink({ uri: '/graphql' })]),
  incrementalHandler: new Defer20220824Handler(),
  cache: new InMemoryCache({
    possibleTypes: { MutationError: Object.keys(errors) },
    typePolicies: {
      Query: { fields: { stages: replaced(), channels: replaced() } },
      StageSession: { fields: { participants: replaced('filter') } },
    },
  }),
});
