// What a request costs in AWS calls, reported on request: after it has run, or without running it.
import { type ExecutionArgs, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { estimate } from '../../schema/estimate/estimate.ts';
import { COST_HEADER, parseCostHeader } from '../http/cost-header.ts';
import { onOperation, type Part } from '../operation.ts';

/** Adds `extensions.ivs` to the response, also to one with failed fields: what they have cost is spent. */
export const useCost = (): Plugin =>
  onOperation(({ args, runInstead }) => {
    const context = args.contextValue;
    const value = context.request.headers.get(COST_HEADER);
    if (value === null) return;
    const mode = parseCostHeader(value);
    if (!mode) return runInstead(() => ({ errors: [misunderstood(value)] }));
    if (mode === 'dryRun') return runInstead(() => dryRun(args, context));
    return {
      onResult: ({ result, setResult }) => {
        // The last part of an incremental response has the cost of all of them.
        if (!result.hasNext) setResult(withCost(result, context));
      },
    };
  });

const withCost = (result: Part, { cost }: Context): Part => ({
  ...result,
  extensions: { ...result.extensions, ivs: cost() },
});

const misunderstood = (value: string): GraphQLError =>
  new GraphQLError(
    `Expected ${COST_HEADER} to be 1 or dryRun, got ${JSON.stringify(value)}; nothing was executed`,
    {
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    },
  );

function dryRun({ schema, document, operationName, variableValues }: ExecutionArgs, context: Context) {
  const estimated = estimate({
    schema,
    document,
    operationName,
    variables: variableValues as Record<string, unknown>,
    target: context.defaultTarget,
    caller: context.caller,
  });
  if ('errors' in estimated) return { errors: estimated.errors.map(refused) };
  // No error and no data: null is the one value that clients of every kind accept as data.
  return { data: null, extensions: { ivs: { dryRun: true, ...context.forecast(estimated.calls) } } };
}

/** As the execution refuses what it cannot begin. */
const refused = ({ message, nodes }: GraphQLError): GraphQLError =>
  new GraphQLError(message, { nodes, extensions: { http: { status: 400 } } });
