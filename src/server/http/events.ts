// `POST /events`: an API destination of EventBridge brings one event in each request, over a new connection. Outside of the
// engine, and of its limits and CORS.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { MalformedEventError } from '../../events/envelope.ts';
import { type EventObserver, type ReceiveEvent, receiverOf } from '../../events/receiver.ts';
import type { Upstream } from '../../upstream/upstream.ts';
import { isLoopbackName } from './address.ts';
import { isSame } from './constant-time.ts';

export interface EventsOptions {
  path: string;
  /** One of these is required, where there are any. */
  secrets: readonly string[];
  /** Events of other regions are not recorded. */
  regions: readonly string[];
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

/** Calls `next` for other paths. */
export function receiveEvents(next: RequestListener, options: Options): RequestListener {
  const { path, upstream } = options;
  const receive = limited(receiverOf({ ...options, events: upstream.events }));
  return (request, response) => {
    if (request.url?.split('?', 1)[0] !== path) return next(request, response);
    void serve(request, options, receive).then(
      (outcome) => send(response, 200, { outcome }),
      (error) => refuse(response, error, options.log),
    );
  };
}

async function serve(
  request: IncomingMessage,
  { secrets, isLoopbackOnly, observer }: Options,
  receive: ReceiveEvent,
): Promise<string> {
  const { host = '', 'x-ivs-events-key': key = '', 'content-type': type = '' } = request.headers;
  if (secrets.length === 0 && isLoopbackOnly && !isLoopbackName(host))
    throw new Refusal(403, 'FORBIDDEN', 'Expected the Host header to be a name of this machine');
  if (request.method !== 'POST')
    throw new Refusal(405, 'METHOD_NOT_ALLOWED', 'Expected POST', { allow: 'POST' });
  if (!isAllowed(String(key), secrets)) {
    observer?.received('other', 'unauthorized');
    const headers = { 'www-authenticate': 'x-ivs-events-key' };
    throw new Refusal(401, 'UNAUTHENTICATED', 'x-ivs-events-key: expected a value of EVENTS_SECRET', headers);
  }
  // A page in a browser cannot send it to another origin without asking first.
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type))
    throw new Refusal(415, 'BAD_REQUEST', 'Expected Content-Type: application/json');
  return receive(await bodyOf(request));
}

/** Each is compared, so that the time does not say which one is near. */
function isAllowed(key: string, secrets: readonly string[]): boolean {
  const same = secrets.filter((secret) => isSame(key, secret));
  return secrets.length === 0 || same.length > 0;
}

function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else reject(new Refusal(413, 'BAD_REQUEST', `Expected at most ${MAX_BODY_BYTES} bytes`));
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

function refuse(response: ServerResponse, error: Error, log: Logger): void {
  const refusal = refusalOf(error);
  if (refusal.status === 400) log.warn({ reason: error.message }, 'malformed event');
  if (!(error instanceof Refusal) && refusal.status === 503)
    log.warn({ reason: error.message }, 'event not recorded');
  const { status, code, message, headers } = refusal;
  send(
    response,
    status,
    { errors: [{ message, extensions: { code } }] },
    { connection: 'close', ...headers },
  );
}

function refusalOf(error: Error): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof MalformedEventError) return new Refusal(400, 'BAD_REQUEST', error.message);
  return unavailable('The event could not be recorded');
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
