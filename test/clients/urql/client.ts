import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
// Written by @graphql-codegen/introspection
import schema from './generated/schema.json' with { type: 'json' };

/** Types without an `id` are embedded in their parent. */
const embedded = () => null;
const withoutIds = schema.__schema.types
  .filter(({ kind, fields }) => kind === 'OBJECT' && !fields?.some(({ name }) => name === 'id'))
  .map(({ name }) => [name, embedded]);

export const createClient = (url: string) =>
  new Client({
    url,
    preferGetMethod: false,
    // Over Server-Sent Events
    fetchSubscriptions: true,
    exchanges: [
      cacheExchange({
        schema: schema as never,
        keys: Object.fromEntries(withoutIds),
        resolvers: {
          Query: { stages: relayPagination(), channels: relayPagination(), participants: relayPagination() },
          StageSession: { participants: relayPagination() },
        },
      }),
      fetchExchange,
    ],
  });
