// One call as it is on the wire: written by hand, or by the SDK with its raw answer kept.
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import * as ivs from '@aws-sdk/client-ivs';
import * as ivsRealtime from '@aws-sdk/client-ivs-realtime';
import type { Operation } from '../../../src/emulator/model/model.ts';

export type Input = Record<string, unknown>;
export const sdks = { ivs, 'ivs-realtime': ivsRealtime };

export interface Request {
  method: string;
  path: string;
  query: [name: string, value: string][];
  body: string | undefined;
}

export interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
  /** The text as JSON; what is no JSON is empty here. */
  body: Record<string, unknown>;
  /** Of an error, what it is called. */
  type: string | undefined;
}

export interface Parsed {
  answer: Answer;
  /** What the SDK made of it: one of the two. */
  output?: Record<string, unknown>;
  error?: Record<string, unknown>;
}

/** The request for an input; a text is the body as it stands, and a member that is undefined is left out. */
export function requestOf({ method, path, input: shape }: Operation, input: Input | string): Request {
  if (typeof input === 'string') return { method, path, query: [], body: input };
  const [body, query]: [Input, Request['query']] = [{}, []];
  let label = '';
  for (const [name, value] of Object.entries(input)) {
    const binding = shape.members.get(name)?.binding ?? 'body';
    if (binding === 'path') label = encodeURIComponent(String(value ?? ''));
    else if (binding === 'query')
      query.push(...[value ?? []].flat().map((one) => [name, String(one)] as [string, string]));
    else body[name] = value;
  }
  return {
    method,
    path: path.replace(/{.*}/, label),
    query,
    body: method === 'POST' ? JSON.stringify(body) : undefined,
  };
}

export function answerOf(status: number, headers: Answer['headers'], written: string): Answer {
  let body: unknown;
  try {
    body = JSON.parse(written);
  } catch {
    // AWS answers some errors of its front door in other forms
  }
  return {
    status,
    headers,
    text: written,
    body: (body ?? {}) as Answer['body'],
    type: headers['x-amzn-errortype'],
  };
}

interface HttpRequest {
  method: string;
  path: string;
  query: Record<string, string[]>;
  headers: Record<string, string>;
  body: unknown;
}
interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}
type Next = (args: { request: HttpRequest }) => Promise<{ response: HttpResponse }>;
interface Command {
  middlewareStack: {
    add(middleware: (next: Next) => Next, where: { step: string; priority: 'high' | 'low' }): void;
  };
}
export interface Client {
  send(command: Command): Promise<Record<string, unknown>>;
  destroy(): void;
}

/** Before it is signed and after. */
export interface Changes {
  request?: Request;
  authorization?: string | undefined;
}

/** Sends with the SDK: its own request, or another one that it signs; its own signature, or another one or none. */
export async function sendThrough(
  client: Client,
  { service, name }: Operation,
  input: Input,
  changes: Changes = {},
): Promise<Parsed> {
  const commands = sdks[service] as unknown as Record<string, new (input: Input) => Command>;
  const command = new (commands[`${name}Command`] as new (input: Input) => Command)(input);
  let answer: Answer | undefined;
  const rewrite =
    (next: Next): Next =>
    (args) => {
      const { request } = changes;
      if (request) {
        const query: HttpRequest['query'] = {};
        for (const [member, value] of request.query) query[member] = [...(query[member] ?? []), value];
        Object.assign(args.request, { ...request, query });
      }
      return next(args);
    };
  const listen =
    (next: Next): Next =>
    async (args) => {
      if ('authorization' in changes) {
        delete args.request.headers.authorization;
        if (changes.authorization) args.request.headers.authorization = changes.authorization;
      }
      const { response } = await next(args);
      answer = answerOf(response.statusCode, response.headers, await text(response.body));
      return { response: Object.assign(response, { body: Readable.from([answer.text]) }) };
    };
  command.middlewareStack.add(rewrite, { step: 'build', priority: 'high' });
  command.middlewareStack.add(listen, { step: 'deserialize', priority: 'low' });
  try {
    const output = await client.send(command);
    return { answer: answer as unknown as Answer, output };
  } catch (error) {
    if (!answer) throw error;
    return { answer, error: error as Record<string, unknown> };
  }
}
