// GraphiQL from our own files: a browser without internet shows it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { GraphiQLOptions, Plugin } from 'graphql-yoga';
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

/** A third of a second for 1.9 MB; the best, 11, takes 15 seconds for 1.7. */
const QUALITY = 6;

interface Page {
  html: string;
  /** It is 9 MB, so it is compressed once and not for each visit. */
  brotli: Uint8Array<ArrayBuffer>;
  etag: string;
}

async function makePage(options: GraphiQLOptions): Promise<Page> {
  const html = pageOf(options);
  const etag = `"${createHash('sha256').update(html).digest('base64url')}"`;
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  return { html, brotli: new Uint8Array(await promisify(brotliCompress)(html, { params })), etag };
}

/** Shows it to browsers that go to the endpoint, or to `/`. What they have already, they are not sent again. */
export function useGraphiQL({ endpoint, needsToken }: { endpoint: string; needsToken: boolean }): Plugin {
  let page: Promise<Page> | undefined;
  return {
    onRequest: async ({ request, url, fetchAPI: { Response }, endResponse }) => {
      const accepts = (header: string, what: RegExp) => what.test(request.headers.get(header) ?? '');
      if (request.method !== 'GET' || !accepts('accept', /text\/html/) || accepts('accept', /json/)) return;
      if (url.pathname === '/')
        endResponse(new Response(null, { status: 302, headers: { location: endpoint } }));
      if (url.pathname !== endpoint) return;
      page ??= makePage(optionsFor(needsToken));
      const { html, brotli, etag } = await page;
      const headers = { 'cache-control': 'no-cache', etag, vary: 'Accept, Accept-Encoding' };
      if (request.headers.get('if-none-match') === etag) {
        endResponse(new Response(null, { status: 304, headers }));
        return;
      }
      const isPacked = accepts('accept-encoding', /\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/);
      const encoding = isPacked && { 'content-encoding': 'br' };
      endResponse(
        new Response(isPacked ? brotli : html, {
          headers: { ...headers, 'content-type': 'text/html; charset=utf-8', ...encoding },
        }),
      );
    },
  };
}

function pageOf(options: GraphiQLOptions): string {
  const [before, after, ...more] = renderGraphiQL(options).split(BEGIN);
  if (!before || !after || more.length > 0) throw new Error(`Expected GraphiQL to begin with ${BEGIN} once`);
  const head = `<style>${ours('graphiql.css')}</style><script>${ours('graphiql.js')}</script></head>`;
  return `${before.replace('</head>', () => head)}beginGraphiQL(${after}`;
}
