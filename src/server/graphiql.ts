// GraphiQL from our own files: a browser without internet shows it.
import { renderGraphiQL as render } from '@graphql-yoga/render-graphiql';
import type { GraphiQLOptions } from 'graphql-yoga';
import { examples } from './examples.ts';

/** On a first visit GraphiQL's tabs jump away under the pointer that presses them, and the click is lost. */
const STILL_TABS = '<style>.graphiql-tab { transform: none !important }</style>';

export const renderGraphiQL = (options?: GraphiQLOptions): string =>
  render(options).replace('</head>', `${STILL_TABS}</head>`);

export const graphiql: GraphiQLOptions = {
  title: 'ivs-graphql',
  defaultTabs: examples.map(({ query, variables }) => ({
    query,
    ...(variables && { variables: JSON.stringify(variables, null, 2) }),
  })),
};
