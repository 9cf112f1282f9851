// What all spans have in common: their parents, their ends and their errors.
import {
  type Attributes,
  type Context,
  createContextKey,
  type Link,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Parent } from '../upstream/call.ts';
import { UpstreamError } from '../upstream/errors.ts';
import { attributes } from './names.ts';

export const contextOf = (parent: Parent | undefined): Context => (parent as Context) ?? ROOT_CONTEXT;

/** The request of a subscription, for all that runs on its behalf later. */
const OPENER = createContextKey('ivs-graphql: the request of a subscription');

/** No span's, but it knows the one that it comes from. */
export const detached = (opener: Context): Context => ROOT_CONTEXT.setValue(OPENER, opener);

export const openerOf = (active: Context): Context | undefined =>
  active.getValue(OPENER) as Context | undefined;

/** To other traces, each once, and not to that of the span itself. */
export function linksTo(parents: readonly (Parent | undefined)[], own: Parent | undefined): Link[] {
  const ownSpan = trace.getSpanContext(contextOf(own))?.spanId;
  const found = parents.flatMap((parent) => trace.getSpanContext(contextOf(parent)) ?? []);
  const bySpan = new Map(found.map((context) => [context.spanId, { context }]));
  if (ownSpan) bySpan.delete(ownSpan);
  return [...bySpan.values()];
}

/** Only the kind of the error: its message can hold what a client has sent. */
export function markFailed(span: Span, type: string): void {
  span.setAttribute(attributes.errorType, type);
  span.setStatus({ code: SpanStatusCode.ERROR, message: type });
}

/** The SDK's name for what AWS did not name. */
const nameOf = ({ awsCode }: UpstreamError): string | undefined =>
  awsCode === 'Unknown' ? undefined : awsCode;

/** AWS's own name of the error, or our code for it. */
export function typeOf(error: unknown): string {
  if (error instanceof UpstreamError) return nameOf(error) ?? error.code;
  return error instanceof Error ? error.name : 'Error';
}

/** Without the members that have no value. */
export const defined = (values: Record<string, Attributes[string]>): Attributes =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
