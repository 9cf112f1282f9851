// What a query may cost in AWS calls, told from the query alone.
import type { GraphQLError } from 'graphql';
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import { estimate } from '../../schema/estimate/estimate.ts';
import { isDryRun } from '../http/cost-header.ts';
import { onStart } from '../operation.ts';
import type { Limits } from './limits.ts';

/** Lets dry runs pass: they make no call, and tell those who were refused where their calls come from. */
export const useCallLimit = ({ calls: max }: Limits): Plugin =>
  onStart(({ args, refuse, runInstead }) => {
    const { request, defaultTarget, caller } = args.contextValue;
    if (isDryRun(request)) return;
    const { schema, document, operationName } = args;
    const variables = args.variableValues as Record<string, unknown>;
    const told = estimate({ schema, document, operationName, variables, target: defaultTarget, caller });
    // What cannot be estimated cannot be executed.
    if ('errors' in told) return runInstead(() => ({ errors: told.errors.map(shorten) }));
    const got = told.calls.reduce((sum, { calls }) => sum + calls, 0);
    if (got > max) refuse(tooExpensive(max, got));
  });

const MAX_MESSAGE = 1000;

/** graphql-js prints variables whole, and they may have a megabyte. */
const shorten = ({ message, nodes }: GraphQLError): GraphQLError => {
  const text = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
  return createGraphQLError(text, {
    ...(nodes && { nodes }),
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
};

const tooExpensive = (max: number, got: number) =>
  createGraphQLError(
    `Expected a query of at most ${max} AWS calls, got one that may take ${got}. Lower \`first\`, ask for fewer ids, or leave out details; the header x-ivs-cost: dryRun tells where they come from.`,
    {
      extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'calls', max, got }, http: { status: 400 } },
    },
  );
