// GraphiQL's page from our own files: a browser without internet shows it. It and its renderer are loaded with this module.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { GraphiQLOptions } from 'graphql-yoga';
import { amend } from './bundle.ts';
import { examples } from './examples.ts';

const BEGIN = 'YogaGraphiQL.renderYogaGraphiQL(';
/** Without it a phone lays the page out as for a desk, and shrinks it. */
const VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">';
const scripts = ['graphiql.js', 'answers.js', 'cost.js', 'curl.js', 'storage.js', 'studio.js'];
const ours = (file: string) => readFileSync(new URL(`./page/${file}`, import.meta.url), 'utf8');

/** Without authentication there is no field for a token. */
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

/** A third of a second for 1.9 MB; the best, 11, takes 15 seconds for 1.7. */
const QUALITY = 6;

export interface Page {
  html: string;
  /** It is 9 MB, so it is compressed once and not for each visit. */
  brotli: Uint8Array<ArrayBuffer>;
  etag: string;
}

interface PageOptions {
  needsToken: boolean;
  /** Of the embedded emulator. */
  studioUrl: string | undefined;
}

export async function makePage({ needsToken, studioUrl }: PageOptions): Promise<Page> {
  const html = pageOf(optionsFor(needsToken), studioUrl);
  const etag = `"${createHash('sha256').update(html).digest('base64url')}"`;
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  return { html, brotli: new Uint8Array(await promisify(brotliCompress)(html, { params })), etag };
}

function pageOf(options: GraphiQLOptions, studioUrl: string | undefined): string {
  const [before, after, ...more] = amend(renderGraphiQL(options)).split(BEGIN);
  if (!before || !after || more.length > 0) throw new Error(`Expected GraphiQL to begin with ${BEGIN} once`);
  const studio = studioUrl ? `<link rel="ivs-studio" href="${studioUrl}">` : '';
  const head = `${VIEWPORT}${studio}<style>${ours('graphiql.css')}</style><script>${scripts.map(ours).join('')}</script></head>`;
  return `${before.replace('</head>', () => head)}beginGraphiQL(${after}`;
}
