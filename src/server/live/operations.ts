// One operation over a web socket: it goes through the engine as a request of its own, so that all that holds for requests holds
// for it.
import type { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Live } from './subscriptions.ts';

export interface Engine {
  handleRequest(request: Request, context: object): Promise<Response> | Response;
  fetchAPI: { Request: typeof Request };
}

interface Origin {
  /** Of GraphQL. */
  path: string;
  /** Of the connection, and what it said for all of its operations. */
  headers: Record<string, string>;
  req: IncomingMessage;
  signal: AbortSignal;
}

/** What became of it: `subscriber` in place of the result where messages are for it. */
export async function runOperation(
  engine: Engine,
  payload: object,
  { path, headers, req, signal }: Origin,
): Promise<Live> {
  const live: Live = { takes: 'result' };
  const request = new engine.fetchAPI.Request(`http://gateway${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(payload),
    signal,
  });
  const response = await engine.handleRequest(request, { req, live });
  // A plugin has responded, and no operation was executed.
  if (!live.subscriber && live.result === undefined) live.result = await resultOf(response);
  return live;
}

async function resultOf(response: Response): Promise<object> {
  const text = await response.text();
  const message = `Expected a result, got status ${response.status}: ${text.slice(0, 200)}`;
  return { errors: [new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })] };
}

/** Those of one connection that make no sense for a request of its own. */
const OF_CONNECTION =
  /^(accept.*|connection|content-.*|cache-control|origin|pragma|sec-.*|transfer-encoding|upgrade|x-request-id)$/;

/** What the upgrade and `connectionParams` say of all operations. A token in the latter comes first. */
export function headersFor(
  { headers }: IncomingMessage,
  params: Record<string, unknown> = {},
): Record<string, string> {
  const given = Object.entries(headers).filter(([name, value]) => value && !OF_CONNECTION.test(name));
  const all = Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
  const token = params.authorization ?? params.Authorization;
  return typeof token === 'string' ? { ...all, authorization: token } : all;
}
