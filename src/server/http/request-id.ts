// One id for a request, in its response, in each line of the log that it causes, and in the errors that only the log explains.
import { randomUUID } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import type { Headers } from './address.ts';
import { traceIdOf } from './trace.ts';

export const REQUEST_ID = 'x-request-id';
/** It goes into logs and headers, so a client's own must be short and plain. */
const SANE = /^[\w.:@/+=~-]{1,128}$/;

/** In yoga's server context, which is one for each HTTP request and reaches all hooks from onRequest to onResponse. */
export interface RequestNames {
  /** The client's own, where it is sane. */
  requestId: string;
  traceId?: string | undefined;
}

/** What a line of the log says of the request that it is about; the trace by OpenTelemetry's name for it. */
export const namesOf = ({ requestId, traceId }: RequestNames) => ({
  requestId,
  ...(traceId && { trace_id: traceId }),
});

export const requestNamesOf = (request: Headers): RequestNames => ({
  requestId: idOf(request),
  traceId: traceIdOf(request),
});

/** Comes first, so that all others know the names. */
export const useRequestId = (): Plugin<object, Partial<RequestNames>> => ({
  onRequest: ({ request, serverContext }) => {
    Object.assign(serverContext, requestNamesOf(request));
  },
  onResponse: ({ request, response, serverContext }) =>
    response.headers.set(REQUEST_ID, serverContext.requestId ?? idOf(request)),
});

function idOf({ headers }: Headers): string {
  const theirs = headers.get(REQUEST_ID) ?? '';
  return SANE.test(theirs) ? theirs : randomUUID();
}
