// Requests that are no call of an operation, each with the reason: a wrong path or method, no signature, an unreadable body.
import type { IncomingMessage } from 'node:http';
import { pathOf } from '../../http/path.ts';
import { nearest } from '../inputs/suggest.ts';
import { model } from '../model/model.ts';
import { Recent } from './recent.ts';

export interface Unmatched {
  /** By the clock of the emulator. */
  time: string;
  requestId: string;
  method: string;
  path: string;
  userAgent?: string;
  /** Absent where the request is not signed. */
  account?: string;
  status: number;
  errorType: string;
  reason: string;
}

const MB = 1024 * 1024;
const BOUNDS = { items: 1000, bytes: MB, allItems: 10_000, allBytes: 8 * MB };
const MOST_CHARACTERS = 500;
const UNSIGNED = '-';

export class UnmatchedLog {
  #recent = new Recent<Unmatched>(BOUNDS);

  add(unmatched: Unmatched): void {
    const { account = UNSIGNED, path, reason, userAgent = '' } = unmatched;
    this.#recent.add(account, unmatched, 300 + path.length + reason.length + userAgent.length);
  }

  /** The stored ones, oldest first. */
  list(account?: string): Unmatched[] {
    return this.#recent.list(account);
  }

  clear(account?: string): void {
    this.#recent.clear(account);
  }
}

export const shownPathOf = (request: IncomingMessage): string => pathOf(request).slice(0, MOST_CHARACTERS);

/** More than the response says, which has the words of AWS. */
export function reasonOf(request: IncomingMessage, { type, message }: { type: string; message: string }) {
  const hint = type === 'UnknownOperationException' ? hintFor(request) : undefined;
  return (hint ?? message).slice(0, MOST_CHARACTERS);
}

function hintFor(request: IncomingMessage): string | undefined {
  const { method } = request;
  const path = shownPathOf(request);
  const template = path.startsWith('/tags/') ? '/tags/{resourceArn}' : path;
  const methods = new Set(model.filter((operation) => operation.path === template).map((one) => one.method));
  if (methods.size > 0)
    return `${path}: expected the method ${[...methods].sort().join(' or ')}, got ${method}`;
  const near = nearest([...new Set(model.map((operation) => operation.path))], path);
  return near === undefined ? undefined : `${method} ${path} is no operation of IVS: did you mean ${near}?`;
}
