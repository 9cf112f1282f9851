// One name for a request, in its answer, in each line of the log that it causes, and in the errors that only the log explains.
import { randomUUID } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import { traceIdOf } from './trace.ts';

const HEADER = 'x-request-id';
/** It goes into logs and headers, so a client's own must be short and plain. */
const SANE = /^[\w.:@/+=~-]{1,128}$/;

const ids = new WeakMap<Request, string>();

/** The client's own, where it is sane. */
export function requestIdOf(request: Request): string {
  const known = ids.get(request);
  if (known) return known;
  const theirs = request.headers.get(HEADER) ?? '';
  const id = SANE.test(theirs) ? theirs : randomUUID();
  ids.set(request, id);
  return id;
}

/** What a line of the log says of the request that it is about. */
export const namesOf = (request: Request): { requestId: string; traceId?: string } => {
  const traceId = traceIdOf(request);
  return { requestId: requestIdOf(request), ...(traceId && { traceId }) };
};

export const useRequestId = (): Plugin => ({
  onResponse: ({ request, response }) => response.headers.set(HEADER, requestIdOf(request)),
});
