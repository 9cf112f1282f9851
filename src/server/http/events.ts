// `POST /events`: an API destination of EventBridge brings one event in each request, over a new connection. Outside of the
// engine, and of its limits and CORS.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { MalformedEventError } from '../../events/envelope.ts';
import { type EventObserver, type ReceiveEvent, receiverOf } from '../../events/receiver.ts';
import { pathOf } from '../../http/path.ts';
import type { Upstream } from '../../upstream/upstream.ts';
import { isLoopbackName } from './address.ts';
import { isSame } from './constant-time.ts';

export interface EventsOptions {
  path: string;
  /** One of these is required, where there are any. */
  secrets: readonly string[];
  /** Events of other regions are not recorded. */
  regions: readonly string[];
  /** Those of other accounts neither; absent: those of any account are. */
  accounts?: readonly string[] | undefined;
  observer?: EventObserver | undefined;
}

interface Options extends EventsOptions {
  upstream: Pick<Upstream, 'events'>;
  isLoopbackOnly: boolean;
  log: Logger;
  now?: (() => number) | undefined;
}

/** Four times what EventBridge has allowed for years. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Being recorded at once: each takes a millisecond or two. */
const MAX_IN_PROGRESS = 1000;
const RETRY_AFTER_SECONDS = 5;

/** EventBridge repeats 401, 407, 409, 429, 5xx and time-outs (5 s), and gives up after any other status. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    [this.status, this.code, this.headers] = [status, code, headers];
  }
}

const unavailable = (message: string): Refusal =>
  new Refusal(503, 'UNAVAILABLE', message, { 'retry-after': String(RETRY_AFTER_SECONDS) });

/** A request, whichever API it came by. */
interface EventRequest {
  method: string | undefined;
  header(name: string): string;
  body(): Promise<string>;
}

interface EventResponse {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

/** Responds to requests for the path of events. */
export function eventsEndpoint(options: Options) {
  const receive = limited(receiverOf({ ...options, events: options.upstream.events }));
  return (request: EventRequest): Promise<EventResponse> =>
    serve(request, options, receive).then(
      (outcome) => ({ status: 200, body: { outcome } }),
      (error) => refusalFor(error, options.log),
    );
}
type Endpoint = ReturnType<typeof eventsEndpoint>;

/** Calls `next` for other paths. */
export function receiveEvents(next: RequestListener, path: string, respond: Endpoint): RequestListener {
  return (request, response) => {
    if (pathOf(request) !== path) return next(request, response);
    const header = (name: string) => String(request.headers[name] ?? '');
    void respond({ method: request.method, header, body: () => bodyOf(request) }).then((answer) =>
      send(response, answer),
    );
  };
}

/** The same for requests without a socket. Undefined for other paths. */
export async function fetchEvents(request: Request, path: string, respond: Endpoint) {
  const url = new URL(request.url);
  if (url.pathname !== path) return undefined;
  const header = (name: string) => request.headers.get(name) ?? (name === 'host' ? url.host : '');
  const body = async () => checked(await request.text());
  const { status, body: answer, headers = {} } = await respond({ method: request.method, header, body });
  return Response.json(answer, { status, headers });
}

async function serve(
  request: EventRequest,
  { secrets, isLoopbackOnly, observer }: Options,
  receive: ReceiveEvent,
): Promise<string> {
  if (secrets.length === 0 && isLoopbackOnly && !isLoopbackName(request.header('host')))
    throw new Refusal(403, 'FORBIDDEN', 'Expected the Host header to be a name of this machine');
  if (request.method !== 'POST')
    throw new Refusal(405, 'METHOD_NOT_ALLOWED', 'Expected POST', { allow: 'POST' });
  if (!isAllowed(request.header('x-ivs-events-key'), secrets)) {
    observer?.received('other', 'unauthorized');
    const headers = { 'www-authenticate': 'x-ivs-events-key' };
    throw new Refusal(401, 'UNAUTHENTICATED', 'x-ivs-events-key: expected a value of EVENTS_SECRET', headers);
  }
  // A page in a browser cannot send it to another origin without asking first.
  if (!/^application\/([\w.-]+\+)?json\b/i.test(request.header('content-type')))
    throw new Refusal(415, 'BAD_REQUEST', 'Expected Content-Type: application/json');
  return receive(await request.body());
}

/** Each is compared, so that the time does not say which one is near. */
function isAllowed(key: string, secrets: readonly string[]): boolean {
  const same = secrets.filter((secret) => isSame(key, secret));
  return secrets.length === 0 || same.length > 0;
}

const tooLarge = () => new Refusal(413, 'BAD_REQUEST', `Expected at most ${MAX_BODY_BYTES} bytes`);

function checked(text: string): string {
  if (Buffer.byteLength(text) > MAX_BODY_BYTES) throw tooLarge();
  return text;
}

async function bodyOf(request: IncomingMessage & { body?: unknown }): Promise<string> {
  // A framework has read it, and parsed it perhaps.
  const { body } = request;
  if (request.readableEnded && body !== undefined)
    return checked(typeof body === 'string' ? body : JSON.stringify(body));
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else reject(tooLarge());
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', () => reject(new Refusal(400, 'BAD_REQUEST', 'The body ended early')));
  });
}

function limited(receive: ReceiveEvent): ReceiveEvent {
  let inProgress = 0;
  return async (text) => {
    if (inProgress >= MAX_IN_PROGRESS) throw unavailable('Too many events at once');
    inProgress += 1;
    try {
      return await receive(text);
    } finally {
      inProgress -= 1;
    }
  };
}

function refusalFor(error: Error, log: Logger): EventResponse {
  const refusal = refusalOf(error);
  if (refusal.status === 400) log.warn({ reason: error.message }, 'malformed event');
  if (!(error instanceof Refusal) && refusal.status === 503)
    log.warn({ reason: error.message }, 'event not recorded');
  const { status, code, message, headers } = refusal;
  return {
    status,
    body: { errors: [{ message, extensions: { code } }] },
    headers: { connection: 'close', ...headers },
  };
}

function refusalOf(error: Error): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof MalformedEventError) return new Refusal(400, 'BAD_REQUEST', error.message);
  return unavailable('The event could not be recorded');
}

function send(response: ServerResponse, { status, body, headers }: EventResponse): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
