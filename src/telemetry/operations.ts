// Spans of GraphQL: parse, validate, and one for each operation, or for each message of a subscription.
import { createHash } from 'node:crypto';
import {
  type Attributes,
  context,
  type Link,
  type Span,
  SpanKind,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  type OperationTypeNode,
} from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import type { AnswerContext } from '../server/answer/answer-facts.ts';
import { type Answered, onAnswered } from '../server/answer/answered.ts';
import type { Cost } from '../upstream/ledger.ts';
import { noteStatus, traceFetched } from './http.ts';
import { attributes, names } from './names.ts';
import { defined, detached, linksTo, markFailed, openerOf } from './spans.ts';

/** Its client has chosen it, and it could be as long as a document. */
const MAX_NAME = 100;

type OperationContext = Context & Partial<AnswerContext> & { requestId?: string };
type Args = ExecutionArgs & { contextValue: OperationContext };

/** Stands last: what other plugins execute in place of an operation is executed in its span. */
export const operationTracing = (tracer: Tracer, path: string): Plugin<OperationContext> => ({
  onPluginInit: ({ addPlugin }) => addPlugin(onAnswered(noteAnswered, path) as never),
  instrumentation: {
    request: ({ request }, wrapped) => traceFetched(tracer, path, request, wrapped),
  },
  onParse: () => {
    const end = timed(tracer, names.parse);
    return ({ result }) => end(result instanceof Error ? codeOf(result, 'GRAPHQL_PARSE_FAILED') : undefined);
  },
  onValidate: () => {
    const end = timed(tracer, names.validate);
    return ({ result: [error] }) => end(error && codeOf(error, 'GRAPHQL_VALIDATION_FAILED'));
  },
  onExecute: ({ args, executeFn, setExecuteFn }) => {
    const { span, active } = begin(tracer, args);
    setExecuteFn((given) => context.with(active, () => executeFn(given)));
    return { onExecuteDone: ({ result }) => finish(span, args, isAsyncIterable(result)) };
  },
  onSubscribe: ({ args, subscribeFn, setSubscribeFn }) => {
    const { document, operationName } = args;
    const end = timed(tracer, names.subscribe, operationOf(document, operationName));
    // Else all that happens while the subscription lasts would belong to the request that has begun it.
    setSubscribeFn((given) => context.with(detached(context.active()), () => subscribeFn(given)));
    return {
      onSubscribeResult: ({ result }) => {
        const [error] = isAsyncIterable(result) ? [] : ((result as ExecutionResult).errors ?? []);
        end(error && codeOf(error, 'BAD_USER_INPUT'));
      },
    };
  },
  onResponse: ({ response }) => {
    const span = trace.getActiveSpan();
    if (span) noteStatus(span, response.status);
  },
});

function timed(tracer: Tracer, name: string, values: Attributes = {}): (code?: string) => void {
  const span = tracer.startSpan(name, { attributes: values });
  return (code) => {
    if (code) markFailed(span, code);
    span.end();
  };
}

/** As its client gets it. */
function codeOf(error: Error & { extensions?: object }, otherwise: string): string {
  const { code } = (error.extensions ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : otherwise;
}

function begin(tracer: Tracer, { document, operationName, contextValue }: Args) {
  const values = operationOf(document, operationName);
  const type = values[attributes.operationType] as OperationTypeNode | undefined;
  const options = {
    ...(type === 'subscription' ? messageOptions() : {}),
    attributes: { ...values, ...defined({ [attributes.requestId]: contextValue.requestId }) },
  };
  const span = tracer.startSpan(type ?? names.operation, options);
  return { span, active: trace.setSpan(context.active(), span) };
}

/** A message is a trace of its own: its subscription lasts for hours. It is linked with that, and with the event that caused it. */
function messageOptions(): { root: true; kind: SpanKind; links: Link[] } {
  const active = context.active();
  return { root: true, kind: SpanKind.SERVER, links: linksTo([openerOf(active), active], undefined) };
}

function operationOf(document: DocumentNode, operationName: string | null | undefined): Attributes {
  const operation = getOperationAST(document, operationName);
  return defined({
    [attributes.operationType]: operation?.operation,
    [attributes.operationName]: operation?.name?.value.slice(0, MAX_NAME),
    [attributes.documentHash]: hashOf(document),
  });
}

const hashes = new WeakMap<DocumentNode, string>();

/** SHA-256 of the text, as in automatic persisted queries and most manifests. */
function hashOf(document: DocumentNode): string | undefined {
  const known = hashes.get(document);
  const text = document.loc?.source.body;
  if (known || text === undefined) return known;
  const hash = createHash('sha256').update(text).digest('hex');
  hashes.set(document, hash);
  return hash;
}

/** A response in parts ends with its last part. */
function finish(span: Span, { contextValue }: Args, isStreamed: boolean) {
  const end = () => {
    if (span.isRecording()) describe(span, contextValue);
    span.end();
  };
  if (isStreamed) return { onEnd: end };
  end();
  return undefined;
}

function describe(span: Span, { answer, cost }: Args['contextValue']): void {
  noteCost(span, cost());
  if (!answer) return;
  span.setAttributes(outcomeOf(answer));
  const [first] = answer.codes;
  if (first) markFailed(span, first);
}

/** For the span of a request: a subscription and its messages have spans of their own. */
export function noteAnswered({ kind, operationName, ...ended }: Answered): void {
  const span = trace.getActiveSpan();
  if (!span?.isRecording() || kind === 'subscription') return;
  const named = {
    [attributes.operationType]: kind === 'none' ? undefined : kind,
    [attributes.operationName]: operationName?.slice(0, MAX_NAME),
  };
  span.setAttributes({ ...defined(named), ...outcomeOf(ended) });
}

const outcomeOf = ({ outcome, codes }: Pick<Answered, 'outcome' | 'codes'>): Attributes => ({
  [attributes.outcome]: outcome,
  ...(codes.size > 0 && { [attributes.errorCodes]: [...codes] }),
});

function noteCost(span: Span, { operations, calls, waitedMs }: Cost): void {
  const sum = (what: 'cached' | 'coalesced') =>
    operations.reduce((total, operation) => total + operation[what], 0);
  span.setAttributes({
    [attributes.calls]: calls,
    [attributes.cached]: sum('cached'),
    [attributes.coalesced]: sum('coalesced'),
    [attributes.waitMs]: waitedMs,
  });
  for (const one of operations)
    span.addEvent(names.reads, {
      [attributes.rpcMethod]: one.operation,
      ...(one.account !== undefined && { [attributes.account]: one.account }),
      [attributes.region]: one.region,
      [attributes.calls]: one.calls,
      [attributes.cached]: one.cached,
      [attributes.coalesced]: one.coalesced,
      [attributes.waitMs]: one.waitedMs,
    });
}
