// `ivs-graphql/lambda`: events of function URLs and of API Gateway HTTP APIs (payload format 2.0), and their responses.
// Between two invocations the process is frozen: it is no replica then.
import { Readable, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import type { IvsGateway } from './library/api.ts';

/** What of an event is read. */
export interface HttpEvent {
  version?: string | undefined;
  rawPath: string;
  rawQueryString?: string | undefined;
  headers: Record<string, string | undefined>;
  cookies?: string[] | undefined;
  body?: string | undefined;
  isBase64Encoded?: boolean | undefined;
  requestContext: {
    domainName?: string | undefined;
    stage?: string | undefined;
    http: { method: string; sourceIp?: string | undefined };
  };
}

export interface HttpResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}

/** A gateway, or one that is being created: `createIvsGateway` outside of the handler runs once per instance. */
export type LambdaGateway = IvsGateway | Promise<IvsGateway>;

/** The runtime has it where a function streams its responses. */
interface LambdaRuntime {
  streamifyResponse<Handler>(handler: Handler): Handler;
  HttpResponseStream: { from(stream: Writable, head: object): Writable };
}

/** For an API Gateway HTTP API, and function URLs that buffer. */
export function httpApiHandler(gateway: LambdaGateway): (event: HttpEvent) => Promise<HttpResult> {
  const respond = invocations(gateway);
  return (event) => respond(event, bufferedResult);
}

/** For a function URL with the invoke mode RESPONSE_STREAM: results in parts and subscriptions are sent as they come. */
export function streamingHandler(
  gateway: LambdaGateway,
): (event: HttpEvent, responseStream: Writable) => Promise<void> {
  const { awslambda } = globalThis as { awslambda?: LambdaRuntime };
  if (!awslambda) throw new Error('streamingHandler: expected the Node.js runtime of AWS Lambda');
  const respond = invocations(gateway);
  return awslambda.streamifyResponse((event: HttpEvent, responseStream: Writable) =>
    respond(event, (response) => sendTo(responseStream, response, awslambda), leaving(responseStream)),
  );
}

/** Aborted when the client has left, also before the response begins. */
function leaving(stream: Writable): AbortSignal {
  const client = new AbortController();
  stream.once('close', () => {
    if (!stream.writableFinished) client.abort();
  });
  if (stream.destroyed) client.abort();
  return client.signal;
}

type Consume<Result> = (response: Response) => Promise<Result>;

/** The process may be frozen when no invocation is in progress. */
function invocations(created: LambdaGateway) {
  let inProgress = 0;
  // Reported by each invocation, and not by the runtime as unhandled.
  Promise.resolve(created).catch(() => {});
  return async <Result>(
    event: HttpEvent,
    consume: Consume<Result>,
    signal?: AbortSignal,
  ): Promise<Result> => {
    const gateway = await created;
    checkEvent(event);
    inProgress += 1;
    try {
      await gateway.resume();
      return await consume(await responseOf(gateway, event, signal));
    } finally {
      inProgress -= 1;
      if (inProgress === 0) await gateway.pause();
    }
  };
}

async function responseOf(gateway: IvsGateway, event: HttpEvent, signal?: AbortSignal): Promise<Response> {
  const { sourceIp: remoteAddress } = event.requestContext.http;
  try {
    return await gateway.fetch(requestOf(event, signal), { remoteAddress });
  } catch (error) {
    if (error instanceof NoRequestError) return badRequest(error.message, 400);
    throw error;
  }
}

const badRequest = (message: string, status: number): Response =>
  Response.json({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] }, { status });

/** An event of HTTP that is no request: the client gets status 400. */
class NoRequestError extends TypeError {}

/** For an event of another kind, such as a test of the console: there is no client that could get a status. */
function checkEvent(event: Partial<HttpEvent> | null | undefined): asserts event is HttpEvent {
  const isHttp = typeof event?.requestContext?.http === 'object' && typeof event.rawPath === 'string';
  if (isHttp && event.requestContext?.http) return;
  const got =
    event?.version ?? (typeof event === 'object' && event ? 'another event' : String(event).slice(0, 50));
  throw new TypeError(`event: expected payload format 2.0, got ${got}. Set it in the integration`);
}

export function requestOf(event: HttpEvent, signal?: AbortSignal): Request {
  checkEvent(event);
  const { requestContext: context, rawPath, rawQueryString: query, body } = event;
  const headers = headersOf(event);
  const host = context.domainName ?? headers.get('host') ?? 'lambda';
  const url = `https://${host}${pathOf(rawPath, context.stage)}${query ? `?${query}` : ''}`;
  if (!rawPath.startsWith('/') || !URL.canParse(url))
    throw new NoRequestError('Expected a host and a path of a URL');
  const { method } = context.http;
  const hasBody = typeof body === 'string' && method !== 'GET' && method !== 'HEAD';
  try {
    return new Request(url, {
      method,
      headers,
      ...(signal && { signal }),
      ...(hasBody && { body: event.isBase64Encoded ? Buffer.from(body, 'base64') : body }),
    });
  } catch {
    throw new NoRequestError(`Expected a method such as GET or POST, got ${JSON.stringify(method)}`);
  }
}

function headersOf({ headers: given, cookies }: HttpEvent): Headers {
  const headers = new Headers();
  const set = (name: string, value: string) => {
    try {
      headers.set(name, value);
    } catch {
      throw new NoRequestError(
        `Expected a header of HTTP in Latin-1, got another one: ${JSON.stringify(name)}`,
      );
    }
  };
  for (const [name, value] of Object.entries(given ?? {})) if (value !== undefined) set(name, value);
  if (cookies?.length) set('cookie', [cookies].flat().join('; '));
  return headers;
}

/** API Gateway puts the name of a stage in front, but for `$default`. */
const pathOf = (path: string, stage = '$default'): string =>
  path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path;

/** The forms in which subscriptions are sent. Results in parts have no subscriptionSpec. */
const STREAM = /^(text\/event-stream|multipart\/mixed.*\bsubscriptionSpec=)/i;
const TEXT = /^(text\/|multipart\/mixed|application\/([\w.-]+\+)?json)/;

/** RFC 9110, 7.6.1: of one connection, and this is not that of the client. */
const OF_CONNECTION = /^(connection|proxy-connection|keep-alive|te|transfer-encoding|upgrade)$/;

const headersFor = ({ headers }: Response): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !OF_CONNECTION.test(name)));

async function bufferedResult(response: Response): Promise<HttpResult> {
  const headers = headersFor(response);
  const type = headers['content-type'] ?? 'text/plain';
  if (STREAM.test(type)) return refuseStream(response);
  const bytes = Buffer.from(await response.arrayBuffer());
  const isText = TEXT.test(type) && headers['content-encoding'] === undefined;
  return {
    statusCode: response.status,
    headers,
    body: bytes.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
}

/** A subscription has no end: an HTTP API would time out with nothing. */
async function refuseStream(response: Response): Promise<HttpResult> {
  await response.body?.cancel();
  const message =
    'Expected a function URL with response streaming for subscriptions and for text/event-stream';
  return bufferedResult(badRequest(message, 406));
}

/** Rejects when the client has left, and ends the response. */
async function sendTo(stream: Writable, response: Response, { HttpResponseStream }: LambdaRuntime) {
  const head = { statusCode: response.status, headers: headersFor(response) };
  const out = HttpResponseStream.from(stream, head);
  if (response.body) return pipeline(Readable.fromWeb(response.body as never), out);
  // The runtime sends status and headers with the first write.
  out.write('');
  out.end();
  await finished(out);
}
