// Which requests can share responses, and what must be equal for that.
import type { IncomingMessage } from 'node:http';
import type { Caller, Scope } from '../../context.ts';
import { pathOf } from '../../http/path.ts';
import { isOfAnotherSite } from '../http/cors.ts';
import { COST_HEADER } from '../http/cost-header.ts';
import { isJson } from '../http/json-only.ts';
import { isNoCache } from '../http/no-cache.ts';

/** Of a body, and of a URL. */
const MAX_LENGTH = 8 * 1024;

export interface RequestHead {
  /** What the response depends on, besides the caller's rights and the body. */
  key: string;
  bodyLength: number;
}

/** Undefined for a request that the engine always executes or refuses. */
export function readHead(
  { method, url = '', headers }: IncomingMessage,
  path: string,
): RequestHead | undefined {
  if (pathOf({ url }) !== path || url.length > MAX_LENGTH) return undefined;
  if (headers[COST_HEADER] !== undefined || isNoCache(headers['cache-control'])) return undefined;
  const type = headers['content-type'] ?? '';
  const bodyLength = method === 'POST' ? Number(headers['content-length']) : 0;
  const isRead =
    method === 'POST'
      ? bodyLength <= MAX_LENGTH && isJson(type) && headers['content-encoding'] === undefined
      : method === 'GET' && bodyLength === 0 && !isOfAnotherSite(headers['sec-fetch-site']);
  if (!isRead) return undefined;
  const parts = [method, url, type, headers.accept ?? '', headers['accept-encoding'] ?? ''];
  return { key: parts.join('\n'), bodyLength };
}

/** Equal for callers with equal rights. */
export function rightsOf(caller: Caller): string {
  const { scopes, resources, user } = caller;
  if (!resources && user === undefined) return scopesOf(scopes);
  const known = rights.get(caller);
  if (known !== undefined) return known;
  const made = JSON.stringify([scopesOf(scopes), resources ?? null, user ?? null]);
  rights.set(caller, made);
  return made;
}

const rights = new WeakMap<Caller, string>();
const names = new WeakMap<ReadonlySet<Scope>, string>();

function scopesOf(scopes: ReadonlySet<Scope>): string {
  const known = names.get(scopes);
  if (known !== undefined) return known;
  const made = [...scopes].sort().join(' ');
  names.set(scopes, made);
  return made;
}
