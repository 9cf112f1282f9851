// GraphiQL from our own files: a browser without internet shows it.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { GraphiQLOptions, Plugin } from 'graphql-yoga';
import { examples } from './examples.ts';

/** On a first visit GraphiQL's tabs jump away under the pointer that presses them, and the click is lost. */
const STILL_TABS = '<style>.graphiql-tab { transform: none !important }</style>';

const graphiql: GraphiQLOptions = {
  title: 'ivs-graphql',
  defaultTabs: examples.map(({ query, variables }) => ({
    query,
    ...(variables && { variables: JSON.stringify(variables, null, 2) }),
  })),
};

/** A third of a second for 1.9 MB; the best, 11, takes 15 seconds for 1.7. */
const QUALITY = 6;

interface Page {
  html: string;
  /** It is 9 MB, so it is compressed once and not for each visit. */
  brotli: Uint8Array<ArrayBuffer>;
  etag: string;
}

async function makePage(): Promise<Page> {
  const html = renderGraphiQL(graphiql).replace('</head>', `${STILL_TABS}</head>`);
  const etag = `"${createHash('sha256').update(html).digest('base64url')}"`;
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  return { html, brotli: new Uint8Array(await promisify(brotliCompress)(html, { params })), etag };
}

/** Shows it to browsers that go to the endpoint. What they have already, they are not sent again. */
export function useGraphiQL(endpoint: string): Plugin {
  let page: Promise<Page> | undefined;
  return {
    onRequest: async ({ request, url, fetchAPI: { Response }, endResponse }) => {
      const accepts = (header: string, what: RegExp) => what.test(request.headers.get(header) ?? '');
      if (request.method !== 'GET' || url.pathname !== endpoint || !accepts('accept', /text\/html/)) return;
      page ??= makePage();
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
