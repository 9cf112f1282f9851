// Spans of the calls to AWS, and of what reads wait for instead of a call.
import { type Attributes, context, propagation, SpanKind, type Tracer, trace } from '@opentelemetry/api';
import type { Call, Trace } from '../upstream/call.ts';
import { UpstreamError } from '../upstream/errors.ts';
import type { ServiceName } from '../upstream/services/index.ts';
import type { Tracing } from '../upstream/tracing.ts';
import { attributes, names } from './names.ts';
import { contextOf, defined, linksTo, markFailed, openerOf, typeOf } from './spans.ts';

/** As the SDK's clients name themselves, without spaces. */
const SERVICES: Record<ServiceName, string> = { ivs: 'ivs', 'ivs-realtime': 'IVSRealTime' };

/** A shorter wait is none that a person looks for. */
const LEAST_MS = 1;

interface Metadata {
  $metadata?: { httpStatusCode?: number; requestId?: string };
}

export function callTracing(tracer: Tracer, { toAws }: { toAws: boolean }): Tracing {
  const past = (name: string, call: Call, milliseconds: number, more: Attributes, leader?: object) => {
    if (milliseconds < LEAST_MS) return;
    const startTime = Date.now() - milliseconds;
    const links = linksTo([leader], call.parent);
    const options = { startTime, links, attributes: { ...operationOf(call), ...more } };
    tracer.startSpan(name, options, contextOf(call.parent)).end();
  };
  return {
    here: () => context.active(),
    attempt: (call, send) => attempt(tracer, call, (sent) => send(toAws ? withHeaders(sent) : sent)),
    waited: (call, end, milliseconds) =>
      past(names.quotaWait, call, milliseconds, { [attributes.waitEnd]: end }),
    served: (call, by, milliseconds, leader) => past(names.served[by], call, milliseconds, {}, leader),
  };
}

async function attempt(tracer: Tracer, call: Call, send: (call: Call) => Promise<unknown>) {
  const { parent, others = [] } = call;
  const under = contextOf(parent);
  // The reads of a subscription belong to no request.
  const opener = trace.getSpan(under) ? undefined : openerOf(under);
  const span = tracer.startSpan(
    `${SERVICES[call.operation.service]}.${call.operation.name}`,
    {
      kind: SpanKind.CLIENT,
      links: linksTo([...others, opener], parent),
      attributes: { [attributes.rpcSystem]: 'aws-api', ...operationOf(call), ...repeatOf(call) },
    },
    under,
  );
  try {
    const answer = await context.with(trace.setSpan(under, span), () => send(call));
    const { httpStatusCode, requestId } = (answer as Metadata).$metadata ?? {};
    span.setAttributes(answered(httpStatusCode, requestId));
    return answer;
  } catch (error) {
    markFailed(span, typeOf(error));
    if (error instanceof UpstreamError)
      span.setAttributes(answered(error.aws?.httpStatus, error.aws?.requestId));
    throw error;
  } finally {
    span.end();
  }
}

const operationOf = ({ operation, target }: Call): Attributes => ({
  [attributes.rpcService]: SERVICES[operation.service],
  [attributes.rpcMethod]: operation.name,
  ...(target.account !== undefined && { [attributes.account]: target.account }),
  [attributes.region]: target.region,
});

/** A shared call is sent with a number that only puts it before others. */
const repeatOf = ({ attempt: number, embark }: Call): Attributes =>
  number > 1 && !embark ? { [attributes.httpResend]: number - 1 } : {};

const answered = (status: number | undefined, requestId: string | undefined): Attributes =>
  defined({ [attributes.httpStatus]: status, [attributes.awsRequestId]: requestId });

function withHeaders(call: Call): Call {
  const headers: Partial<Trace> = {};
  propagation.inject(context.active(), headers);
  const { traceparent, tracestate } = headers;
  return traceparent ? { ...call, trace: { traceparent, ...(tracestate && { tracestate }) } } : call;
}
