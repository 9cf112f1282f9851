// What a request costs in AWS calls, told to those who ask for it: after it has run, or without running it.
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { estimate } from '../schema/estimate.ts';

/** Asks for what was spent with the value 1 and for what would be spent with `dryRun`; any other value is ignored. */
const HEADER = 'x-ivs-cost';

type CostContext = Pick<Context, 'cost' | 'forecast' | 'defaultRegion'>;

/** Adds `extensions.ivs` to the answer, also to one with failed fields: what they have cost is spent. */
export const useCost = (): Plugin<CostContext> => ({
  onExecute: ({ args, setExecuteFn }) => {
    const context = args.contextValue;
    const asked = context.request.headers.get(HEADER)?.toLowerCase();
    // In place of the execution, so that whoever looks at a result looks at this one too.
    if (asked === 'dryrun') return setExecuteFn(() => dryRun(args, context));
    if (asked !== '1') return;
    return {
      onExecuteDone: ({ result, setResult }) => {
        if (isAsyncIterable(result)) return;
        setResult({ ...result, extensions: { ...result.extensions, ivs: context.cost() } });
      },
    };
  },
});

function dryRun({ schema, document, operationName, variableValues }: ExecutionArgs, context: CostContext) {
  const told = estimate({
    schema,
    document,
    operationName,
    variables: variableValues as Record<string, unknown>,
    region: context.defaultRegion,
  });
  if ('errors' in told) return { errors: told.errors.map(refused) };
  // Nothing failed, and nothing was asked for: null is the one value that clients of every kind take for data.
  return { data: null, extensions: { ivs: { dryRun: true, ...context.forecast(told.calls) } } };
}

/** As the execution refuses what it cannot begin. */
const refused = ({ message, nodes }: GraphQLError): GraphQLError =>
  new GraphQLError(message, { nodes, extensions: { http: { status: 400 } } });
