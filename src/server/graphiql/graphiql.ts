// GraphiQL at the endpoint. The page has 9 MB: it is loaded when a browser first requests it.
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Page } from './page.ts';

interface GraphiQLOptions {
  endpoint: string;
  needsToken: boolean;
  /** Of the embedded emulator. */
  studioUrl: string | undefined;
  log: Pick<Logger, 'error'>;
}

/** Shows it to browsers that go to the endpoint, or to `/`. What they have already, they are not sent again. */
export function useGraphiQL({ endpoint, needsToken, studioUrl, log }: GraphiQLOptions): Plugin {
  let page: Promise<Page> | undefined;
  return {
    onRequest: async ({ request, url, fetchAPI: { Response }, endResponse }) => {
      const accepts = (header: string, what: RegExp) => what.test(request.headers.get(header) ?? '');
      if (request.method !== 'GET' || !accepts('accept', /text\/html/) || accepts('accept', /json/)) return;
      if (url.pathname === '/')
        endResponse(new Response(null, { status: 302, headers: { location: endpoint } }));
      if (url.pathname !== endpoint) return;
      page ??= import('./page.ts').then(({ makePage }) => makePage({ needsToken, studioUrl }));
      const loaded = await page.catch((err: unknown) => {
        // The next browser tries again: a build that replaces these files takes some seconds.
        page = undefined;
        log.error({ err }, 'the page of GraphiQL cannot be loaded');
        endResponse(new Response('GraphiQL cannot be loaded at present.', { status: 503 }));
      });
      if (!loaded) return;
      const { html, brotli, etag } = loaded;
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
