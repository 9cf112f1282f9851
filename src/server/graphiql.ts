// GraphiQL from our own files: a browser without internet shows it.
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { GraphiQLOptions } from 'graphql-yoga';
import { examples } from './examples.ts';

export { renderGraphiQL };

export const graphiql: GraphiQLOptions = {
  title: 'ivs-graphql',
  defaultTabs: examples.map(({ query, variables }) => ({
    query,
    ...(variables && { variables: JSON.stringify(variables, null, 2) }),
  })),
};
