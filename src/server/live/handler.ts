// The engine as node's listener. A response that is a subscription is written to node's response by the subscription: what
// yoga made for the request is not kept for it.
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { handleErrorFromRequestHandler, sendNodeResponse } from '@whatwg-node/server';
import { release } from '../../http/until-end.ts';
import { ResponseSink } from './sinks.ts';
import type { Live } from './subscriptions.ts';

type Begun = Required<Pick<Live, 'subscriber' | 'response' | 'framing'>>;

interface Engine {
  handleNodeRequestAndResponse(
    request: IncomingMessage,
    response: EventEmitter,
    context: object,
  ): Promise<Response> | Response;
  fetchAPI: { Response: typeof Response };
}
type Handler = (request: IncomingMessage, response: ServerResponse, known?: object) => void;

export const liveHandler =
  (engine: Engine): Handler =>
  (request, response, known = {}) => {
    void serve(engine, request, response, known).catch(() => response.destroy());
  };

async function serve(engine: Engine, request: IncomingMessage, response: ServerResponse, known: object) {
  const live: Live = { takes: 'subscriber' };
  const client = clientOf(response);
  const context = { req: request, res: response, ...known, live };
  const answer = await respond(engine, request, client, context);
  const { subscriber } = live;
  if (!subscriber) return sendNodeResponse(answer as never, response as never, request as never, true);
  if (live.response === answer && !response.closed) return attach(live as Begun, request, response);
  subscriber.leave();
  await sendNodeResponse(answer as never, response as never, request as never, true);
}

/** As much of the response as yoga listens to, so that its listeners do not live as long as a subscription. */
function clientOf(response: ServerResponse): EventEmitter {
  const client = new EventEmitter();
  response.on('close', () => {
    if (!response.writableFinished) client.emit('close');
  });
  return client;
}

async function respond(engine: Engine, request: IncomingMessage, client: EventEmitter, context: object) {
  try {
    return await engine.handleNodeRequestAndResponse(request, client, context);
  } catch (error) {
    return handleErrorFromRequestHandler(error, engine.fetchAPI.Response) as Response;
  }
}

function attach(
  { subscriber, response: answer, framing }: Begun,
  request: IncomingMessage,
  response: ServerResponse,
) {
  release(response);
  // What counted and watched the request has ended with yoga's part; the connection closes with this response.
  response.removeAllListeners('close');
  request.removeAllListeners();
  response.on('close', () => subscriber.leave());
  response.on('error', ignore);
  forgetBody(request);
  response.shouldKeepAlive = false;
  response.writeHead(answer.status, [...answer.headers].flat());
  subscriber.attach(new ResponseSink(response, framing));
}

/** What was put back for yoga stays in the stream. */
function forgetBody(request: IncomingMessage & { body?: unknown }): void {
  if (request.body) request.body = undefined;
  request.read();
}

const ignore = (): void => {};
