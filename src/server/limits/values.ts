// The limit of values in a response.
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import { onStart } from '../operation.ts';
import { adviseFirst } from './first-advice.ts';
import type { Limits } from './limits.ts';
import { FactPerDocument } from './switches.ts';
import { countValues } from './value-count.ts';

export const useValueLimit = (limits: Limits): Plugin => {
  const { values: max } = limits;
  const counts = new FactPerDocument<number>();
  return onStart(({ args, refuse }) => {
    const { schema, operationName, variableValues } = args;
    const got = counts.of(args, '', (allOn) =>
      countValues(schema, allOn, operationName, variableValues ?? {}),
    );
    if (got > max) refuse(tooMany(max, got, adviseFirst(args, limits, max / got)));
  });
};

const tooMany = (max: number, got: number, advice: string) =>
  createGraphQLError(
    `Expected a query whose answer holds at most ${max} values, got one that could hold ${got}.${advice} Lower \`first\`, especially of outer lists, and page with \`after\`.`,
    {
      extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'values', max, got }, http: { status: 400 } },
    },
  );
