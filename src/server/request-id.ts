// One name for a request, in its answer, in each line of the log that it causes, and in the errors that only the log explains.
import { randomUUID } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';

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

export const useRequestId = (): Plugin => ({
  onResponse: ({ request, response }) => response.headers.set(HEADER, requestIdOf(request)),
});
