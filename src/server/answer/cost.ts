// What a request costs in AWS calls, told to those who ask for it: after it has run, or without running it.
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { estimate } from '../../schema/estimate/estimate.ts';
import { COST_HEADER, parseCostHeader } from '../http/cost-header.ts';
import type { Part } from './result-parts.ts';

type CostContext = Pick<Context, 'cost' | 'forecast' | 'defaultTarget'>;

/** Adds `extensions.ivs` to the answer, also to one with failed fields: what they have cost is spent. */
export const useCost = (): Plugin<CostContext> => ({
  onExecute: ({ args, setExecuteFn }) => {
    const context = args.contextValue;
    const value = context.request.headers.get(COST_HEADER);
    if (value === null) return;
    const asked = parseCostHeader(value);
    // In place of the execution, so that whoever looks at a result looks at this one too.
    if (!asked) return setExecuteFn(() => ({ errors: [misunderstood(value)] }));
    if (asked === 'dryRun') return setExecuteFn(() => dryRun(args, context));
    return {
      onExecuteDone: ({ result, setResult }) => {
        if (isAsyncIterable(result)) return { onNext: (next) => tellAtTheEnd(next, context) };
        return setResult(told(result, context));
      },
    };
  },
});

const told = <Result extends Part>(result: Result, { cost }: CostContext) => ({
  ...result,
  extensions: { ...result.extensions, ivs: cost() },
});

/** Of an answer in parts the last one tells what all of them took. */
function tellAtTheEnd({ result, setResult }: Next, context: CostContext): void {
  if ((result as Part).hasNext === false) setResult(told(result, context));
}
interface Next {
  result: Part;
  setResult(result: Part): void;
}

const misunderstood = (value: string): GraphQLError =>
  new GraphQLError(
    `Expected ${COST_HEADER} to be 1 or dryRun, got ${JSON.stringify(value)}; nothing was executed`,
    {
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    },
  );

function dryRun({ schema, document, operationName, variableValues }: ExecutionArgs, context: CostContext) {
  const told = estimate({
    schema,
    document,
    operationName,
    variables: variableValues as Record<string, unknown>,
    target: context.defaultTarget,
  });
  if ('errors' in told) return { errors: told.errors.map(refused) };
  // Nothing failed, and nothing was asked for: null is the one value that clients of every kind take for data.
  return { data: null, extensions: { ivs: { dryRun: true, ...context.forecast(told.calls) } } };
}

/** As the execution refuses what it cannot begin. */
const refused = ({ message, nodes }: GraphQLError): GraphQLError =>
  new GraphQLError(message, { nodes, extensions: { http: { status: 400 } } });
