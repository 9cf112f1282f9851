// A listener in front of the engine: equal requests of callers with equal rights get the same bytes while the responses of
// AWS behind them hold. Callers are authenticated and counted first, as for any other request.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Caller } from '../../context.ts';
import { headersOf, isLoopbackName } from '../http/address.ts';
import type { Authenticate } from '../identity/authentication.ts';
import { type Admit, type Begun, endWith } from '../limits/admission.ts';
import { putBack, someOf, takeBody } from './body.ts';
import type { FlightEnd, Flights } from './flights.ts';
import type { Tracked } from './plugin.ts';
import { type RequestHead, readHead, rightsOf } from './request-key.ts';
import type { ResponseCache, Stored } from './responses.ts';
import type { Send } from './send.ts';
import { lifetimeOf, storeWhenSent } from './store.ts';

/** Results that the engine need not compute again. */
interface Known extends Tracked {
  authenticated?: Caller | Promise<Caller>;
  begun?: Begun | Promise<Begun>;
}
type Handler = (request: IncomingMessage, response: ServerResponse, known: Known) => void;

interface ResponseCachingOptions {
  /** Of GraphQL. */
  path: string;
  responses: ResponseCache;
  authenticate: Authenticate;
  admit: Admit;
  isLoopbackOnly: boolean;
  flights: Flights;
  send: Send;
}

/** A request that can be served from the cache. */
interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  head: RequestHead;
  arrivedAt: number;
  known: Known;
}

export function cacheResponses(handler: Handler, options: ResponseCachingOptions): RequestListener {
  return (request, response) => {
    // A framework has read the body: the engine takes it from there.
    const head = request.readableEnded ? undefined : readHead(request, options.path);
    if (!head || (options.isLoopbackOnly && !isLoopbackName(request.headers.host ?? '')))
      return handler(request, response, {});
    const exchange = { request, response, head, arrivedAt: performance.now(), known: {} };
    // A body that arrived with the headers is in the stream by then.
    process.nextTick(respond, exchange, handler, options);
  };
}

function respond(exchange: Exchange, handler: Handler, options: ResponseCachingOptions): void {
  const { request, response, known } = exchange;
  if (respondAtOnce(exchange, options)) return;
  void respondLater(exchange, options).then((isSent) => {
    // A client can leave while its request waits for an equal one.
    if (!isSent && !response.closed) handler(request, response, known);
  });
}

/** Without a wait. False where one is needed, or nothing is stored. */
function respondAtOnce(exchange: Exchange, { responses, authenticate, admit, send }: ResponseCachingOptions) {
  const { request, response, head, known } = exchange;
  known.authenticated = authenticate(headersOf(request), { req: request });
  const caller = known.authenticated;
  if (caller instanceof Promise || !responses.isCurrent()) return false;
  const body = takeBody(request, head.bodyLength);
  const stored = body && responses.get(keyOf(head, caller, body));
  const begun = stored && admitAtOnce(known, () => admit(caller));
  if (!stored || !begun) {
    if (body) request.unshift(body);
    return false;
  }
  send(stored, exchange);
  if (response.writableLength > 0) endWith(response, begun);
  else begun.end();
  return true;
}

/** Undefined where that takes time, or the request is refused: then it is refused again, with the error. */
function admitAtOnce(known: Known, admit: () => Begun | Promise<Begun>): Begun | undefined {
  try {
    const begun = admit();
    if (!(begun instanceof Promise)) return begun;
    known.begun = begun;
  } catch {}
  return undefined;
}

/** False where the engine is to respond. */
async function respondLater(exchange: Exchange, options: ResponseCachingOptions): Promise<boolean> {
  const { response, known } = exchange;
  const { responses, flights, send } = options;
  const key = await identify(exchange, options);
  if (key === undefined) return false;
  const found = await find(key, exchange, options);
  // Its token ended while it waited: the engine refuses it.
  if (found === 'refused') return false;
  if (typeof found === 'object') {
    send(found, exchange);
    return true;
  }
  known.isTracked = responses.miss(key) && found === undefined;
  const store = known.isTracked && storeWhenSent({ key, response }, responses, flights.begin(key));
  known.onAnswer = (answers) => {
    responses.note(key, lifetimeOf(answers));
    if (store) store(answers);
  };
  return false;
}

/** The key of the request, once its caller is authenticated and counted; undefined where the engine is to respond. */
async function identify(
  { request, response, head, known }: Exchange,
  { admit }: ResponseCachingOptions,
): Promise<string | undefined> {
  let caller: Caller;
  try {
    caller = await (known.authenticated as Caller | Promise<Caller>);
    known.begun ??= admit(caller);
    endWith(response, await known.begun);
  } catch (error) {
    // The engine awaits this first, and responds with the error.
    known.authenticated = Promise.reject(error);
    known.authenticated.catch(() => {});
    return undefined;
  }
  if (head.bodyLength > 0) await someOf(request);
  const body = takeBody(request, head.bodyLength);
  if (!body) return undefined;
  putBack(request, body);
  return keyOf(head, caller, body);
}

/** What is stored, or will be when an equal request in progress ends. */
async function find(
  key: string,
  { request, response, known }: Exchange,
  { responses, flights, authenticate }: ResponseCachingOptions,
): Promise<Stored | FlightEnd | 'refused' | undefined> {
  for (;;) {
    if (!responses.isCurrent()) await responses.catchUp();
    const stored = responses.isCurrent() ? responses.get(key) : undefined;
    if (stored) return stored;
    const end = await flights.join(key);
    if (end === undefined) return undefined;
    known.authenticated = authenticate(headersOf(request), { req: request });
    if (!(await isAuthenticated(known))) return 'refused';
    if (end === 'own' || response.destroyed) return end;
  }
}

const isAuthenticated = async ({ authenticated }: Known): Promise<boolean> => {
  try {
    await authenticated;
    return true;
  } catch {
    return false;
  }
};

const keyOf = ({ key }: RequestHead, caller: Caller, body: Buffer): string =>
  `${rightsOf(caller)}\n${key}\n${body.toString('latin1')}`;
