// The one door to OpenTelemetry. It is loaded only where traces or metrics are wanted.
import type { RequestListener } from 'node:http';
import { trace } from '@opentelemetry/api';
import type { EventObserver, ReceiveEvent } from '../events/receiver.ts';
import type { RequestTracing } from '../server/server.ts';
import type { Shared } from '../upstream/shared.ts';
import type { Tracing } from '../upstream/tracing.ts';
import { callTracing } from './calls.ts';
import { traceObserved, traceReceive, traceScripts } from './events.ts';
import { traceListener } from './http.ts';
import { attributes, names } from './names.ts';
import { noteAnswered, operationTracing } from './operations.ts';

export interface Traces extends RequestTracing {
  calls: Tracing;
  listener(next: RequestListener): RequestListener;
  receive(receive: ReceiveEvent): ReceiveEvent;
  observer(observer: EventObserver | undefined): EventObserver;
  scripts(redis: Pick<Shared, 'run' | 'catchUp'>): void;
}

interface TracesOptions {
  toAws: boolean;
  version: string;
  /** Of GraphQL. */
  path: string;
  /** That receives events. */
  events: string | undefined;
}

const SILENT: EventObserver = { received() {}, aged() {} };

/** Spans go to the SDK that is registered, or will be. */
export function createTraces({ toAws, version, path, events }: TracesOptions): Traces {
  const routes = events ? [path, events] : [path];
  const tracer = trace.getTracer(names.tracer, version);
  return {
    calls: callTracing(tracer, { toAws }),
    plugin: operationTracing(tracer, path) as RequestTracing['plugin'],
    stored: (answered) => {
      trace.getActiveSpan()?.setAttribute(attributes.isStored, true);
      noteAnswered(answered);
    },
    listener: (next) => traceListener(tracer, routes, next),
    receive: (receive) => traceReceive(tracer, receive),
    observer: (observer = SILENT) => traceObserved(observer),
    scripts: (redis) => traceScripts(tracer, redis),
  };
}

/** For each line of the log, by the names of OpenTelemetry's convention. */
export function traceIds(): object {
  const span = trace.getActiveSpan();
  // What a request has begun and does not wait for, such as a timer, is none of its own when it is over.
  if (!span || (span as { ended?: boolean }).ended) return {};
  const { traceId, spanId } = span.spanContext();
  return { trace_id: traceId, span_id: spanId };
}
