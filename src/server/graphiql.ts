// GraphiQL from our own files: a browser without internet shows it.
import { readFileSync } from 'node:fs';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { GraphiQLOptions } from 'graphql-yoga';
import { examples } from './examples.ts';

const BEGIN = 'YogaGraphiQL.renderYogaGraphiQL(';
const ours = (file: string) => readFileSync(new URL(`./page/${file}`, import.meta.url), 'utf8');

/** Where nobody needs a token, there is no place for one. */
const headersOf = (needsToken: boolean) => ({
  ...(needsToken && { authorization: 'Bearer <paste your token here>' }),
  'x-ivs-cost': '1',
});

const optionsFor = (needsToken: boolean): GraphiQLOptions => ({
  title: 'ivs-graphql',
  defaultEditorToolsVisibility: needsToken ? 'headers' : 'variables',
  headers: pretty(headersOf(needsToken)),
  defaultTabs: examples.map(({ query, variables, headers }) => ({
    query,
    headers: pretty({ ...headersOf(needsToken), ...headers }),
    ...(variables && { variables: pretty(variables) }),
  })),
});

const pretty = (value: object) => JSON.stringify(value, null, 2);

/** The page, as yoga takes it. Made once: it has 9 MB. */
export function createGraphiQL({ needsToken }: { needsToken: boolean }) {
  const graphiql = optionsFor(needsToken);
  let page: Uint8Array<ArrayBuffer> | undefined;
  return {
    graphiql,
    renderGraphiQL: () => {
      page ??= new TextEncoder().encode(pageOf(graphiql));
      return page;
    },
  };
}

function pageOf(options: GraphiQLOptions): string {
  const [before, after, ...more] = renderGraphiQL(options).split(BEGIN);
  if (!before || !after || more.length > 0) throw new Error(`Expected GraphiQL to begin with ${BEGIN} once`);
  const head = `<style>${ours('graphiql.css')}</style><script>${ours('graphiql.js')}</script></head>`;
  return `${before.replace('</head>', () => head)}beginGraphiQL(${after}`;
}
