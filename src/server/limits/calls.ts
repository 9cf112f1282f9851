// What a query may cost in AWS calls, told from the query alone.
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import { estimate } from '../../schema/estimate/estimate.ts';
import { isDryRun } from '../http/cost-header.ts';
import { onStart } from '../operation.ts';
import type { Limits } from './limits.ts';

/** Lets dry runs pass: they make no call, and tell those who were refused where their calls come from. */
export const useCallLimit = ({ calls: max }: Limits): Plugin =>
  onStart(({ args, refuse }) => {
    const { request, defaultTarget } = args.contextValue;
    if (isDryRun(request)) return;
    const { schema, document, operationName } = args;
    const variables = args.variableValues as Record<string, unknown>;
    const told = estimate({ schema, document, operationName, variables, target: defaultTarget });
    // What cannot be estimated cannot be executed, and the execution says why.
    if ('errors' in told) return;
    const got = told.calls.reduce((sum, { calls }) => sum + calls, 0);
    if (got > max) refuse(tooExpensive(max, got));
  });

const tooExpensive = (max: number, got: number) =>
  createGraphQLError(
    `Expected a query of at most ${max} AWS calls, got one that may take ${got}. Lower \`first\`, ask for fewer ids, or leave out details; the header x-ivs-cost: dryRun tells where they come from.`,
    {
      extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'calls', max, got }, http: { status: 400 } },
    },
  );
