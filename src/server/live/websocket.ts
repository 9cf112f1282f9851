// graphql-transport-ws on the path of GraphQL. The library speaks the protocol; operations go through the engine.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, parse } from 'graphql';
import { handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { pathOf } from '../../http/path.ts';
import { toPlain } from '../answer/plain-errors.ts';
import { isLoopbackName } from '../http/address.ts';
import { refuseUpgrade } from '../http/client-error.ts';
import { type CorsOrigins, isOwnOrigin } from '../http/cors.ts';
import type { Drain } from '../http/listener.ts';
import type { Authenticate } from '../identity/authentication.ts';
import type { Part } from '../operation.ts';
import { Connection, type Room, WebSocketSink } from './connection.ts';
import { plainResult } from './executor.ts';
import type { Hub } from './hub.ts';
import { type Engine, headersFor, runOperation } from './operations.ts';
import { endSpread } from './spread.ts';
import type { Subscriber } from './subscriber.ts';
import type { Live } from './subscriptions.ts';

/** The same as of a request, with room for what is around it. */
const MAX_MESSAGE_BYTES = 1024 * 1024 + 4096;
const PING_SECONDS = 12;
const INIT_MS = 3_000;
/** After 1008 and 1009, graphql-ws never connects again, whatever its `shouldRetry` says. */
const TRY_AGAIN_LATER = 1013;

interface Options {
  engine: Engine;
  /** Of GraphQL. */
  path: string;
  hub: Hub;
  authenticate: Authenticate;
  corsOrigins: CorsOrigins;
  isLoopbackOnly: boolean;
  maxConnections: number;
  /** On one connection at the same time. */
  maxOperations: number;
  log: Logger;
}

export class WebSockets {
  readonly #options: Options;
  readonly #connections = new Set<Connection>();
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols,
  });
  readonly #protocol: ReturnType<typeof makeServer<Record<string, unknown>, Connection>>;

  constructor(options: Options) {
    this.#options = options;
    this.#protocol = protocolOf(options);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, room: Room): void {
    // Until the web socket listens to it.
    socket.on('error', ignore);
    const refusal = this.#refusalOf(request);
    if (refusal) refuseUpgrade(socket, ...refusal);
    else
      this.#server.handleUpgrade(request, socket, head, (webSocket) =>
        this.#open(new Connection(webSocket, request, room), webSocket),
      );
  }

  #refusalOf({ url = '', headers }: IncomingMessage): [status: number, message: string] | undefined {
    const { path, hub, corsOrigins, isLoopbackOnly, maxConnections } = this.#options;
    const { host = '', origin } = headers;
    if (pathOf({ url }) !== path) return [404, `Expected the path ${path}`];
    if (isLoopbackOnly && !isLoopbackName(host))
      return [403, 'Expected the Host header to be localhost or another name of this machine'];
    // Browsers open web sockets of any page to any server, and CORS does not hold for them.
    if (!isOwnOrigin(corsOrigins, { host, origin }))
      return [403, 'Expected a page of an origin in CORS_ORIGINS'];
    if (hub.isDraining) return [503, 'The gateway is stopping. Try again.'];
    if (this.#connections.size >= maxConnections) return [503, 'Too many web sockets. Try again later.'];
    return undefined;
  }

  #open(connection: Connection, socket: WebSocket): void {
    const { hub, log } = this.#options;
    this.#connections.add(connection);
    hub.pings.add(connection, PING_SECONDS);
    hub.tick();
    const closed = this.#protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) => connection.send(text),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on('message', (data) => {
            if (connection.isUnread) socket.close(TRY_AGAIN_LATER, 'Responses are not read');
            else
              handle(String(data)).catch((error) => {
                if (connection.signal.aborted) return;
                log.error({ err: error }, 'web socket');
                socket.close(4500, 'Internal server error');
              });
          }),
      },
      connection,
    );
    socket.once('close', (code, reason) => {
      this.#connections.delete(connection);
      hub.pings.remove(connection, PING_SECONDS);
      void closed(code, String(reason));
    });
  }

  /** Clients connect again after this code. */
  drain({ delayMs, finishMs }: Drain): void {
    const { clock } = this.#options.hub;
    clock.after(delayMs, () =>
      endSpread(clock, this.#connections, finishMs, (connection) => connection.restart()),
    );
    // Who does not close is not waited for.
    clock.after(delayMs + finishMs, () => this.close());
  }

  close(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }
}

/** The library executes it in place of the operation, whose result is known by then. */
const DONE = parse('{ done }');

function protocolOf({ engine, path, authenticate, maxOperations }: Options) {
  return makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: INIT_MS,
    onConnect: async ({ extra: connection, connectionParams }) => {
      const { request } = connection;
      connection.headers = headersFor(request, connectionParams);
      const headers = new Headers(connection.headers);
      return Promise.resolve()
        .then(() => authenticate({ headers }, { req: request }))
        .then(
          () => true,
          (error) => refuseConnection(connection, error),
        );
    },
    onSubscribe: async ({ extra: connection, subscriptions }, id, payload) => {
      if (Object.keys(subscriptions).length > maxOperations) return [tooMany(maxOperations)];
      const live = await run(connection, id, payload);
      return refusalOf(live) ?? { schema: undefined as never, document: DONE, contextValue: live };
    },
    execute: ({ contextValue }) => (contextValue as Live).result as never,
    onNext: (_context, _id, _payload, _args, result) => plainResult(result as Part) as never,
    onError: (_context, _id, _payload, errors) => errors.map(toPlain),
  });

  async function run(connection: Connection, id: string, payload: SubscribePayload): Promise<Live> {
    const { headers, request: req, signal } = connection;
    const live = await runOperation(engine, payload, { path, headers, req, signal });
    if (live.subscriber) live.result = attach(live.subscriber, connection, id);
    return live;
  }
}

/** The messages pass by the library, which sends the end. */
function attach(subscriber: Subscriber, connection: Connection, id: string): AsyncGenerator<never> {
  let complete = () => {};
  const over = new Promise<IteratorResult<never>>((resolve) => {
    complete = () => resolve({ done: true, value: undefined });
  });
  const end = connection.begin();
  subscriber.onLeave(end);
  subscriber.attach(new WebSocketSink(connection, id, complete));
  const leave = () => {
    subscriber.leave();
    complete();
    return over;
  };
  if (connection.signal.aborted) void leave();
  const iterator = { next: () => over, return: leave, throw: leave, [Symbol.asyncIterator]: () => iterator };
  return iterator as unknown as AsyncGenerator<never>;
}

/** Nothing was executed: the protocol has a message for that. */
function refusalOf({ subscriber, result }: Live): readonly GraphQLError[] | undefined {
  const { data, errors } = (subscriber ? {} : result) as Part;
  if (data !== undefined || !errors?.length) return undefined;
  return errors.map((error) =>
    error instanceof GraphQLError ? error : new GraphQLError((error as Error).message),
  );
}

const tooMany = (max: number) =>
  new GraphQLError(`Expected at most ${max} operations at the same time on one connection, got more`, {
    extensions: { code: 'THROTTLED', retryAfterMs: 1000 },
  });

/** A token that cannot be checked now may be good later. */
function refuseConnection({ socket }: Connection, { message, extensions }: GraphQLError): false {
  const isOurs = (extensions?.http as { status?: number } | undefined)?.status === 503;
  socket.close(isOurs ? TRY_AGAIN_LATER : 4403, message.slice(0, 100));
  return false;
}

const ignore = (): void => {};
