// One span for each HTTP request, also where the response cache responds.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  type TextMapGetter,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { pathOf } from '../http/path.ts';
import { untilEnd } from '../http/until-end.ts';
import { attributes } from './names.ts';
import { defined, markFailed } from './spans.ts';

/** Sent every few seconds by balancers and collectors. */
const UNTRACED = /^\/(livez|readyz|metrics)$/;
/** RFC 9110 and PATCH; others would be as many names as clients think of. */
const METHODS = /^(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH)$/;
const SERVER_ERROR = 500;

/** `routes`: the paths that a span is named after. */
export function traceListener(
  tracer: Tracer,
  routes: readonly string[],
  next: RequestListener,
): RequestListener {
  return (request, response) => {
    const { method = '' } = request;
    const path = pathOf(request);
    if (UNTRACED.test(path)) return next(request, response);
    const facts = { method, path, routes };
    // Of an instrumentation of node:http, which ends it.
    const known = trace.getActiveSpan();
    if (known) {
      known.updateName(nameOf(facts)).setAttributes(routeOf(facts));
      return next(request, response);
    }
    const parent = propagation.extract(context.active(), request.headers);
    const options = { kind: SpanKind.SERVER, attributes: { ...attributesOf(facts), ...headOf(request) } };
    const span = tracer.startSpan(nameOf(facts), options, parent);
    // A subscription is released when it has begun: its messages have spans of their own.
    untilEnd(response, () => end(span, response));
    context.with(trace.setSpan(parent, span), () => next(request, response));
  };
}

/** Of a request without a socket of its own: an operation over a web socket, or one of a program that embeds the gateway. */
export async function traceFetched(
  tracer: Tracer,
  route: string,
  request: Request,
  run: () => unknown,
): Promise<void> {
  const { method, headers, url } = request;
  const path = new URL(url).pathname;
  // A health check over a socket arrives here, too, without a span of its listener.
  if (UNTRACED.test(path) || trace.getActiveSpan()) return void (await run());
  const facts = { method, path, routes: [route] };
  const parent = propagation.extract(context.active(), headers, ofHeaders);
  const span = tracer.startSpan(
    nameOf(facts),
    { kind: SpanKind.SERVER, attributes: attributesOf(facts) },
    parent,
  );
  try {
    await context.with(trace.setSpan(parent, span), run);
  } finally {
    span.end();
  }
}

export function noteStatus(span: Span, status: number): void {
  span.setAttribute(attributes.httpStatus, status);
  if (status >= SERVER_ERROR) markFailed(span, `${status}`);
}

function end(span: Span, response: ServerResponse): void {
  // Its client has left before there was a response.
  if (response.headersSent) noteStatus(span, response.statusCode);
  span.end();
}

interface Facts {
  method: string;
  path: string;
  routes: readonly string[];
}

const methodOf = (method: string): string => (METHODS.test(method) ? method : '_OTHER');

/** Paths that are no routes are as many as clients think of. */
function nameOf({ method, path, routes }: Facts): string {
  const name = methodOf(method) === '_OTHER' ? 'HTTP' : method;
  return routes.includes(path) ? `${name} ${path}` : name;
}

const routeOf = ({ path, routes }: Facts): Attributes =>
  routes.includes(path) ? { [attributes.httpRoute]: path } : {};

/** Without the query string: it can hold variables. */
const attributesOf = (facts: Facts): Attributes => ({
  [attributes.httpMethod]: methodOf(facts.method),
  [attributes.urlPath]: facts.path,
  [attributes.urlScheme]: 'http',
  ...routeOf(facts),
});

const headOf = ({ headers, socket, httpVersion }: IncomingMessage): Attributes =>
  defined({
    [attributes.serverAddress]: headers.host?.replace(/:\d+$/, ''),
    [attributes.serverPort]: socket.localPort,
    [attributes.userAgent]: headers['user-agent'],
    [attributes.protocolVersion]: httpVersion,
  });

const ofHeaders: TextMapGetter<Headers> = {
  keys: (headers) => [...headers.keys()],
  get: (headers, name) => headers.get(name) ?? undefined,
};
