// Reads a request into the operation it calls and the input it carries.
import type { IncomingMessage } from 'node:http';
import { pathOf } from '../../http/path.ts';
import { tooLarge, unknownOperation, unreadable } from '../errors.ts';
import { parseArn, serviceOfKind } from '../model/identifiers.ts';
import { model, type Operation } from '../model/model.ts';
import { readStructure } from './serialization.ts';

const BODY_BYTES = 1024 * 1024;
const DRAINED_BYTES = 16 * BODY_BYTES;
const TAGS_PATH = '/tags/';

// By method and path, of which the tag operations' is the only one with a parameter. Both services have those.
const routes = new Map<string, Operation[]>();
for (const operation of model) {
  const route = `${operation.method} ${operation.path}`;
  routes.set(route, [...(routes.get(route) ?? []), operation]);
}

export interface Route {
  operation: Operation;
  resourceArn?: string;
  query: URLSearchParams;
}

export function findRoute(request: IncomingMessage): Route {
  const route = matchRoute(request);
  if (!route) throw unknownOperation(`${request.method} ${pathOf(request).slice(0, 200)}`);
  return route;
}

/** Whether it calls an operation of IVS. Other services have tags on the same path, of resources of their own. */
export function isRouted(request: IncomingMessage): boolean {
  const route = matchRoute(request);
  return route !== undefined && (route.resourceArn?.startsWith('arn:aws:ivs:') ?? true);
}

function matchRoute({ method = '', url = '' }: IncomingMessage): Route | undefined {
  const [path = '', search = ''] = url.split('?', 2);
  const query = new URLSearchParams(search);
  const resourceArn = path.startsWith(TAGS_PATH) ? decode(path.slice(TAGS_PATH.length)) : undefined;
  const template = resourceArn === undefined ? path : `${TAGS_PATH}{resourceArn}`;
  const candidates = routes.get(`${method} ${template}`);
  const service = serviceOf(resourceArn);
  const operation = candidates?.find((candidate) => candidate.service === service) ?? candidates?.[0];
  return operation && { operation, query, ...(resourceArn !== undefined && { resourceArn }) };
}

function serviceOf(resourceArn = '') {
  const arn = parseArn(resourceArn);
  return arn && serviceOfKind[arn.kind];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unreadable(`The path holds the malformed escape ${text.slice(0, 200)}`);
  }
}

/**
 * A body over AWS's limit is read for a while, since otherwise the client would not see the response. Reading stops at a
 * second limit.
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  if ((await drain(request, chunks)) > BODY_BYTES) throw tooLarge(BODY_BYTES);
  return Buffer.concat(chunks).toString();
}

/** How many bytes there were. By events, which take less than an iterator of the stream. */
function drain(request: IncomingMessage, chunks: Buffer[]): Promise<number> {
  let bytes = 0;
  return new Promise((resolve, reject) => {
    if (request.errored) reject(request.errored);
    request.once('end', () => resolve(bytes)).once('error', reject);
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= BODY_BYTES) chunks.push(chunk);
      if (bytes <= DRAINED_BYTES) return;
      request.pause();
      resolve(bytes);
    });
  });
}

export function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable('The body is not JSON');
  }
}

/** Body, path and query as one input, its members of the right types and none beside those of the model. */
export function readInput({ operation, resourceArn, query }: Route, body: string): Record<string, unknown> {
  const json = parseJson(body);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return readStructure(operation.input, json);
  const outside: [string, unknown][] = [];
  for (const [name, { binding }] of operation.input.members) {
    if (binding === 'path') outside.push([name, resourceArn]);
    if (binding === 'query' && query.has(name)) outside.push([name, query.getAll(name)]);
  }
  return readStructure(operation.input, { ...json, ...Object.fromEntries(outside) });
}
