// Executes the messages of subscriptions, each as an operation of its own, and makes a text of the result.
import { type ExecutionArgs, getOperationAST, locatedError } from 'graphql';
import type { Plugin, YogaServer } from 'graphql-yoga';
import { type Context, createOperationContext, type RequestContext } from '../../context.ts';
import { toPlain } from '../answer/plain-errors.ts';
import { executeWhole } from '../graphql-js.ts';
import type { Part } from '../operation.ts';

type Execute = (args: ExecutionArgs) => Part | Promise<Part>;
type ResultHook = NonNullable<Plugin['onResultProcess']>;

/** Of a subscription, whose messages it executes. */
export interface Executed {
  /** All of yoga's but the context. */
  args: ExecutionArgs;
  /** What the contexts of its operations have in common. */
  context: RequestContext & { request: Request };
  /** With all plugins: to put them together takes longer than a small message. */
  run?: Execute;
}

/** The root value of a last event, which has the reason of the end. */
class BrokenSource {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** Also a plugin: what plugins do with an operation, they do with these. */
export class MessageExecutor {
  #yoga: YogaServer<object, object> | undefined;

  readonly plugin: Plugin<Context> = {
    onYogaInit: ({ yoga }) => {
      this.#yoga = yoga as never;
    },
    onExecute: ({ args, setExecuteFn }) => {
      if (args.rootValue instanceof BrokenSource) setExecuteFn(brokenResult as never);
      // Yoga's own would subscribe once more.
      else if (operationOf(args)?.operation === 'subscription') setExecuteFn(executeWhole as never);
    },
  };

  /** Never fails: an error is a result. Without a wait where nothing has to be waited for. */
  execute(executed: Executed, message: unknown): Part | Promise<Part> {
    try {
      const result = this.#run(executed, message);
      return result instanceof Promise ? result.catch((error) => this.fail(executed, error)) : result;
    } catch (error) {
      return this.fail(executed, error);
    }
  }

  /** The result for a source that breaks. */
  fail(executed: Executed, error: unknown): Part | Promise<Part> {
    return this.#run(executed, new BrokenSource(error));
  }

  #run(executed: Executed, rootValue: unknown): Part | Promise<Part> {
    const { args, context } = executed;
    executed.run ??= this.#yoga?.getEnveloped(context).execute as Execute;
    const contextValue = Object.assign(Object.create(context), createOperationContext(context));
    return executed.run({ ...args, rootValue, contextValue });
  }

  /** As JSON, after all plugins that look at errors before they are sent. Yoga calls them only for HTTP responses. */
  textOf({ context }: Executed, result: Part): string | Promise<string> {
    return result.errors ? this.#textOfErrors(context, result) : JSON.stringify(result);
  }

  async #textOfErrors(context: Executed['context'], result: Part): Promise<string> {
    const { onResultProcessHooks: hooks = [] } = this.#yoga as unknown as {
      onResultProcessHooks: ResultHook[];
    };
    const payload = {
      request: context.request,
      result,
      serverContext: Object.create(context),
      acceptableMediaTypes: [],
      resultProcessor: undefined,
      setResultProcessor() {},
      setResult(changed: Part) {
        payload.result = changed;
      },
    };
    for (const hook of hooks) await hook(payload as never);
    return JSON.stringify(plainResult(payload.result));
  }
}

/** An execution result as clients get it. */
export const plainResult = (result: Part): object => {
  const { errors, ...rest } = result;
  return errors ? { ...rest, errors: errors.map(toPlain) } : rest;
};

const operationOf = ({ document, operationName }: ExecutionArgs) => getOperationAST(document, operationName);

const brokenResult = (args: ExecutionArgs): Part => ({
  errors: [locatedError((args.rootValue as BrokenSource).error, operationOf(args))],
});
