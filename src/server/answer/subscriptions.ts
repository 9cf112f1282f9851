// Each event of a subscription is executed as an operation of its own: it has its own context, and all plugins that hook
// operations see it, as they see a query.
import { execute } from '@graphql-tools/executor';
import {
  createSourceEventStream,
  type ExecutionArgs,
  GraphQLError,
  getOperationAST,
  locatedError,
} from 'graphql';
import { createGraphQLError, isAsyncIterable, type Plugin } from 'graphql-yoga';
import { type Context, createOperationContext } from '../../context.ts';
import type { Part } from '../operation.ts';

type Execute = (args: ExecutionArgs) => Part | Promise<Part>;
type Args = ExecutionArgs & { contextValue: Context & { request: Request } };

export function useSubscriptions(): Plugin<Context> {
  let executeEvent: (context: object) => Execute;
  return {
    onYogaInit: ({ yoga }) => {
      executeEvent = (context) => yoga.getEnveloped(context as never).execute as Execute;
    },
    onSubscribe: ({ args, setSubscribeFn, setResultAndStopExecution }) => {
      const { request } = args.contextValue;
      // Yoga would find that out with a source that is open already, and leave it open.
      if (!takesEvents(request)) return setResultAndStopExecution({ errors: [notAccepted(request)] });
      setSubscribeFn(() => subscribe(args as Args, executeEvent(args.contextValue)));
    },
    onExecute: ({ args, setExecuteFn }) => {
      if (args.rootValue instanceof BrokenSource) setExecuteFn(brokenResult as never);
      // Yoga's own would subscribe once more.
      else if (operationOf(args)?.operation === 'subscription') setExecuteFn(execute as never);
    },
  };
}

/** The root value of a last event, which has the reason of the end. */
class BrokenSource {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

const brokenResult = (args: ExecutionArgs): Part => ({
  errors: [locatedError((args.rootValue as BrokenSource).error, operationOf(args))],
});

const operationOf = ({ document, operationName }: ExecutionArgs) => getOperationAST(document, operationName);

async function subscribe(args: Args, executeEvent: Execute): Promise<Part | AsyncIterable<Part>> {
  const source = await createSourceEventStream(args);
  if (isAsyncIterable(source)) return results(source, args, executeEvent);
  return { errors: source.errors?.map((error) => (error.path ? error : refused(error))) ?? [] };
}

/** As the execution refuses what it cannot begin. */
const refused = ({ message, nodes }: GraphQLError) =>
  new GraphQLError(message, { nodes, extensions: { http: { status: 400 } } });

async function* results(
  source: AsyncIterable<unknown>,
  args: Args,
  executeEvent: Execute,
): AsyncGenerator<Part> {
  const context = args.contextValue;
  const run = (event: unknown) =>
    executeEvent({
      ...args,
      rootValue: event,
      // Yoga's own members, the request among them, are those of the subscription.
      contextValue: Object.assign(Object.create(context), createOperationContext(context)),
    });
  try {
    for await (const event of until(context.signal, source)) yield await run(event);
  } catch (error) {
    // The client has left and cannot read the reason.
    if (context.request.signal.aborted) return;
    yield await run(new BrokenSource(error));
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

const takesEvents = ({ headers }: Request): boolean =>
  /text\/event-stream|text\/\*|\*\/\*/i.test(headers.get('accept') ?? '*/*');

const notAccepted = ({ headers }: Request) =>
  createGraphQLError(
    `Expected a subscription to come with accept: text/event-stream, got: ${JSON.stringify(headers.get('accept')?.slice(0, 100))}`,
    { extensions: { code: 'BAD_USER_INPUT', http: { status: 406 } } },
  );
