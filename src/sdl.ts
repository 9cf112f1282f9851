// `ivs-graphql/schema`: for those who compose or stitch. Execution stays with a gateway: send documents to its `fetch`.
import { readFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';

/** The contract of the API in the GraphQL schema language, as in `schema.graphql`. */
export const typeDefs: string = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** The same as a Federation 2 subgraph. */
export async function loadSubgraphTypeDefs(): Promise<string> {
  const { printSubgraph } = await import('./schema/index.ts');
  return printSubgraph();
}

/** The schema as an object of this package's copy of graphql. Its resolvers need the context that only a gateway makes. */
export async function loadSchema(): Promise<GraphQLSchema> {
  const { schema } = await import('./schema/index.ts');
  return schema;
}
