// What a request has cost in AWS calls, told to those who ask for it.
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';

/** Asks with the value 1; any other value is ignored. */
const HEADER = 'x-ivs-cost';

/** Adds `extensions.ivs` to the answer, also to one with failed fields: what they have cost is spent. */
export const useCost = (): Plugin<Pick<Context, 'cost'>> => ({
  onExecute: ({ args: { contextValue: context } }) => {
    if (context.request.headers.get(HEADER) !== '1') return;
    return {
      onExecuteDone: ({ result, setResult }) => {
        if (isAsyncIterable(result)) return;
        setResult({ ...result, extensions: { ...result.extensions, ivs: context.cost() } });
      },
    };
  },
});
