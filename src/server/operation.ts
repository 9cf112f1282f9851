// The one way in which plugins meet operations: queries, mutations, subscriptions and each of their events.
import {
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  getOperationAST,
  type OperationTypeNode,
} from 'graphql';
import { isAsyncIterable, type Plugin, type YogaInitialContext } from 'graphql-yoga';
import type { Context } from '../context.ts';

/** A whole result, or one part of a result that comes in parts. */
export interface Part extends ExecutionResult {
  /** What it adds to the parts before it, each with errors of its own. */
  incremental?: readonly IncrementalEntry[];
  /** Of the newer form: what ends here, with errors of its own if it failed. */
  completed?: readonly { errors?: readonly GraphQLError[] }[];
  hasNext?: boolean;
}

export interface IncrementalEntry {
  path?: readonly (string | number)[];
  label?: string;
  data?: object | null;
  /** A list, which the library's type does not say. */
  items?: object | null;
  errors?: readonly GraphQLError[];
}

/** `More`: what plugins add to the context. */
interface Operation<More = object> {
  args: ExecutionArgs & { contextValue: OperationContext<More> };
  /** Undefined where the document has several operations and the request names none of them. */
  kind: OperationTypeNode | undefined;
  /** An event of a subscription is executed as an operation of its own. The subscription itself was one when it began. */
  isEvent: boolean;
  /** Ends the operation with this error before it is executed. */
  refuse(error: GraphQLError): void;
  /** Executes this instead. Hooks after this one see the operation all the same. */
  runInstead(run: () => ExecutionResult): void;
}

/** What a hook does with the result of the operation. */
interface ResultHooks {
  /** For a whole result and for each part. A subscription that began has none of its own: its events have. */
  onResult?(payload: { result: Part; setResult(result: Part): void }): void;
  /** The result comes in parts, or the subscription begins: the response goes out before the operation ends. */
  onStream?(payload: { stream: AsyncIterable<Part>; setStream(stream: AsyncIterable<Part>): void }): void;
  onEnd?(): void;
}

type OperationContext<More> = YogaInitialContext & Context & More;
// biome-ignore lint/suspicious/noConfusingVoidType: a hook may return nothing
type OperationHook<More> = (operation: Operation<More>) => ResultHooks | void;
/** Part of any plugin: what is in the context is between the hook and the list of plugins, not the plugin's type. */
type Hooks = Pick<Plugin, 'onExecute' | 'onSubscribe'>;

/** Calls `hook` for each operation, before it is executed. */
export function onOperation<More = object>(hook: OperationHook<More>): Hooks {
  const hooks: Pick<Plugin<Context & More>, keyof Hooks> = {
    onExecute: ({ args, setExecuteFn, setResultAndStopExecution }) => {
      const kind = kindOf(args);
      const results = hook({
        args,
        kind,
        isEvent: kind === 'subscription',
        runInstead: setExecuteFn,
        refuse: (error) => setResultAndStopExecution({ errors: [error] }),
      });
      return results && { onExecuteDone: (done) => settle(results, done, true) };
    },
    onSubscribe: ({ args, setSubscribeFn, setResultAndStopExecution }) => {
      const results = hook({
        args,
        kind: 'subscription' as OperationTypeNode,
        isEvent: false,
        runInstead: setSubscribeFn,
        refuse: (error) => setResultAndStopExecution({ errors: [error] }),
      });
      return results && { onSubscribeResult: (done) => settle(results, done, false) };
    },
  };
  return hooks as Hooks;
}

/** The same for what looks at an operation only before it begins: not again at each event. */
export const onStart = <More = object>(hook: OperationHook<More>): Hooks =>
  onOperation<More>((operation) => (operation.isEvent ? undefined : hook(operation)));

const kindOf = ({ document, operationName }: ExecutionArgs): OperationTypeNode | undefined =>
  getOperationAST(document, operationName)?.operation;

interface Done {
  result: ExecutionResult | AsyncIterable<ExecutionResult>;
  setResult(result: never): void;
}

function settle({ onResult, onStream, onEnd }: ResultHooks, { result, setResult }: Done, hasParts: boolean) {
  if (isAsyncIterable(result)) {
    onStream?.({ stream: result, setStream: setResult as (stream: AsyncIterable<Part>) => void });
    return { ...(hasParts && onResult && { onNext: onResult }), ...(onEnd && { onEnd }) };
  }
  onResult?.({ result, setResult: setResult as (result: Part) => void });
  onEnd?.();
  return undefined;
}
