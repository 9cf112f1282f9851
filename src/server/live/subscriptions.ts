// Subscriptions: what stands before a source is opened, and where its messages go. Those of a live source are executed once for
// all equal subscribers; any other source is executed by itself.
import type { DocumentNode, GraphQLError } from 'graphql';
import { createGraphQLError, isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import type { Part } from '../operation.ts';
import { acceptsMultipart, framingOf } from './accepted.ts';
import type { MessageExecutor } from './executor.ts';
import { type Framing, sse } from './frames.ts';
import { Group } from './group.ts';
import type { Groups } from './groups.ts';
import type { Hub } from './hub.ts';
import { errorsOfRoot } from './root-rule.ts';
import { type Args, sharingOf } from './sharing.ts';
import { StreamSink } from './sinks.ts';
import { Subscriber } from './subscriber.ts';

/** Of one request: how what serves it takes the messages, and what became of it. */
export interface Live {
  /** Whether it takes a subscriber or a result in place of a response with a body. */
  takes?: 'subscriber' | 'result';
  subscriber?: Subscriber;
  /** The form of its messages, and the head of its response. */
  framing?: Framing;
  response?: Response;
  result?: unknown;
}

/** In yoga's server context. */
export interface LiveContext {
  live?: Live;
}

type SubscriptionArgs = Args & { contextValue: Args['contextValue'] & Required<LiveContext> };

interface Options {
  hub: Hub;
  groups: Groups;
  executor: MessageExecutor;
}

export function useSubscriptions(options: Options): Plugin<Context, LiveContext> {
  return {
    ...options.executor.plugin,
    onRequestParse: ({ request, serverContext }) => {
      serverContext.live ??= {};
      // A client that takes only this form for subscriptions takes JSON for all else.
      if (acceptsMultipart(request.headers.get('accept') ?? ''))
        request.headers.append('accept', 'application/json');
    },
    onValidate: ({ params, setResult }) => {
      const errors = errorsOfRoot(params.documentAST as DocumentNode);
      if (errors.length > 0) setResult(errors);
    },
    onSubscribe: ({ args, setSubscribeFn, setResultAndStopExecution }) => {
      const begun = args as unknown as SubscriptionArgs;
      const { request, live } = begun.contextValue;
      // Yoga would find that out with a source that is open already, and leave it open.
      if (live.takes !== 'result' && !framingOf(request))
        return setResultAndStopExecution({ errors: [notAccepted(request)] });
      setSubscribeFn(() => subscribe(begun, options));
    },
    onResultProcess: ({ request, serverContext: { live }, result, setResultProcessor }) => {
      if (!live) return;
      if (live.takes === 'result') setResultProcessor(takeResult(live) as never, 'application/json');
      else if (live.subscriber && isAsyncIterable(result))
        setResultProcessor(respondLive(live, live.subscriber, request) as never, 'text/event-stream');
    },
    // What was to take it did not: another plugin responded.
    onResponse: ({ serverContext: { live } }) => {
      if (live?.subscriber && !live.takes && !live.subscriber.sink) live.subscriber.leave();
    },
  };
}

async function subscribe(args: SubscriptionArgs, { hub, groups, executor }: Options) {
  const { caller, live, request } = args.contextValue;
  let counted: ReturnType<Hub['begin']>;
  try {
    counted = hub.begin(caller);
  } catch (error) {
    return { errors: [error] };
  }
  const { key, after } = sharingOf(args);
  const opened = await groups.open(key, args);
  if (opened instanceof Group) {
    const options = { after: after ?? lastEventId(request), expiresAt: caller.expiresAt };
    live.subscriber = new Subscriber(hub, opened, counted, options);
    return STAND_IN;
  }
  if ('iterable' in opened && (live.takes === 'result' || framingOf(request) === sse))
    return resultsOf(opened.iterable, args, { executor, onEnd: () => hub.end(counted) });
  hub.end(counted);
  if ('errors' in opened) return { errors: opened.errors?.map(withStatus) };
  await opened.iterable[Symbol.asyncIterator]().return?.();
  return { errors: [notAccepted(request)] };
}

/** Of EventSource, when it comes back. */
const lastEventId = ({ headers }: Request): string | undefined => headers.get('last-event-id') || undefined;

/** In place of the results, which do not pass through yoga. */
const STAND_IN: AsyncIterable<Part> = {
  [Symbol.asyncIterator]: () => ({
    next: () => new Promise(() => {}),
    return: async () => ({ done: true, value: undefined }),
  }),
};

/** For yoga the subscription has ended: its timers and counts are those of a request. */
const endForYoga = (result: unknown): void =>
  void (result as AsyncIterable<Part>)[Symbol.asyncIterator]().return?.();

const takeResult =
  (live: Live) =>
  (result: unknown, { Response }: typeof globalThis) => {
    if (live.subscriber) endForYoga(result);
    else live.result = result;
    return new Response(null);
  };

const respondLive =
  (live: Live, subscriber: Subscriber, request: Request) =>
  (result: unknown, { Response }: typeof globalThis) => {
    endForYoga(result);
    const framing = framingOf(request) ?? sse;
    const { headers } = framing;
    if (live.takes) {
      live.framing = framing;
      live.response = new Response(null, { headers });
      return live.response;
    }
    const leave = () => subscriber.leave();
    const sink = new StreamSink(framing, leave);
    subscriber.attach(sink);
    request.signal.addEventListener('abort', leave, { once: true });
    if (request.signal.aborted) leave();
    return new Response(sink.body, { headers });
  };

interface Alone {
  executor: MessageExecutor;
  onEnd: () => void;
}

async function* resultsOf(
  source: AsyncIterable<unknown>,
  args: SubscriptionArgs,
  { executor, onEnd }: Alone,
): AsyncGenerator<Part> {
  const context = args.contextValue;
  const executed = { args, context };
  try {
    for await (const event of until(context.signal, source)) yield await executor.execute(executed, event);
  } catch (error) {
    // The client has left and cannot read the reason.
    if (context.request.signal.aborted) return;
    yield await executor.fail(executed, error);
  } finally {
    onEnd();
  }
}

/** Ends with the source or with the signal, also while the source waits for its next event. */
function until<Event>(signal: AbortSignal, source: AsyncIterable<Event>): AsyncIterable<Event> {
  const events = source[Symbol.asyncIterator]();
  const close = async () => void (await events.return?.());
  const next = () =>
    new Promise<IteratorResult<Event>>((resolve, reject) => {
      const abort = () => {
        reject(signal.reason);
        close().catch(() => undefined);
      };
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      const settled = () => signal.removeEventListener('abort', abort);
      events.next().then(resolve, reject).finally(settled);
    });
  const end = async () => {
    await close();
    return { done: true, value: undefined } as const;
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: end }) };
}

/**
 * As that of a query whose field has failed: nothing is wrong with the request or the gateway. Yoga would take 500, and clients
 * of Server-Sent Events do not read the body of that.
 */
const withStatus = (error: GraphQLError): GraphQLError =>
  Object.assign(error, { extensions: { http: { status: 200 }, ...error.extensions } });

const notAccepted = ({ headers }: Request) =>
  createGraphQLError(
    `Expected a subscription to come with accept: text/event-stream, got: ${JSON.stringify(headers.get('accept')?.slice(0, 100))}`,
    { extensions: { code: 'BAD_USER_INPUT', http: { status: 406 } } },
  );
