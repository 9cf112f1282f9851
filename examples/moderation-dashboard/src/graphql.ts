// Typed operations, straight from the gateway's schema.
import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './generated/graphql-env.d.ts';

export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { DateTime: string };
}>();
export type { ResultOf } from 'gql.tada';
