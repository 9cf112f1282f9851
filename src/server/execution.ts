// Queries are executed by graphql-js, which takes less time than the executor that can also answer in parts. The payloads of
// mutations have long lists, which graphql-js would complete without a turn for other requests.
import { type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { untilAborted } from '../upstream/until-aborted.ts';
import { inOrderOf } from './field-order.ts';
import { executeWhole } from './graphql-js.ts';

/** The signal is that of `useTokenEnd`. */
type Args = ExecutionArgs & { signal?: AbortSignal };

/** Stands first: a plugin that executes something else has the last word. */
export const useExecution = (): Plugin<Context> => ({
  onExecute: ({ args: { document, operationName }, executeFn: executeInParts, setExecuteFn }) => {
    const kind = getOperationAST(document, operationName)?.operation;
    if (kind === 'mutation') {
      const inOrder = inOrderOf(document, operationName);
      setExecuteFn(async (args: Args) => {
        const result = await executeInParts(args);
        return 'data' in result ? { ...result, data: inOrder(result.data) } : result;
      });
    } else if (kind === 'query') {
      setExecuteFn((args: Args) => {
        const { inParts } = args.contextValue as Context;
        return inParts ? executeInParts(args) : executeUntilAborted(args);
      });
    }
  },
});

/** As the other executor does it: what ends the request ends its execution. */
function executeUntilAborted(args: Args): ExecutionResult | Promise<ExecutionResult> {
  const { signal } = args;
  signal?.throwIfAborted();
  const result = executeWhole(args);
  return signal && result instanceof Promise ? untilAborted(signal, result) : result;
}
