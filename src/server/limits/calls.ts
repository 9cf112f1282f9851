// The limit of AWS calls per query, estimated from the query alone.
import type { GraphQLError } from 'graphql';
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import { estimate } from '../../schema/estimate/estimate.ts';
import { nameOfTarget } from '../../upstream/arn.ts';
import { isDryRun } from '../http/cost-header.ts';
import { onStart } from '../operation.ts';
import { adviseFirst, countCalls } from './first-advice.ts';
import type { Limits } from './limits.ts';
import { FactPerDocument } from './switches.ts';

/**
 * A selection seldom takes more calls than one with more fields: keys that need no details are looked up in lists, which is
 * up to a tenth more than to get each. Twice is on the safe side.
 */
const MARGIN = 2;

/** Lets dry runs pass: they make no call, and show where the calls of a refused query come from. */
export const useCallLimit = (limits: Limits): Plugin => {
  const { calls: max } = limits;
  const bounds = new FactPerDocument<number>();
  return onStart(({ args, refuse, runInstead }) => {
    const { request, defaultTarget, caller } = args.contextValue;
    if (isDryRun(request)) return;
    const { schema, document, operationName } = args;
    const variables = args.variableValues as Record<string, unknown>;
    const operation = { schema, document, operationName, variables, target: defaultTarget, caller };
    const bound = bounds.of(args, `${nameOfTarget(defaultTarget)} ${[...caller.scopes]}`, (allOn) =>
      boundOf({ ...operation, document: allOn }),
    );
    if (bound * MARGIN <= max) return;
    const estimated = estimate(operation);
    // What cannot be estimated cannot be executed.
    if ('errors' in estimated) return runInstead(() => ({ errors: estimated.errors.map(shorten) }));
    const got = countCalls(estimated.calls);
    if (got > max) refuse(tooExpensive(max, got, adviseFirst(args, limits, max / got)));
  });
};

function boundOf(operation: Parameters<typeof estimate>[0]): number {
  const estimated = estimate(operation);
  return 'calls' in estimated ? countCalls(estimated.calls) : Number.POSITIVE_INFINITY;
}

const MAX_MESSAGE = 1000;

/** graphql-js prints variables whole, and they may have a megabyte. */
const shorten = ({ message, nodes }: GraphQLError): GraphQLError => {
  const text = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
  return createGraphQLError(text, {
    ...(nodes && { nodes }),
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
};

const tooExpensive = (max: number, got: number, advised: string) =>
  createGraphQLError(
    `Expected a query of at most ${max} AWS calls, got one that can take ${got}.${advised} Lower \`first\`, send fewer ids, or leave out details. The header x-ivs-cost: dryRun shows their origin.`,
    {
      extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'calls', max, got }, http: { status: 400 } },
    },
  );
