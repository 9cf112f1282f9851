// Which web pages may ask. Closed until origins are given: a page of another site learns nothing and starts nothing.
import { createGraphQLError, type Plugin } from 'graphql-yoga';

export type CorsOrigins = readonly string[] | '*';

/** Ours, and those that clients and tracers add to each request of a page by themselves. */
const ALLOWED_HEADERS = [
  ...[
    'authorization',
    'cache-control',
    'content-type',
    'last-event-id',
    'traceparent',
    'tracestate',
    'x-ivs-cost',
    'x-request-id',
  ],
  // How clients say their name, and that they are no form of another page
  ...['apollographql-client-name', 'apollographql-client-version', 'graphql-client-name'],
  ...['graphql-client-version', 'x-graphql-client-name', 'x-graphql-client-version'],
  ...['apollo-require-preflight', 'graphql-require-preflight', 'x-apollo-operation-id'],
  ...['x-apollo-operation-name', 'x-requested-with'],
  // W3C, Sentry, Zipkin, Jaeger, Datadog, Elastic, New Relic, Application Insights, X-Ray
  ...['baggage', 'sentry-trace', 'b3', 'x-b3-flags', 'x-b3-parentspanid', 'x-b3-sampled', 'x-b3-spanid'],
  ...['x-b3-traceid', 'uber-trace-id', 'x-datadog-origin', 'x-datadog-parent-id'],
  ...['x-datadog-sampling-priority', 'x-datadog-tags', 'x-datadog-trace-id', 'elastic-apm-traceparent'],
  ...['newrelic', 'request-context', 'request-id', 'x-amzn-trace-id', 'x-correlation-id'],
];
const EXPOSED_HEADERS = 'retry-after, x-request-id';
/** Browsers cache a preflight for two hours at most, so as long is as good as for ever. */
const MAX_AGE_SECONDS = '7200';

export function useCors(origins: CorsOrigins, moreHeaders: readonly string[] = []): Plugin {
  const allowedHeaders = [...ALLOWED_HEADERS, ...moreHeaders].join(', ');
  const isAllowed = (origin: string | null) => !!origin && isAllowedBy(origins, origin);
  return {
    onRequest: ({ request, fetchAPI, endResponse }) => {
      const origin = request.headers.get('origin');
      if (request.method !== 'OPTIONS' || !origin || !isPreflight(request)) return;
      endResponse(new fetchAPI.Response(null, { status: isAllowed(origin) ? 204 : 403 }));
    },
    onRequestParse: ({ request }) => {
      const origin = request.headers.get('origin');
      // A page can send a GET of its own accord (an image will do) and spend AWS calls, though it cannot read the response.
      const site = request.headers.get('sec-fetch-site') ?? undefined;
      if (request.method === 'GET' && isOfAnotherSite(site) && !isAllowed(origin)) throw foreign();
    },
    onResponse: ({ request, response: { headers } }) => {
      if (origins.length === 0) return;
      const origin = request.headers.get('origin');
      if (origins !== '*') headers.append('vary', 'Origin');
      for (const [name, value] of corsHeaders(origins, origin)) headers.set(name, value);
      if (request.method !== 'OPTIONS' || !isAllowed(origin)) return;
      headers.set('access-control-allow-methods', 'GET, POST');
      headers.set('access-control-allow-headers', allowedHeaders);
      headers.set('access-control-max-age', MAX_AGE_SECONDS);
    },
  };
}

const isAllowedBy = (origins: CorsOrigins, origin: string) => origins === '*' || origins.includes(origin);

/** Of any response but that to a preflight, which has more. */
export function corsHeaders(
  origins: CorsOrigins,
  origin: string | null | undefined,
): readonly (readonly [string, string])[] {
  if (origins.length === 0 || !origin || !isAllowedBy(origins, origin)) return [];
  const exposed = ['access-control-expose-headers', EXPOSED_HEADERS] as const;
  if (origins === '*') return [['access-control-allow-origin', '*'], exposed];
  return [['access-control-allow-origin', origin], ['access-control-allow-credentials', 'true'], exposed];
}

/** Of a web socket: a page of this gateway, or one that may send requests. Other clients than browsers send no origin. */
export function isOwnOrigin(
  origins: CorsOrigins,
  { host, origin }: { host: string; origin: string | undefined },
): boolean {
  if (origin === undefined || isAllowedBy(origins, origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

const isPreflight = (request: Request) => request.headers.has('access-control-request-method');

/** Browsers send it; other clients do not, and are no page's tool. */
export const isOfAnotherSite = (site: string | string[] | undefined): boolean =>
  site === 'cross-site' || site === 'same-site';

const foreign = () =>
  createGraphQLError('Expected a query over GET to come from an origin in CORS_ORIGINS. Use POST.', {
    extensions: { code: 'FORBIDDEN', http: { status: 403 } },
  });
