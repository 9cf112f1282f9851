// What is sent for a request.
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type Flow, sendInPieces } from './flow.ts';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** How its body is sent, if not at once and whole. */
  flow?: Flow;
  /** What it says, if it is an error. */
  error?: { type: string; message: string };
}
/** What happens to the connection in place of a reply. */
export type Silence = 'hang' | 'reset';

export function reply(status: number, body: string | Buffer, headers: Record<string, string> = {}): Reply {
  const content: Record<string, string> =
    status === 204
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  return { status, body, headers: { 'x-amzn-requestid': randomUUID(), ...content, ...headers } };
}

export function send(response: ServerResponse, outcome: Reply | Silence): void {
  if (outcome === 'hang') return;
  if (outcome === 'reset') return void response.socket?.resetAndDestroy();
  // A body beyond the limit may never end: see readBody
  if (outcome.status === 413 && !response.req.complete) response.shouldKeepAlive = false;
  response.writeHead(outcome.status, outcome.headers);
  if (outcome.flow) sendInPieces(response, outcome.body, outcome.flow);
  else response.end(outcome.body);
}
