// Queries are executed by graphql-js, which takes less time than the executor that can also answer in parts. The payloads of
// mutations have long lists, which graphql-js would complete without a turn for other requests.
import { type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
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
    }
    if (kind !== 'query') return;
    setExecuteFn((args: Args) => {
      const { inParts } = args.contextValue as Context;
      return inParts ? executeInParts(args) : untilAborted(args.signal, () => executeWhole(args));
    });
  },
});

type Result = ExecutionResult | Promise<ExecutionResult>;

/** As the other executor does it: what ends the request ends its execution. */
function untilAborted(signal: AbortSignal | undefined, run: () => Result): Result {
  signal?.throwIfAborted();
  const result = run();
  if (!signal || !(result instanceof Promise)) return result;
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
