/** Shows it to browsers that go to the endpoint, or to `/`. What they have already, they are not sent again. */
export function useGraphiQL({ endpoint, needsToken, log }) {
    let page;
    return {
        onRequest: async ({ request, url, fetchAPI: { Response }, endResponse }) => {
            const accepts = (header, what) => what.test(request.headers.get(header) ?? '');
            if (request.method !== 'GET' || !accepts('accept', /text\/html/) || accepts('accept', /json/))
                return;
            if (url.pathname === '/')
                endResponse(new Response(null, { status: 302, headers: { location: endpoint } }));
            if (url.pathname !== endpoint)
                return;
            page ??= import('./page.js').then(({ makePage }) => makePage(needsToken));
            const loaded = await page.catch((err) => {
                // The next browser tries again: a build that replaces these files takes some seconds.
                page = undefined;
                log.error({ err }, 'the page of GraphiQL cannot be loaded');
                endResponse(new Response('GraphiQL cannot be loaded at present.', { status: 503 }));
            });
            if (!loaded)
                return;
            const { html, brotli, etag } = loaded;
            const headers = { 'cache-control': 'no-cache', etag, vary: 'Accept, Accept-Encoding' };
            if (request.headers.get('if-none-match') === etag) {
                endResponse(new Response(null, { status: 304, headers }));
                return;
            }
            const isPacked = accepts('accept-encoding', /\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/);
            const encoding = isPacked && { 'content-encoding': 'br' };
            endResponse(new Response(isPacked ? brotli : html, {
                headers: { ...headers, 'content-type': 'text/html; charset=utf-8', ...encoding },
            }));
        },
    };
}
