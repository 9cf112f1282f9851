// Variables and extensions beyond all sense are refused before anything walks them: what is nested deeper than a stack is
// high, and objects with more members than any input has, each of which graphql-js would print with the whole object.
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import type { Limits } from './limits.ts';

export const useVariableLimits = (limits: Limits): Plugin => ({
  onParams: ({ params }) => {
    for (const name of ['variables', 'extensions'] as const) {
      const broken = brokenBy(params[name], limits);
      if (broken) throw tooMuch(name, broken, limits[broken]);
    }
  },
});

/** Level by level, since a stack ends. */
function brokenBy(value: unknown, { nesting, members }: Limits): 'nesting' | 'members' | undefined {
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === nesting) return 'nesting';
    if (level.some((one) => !Array.isArray(one) && Object.keys(one).length > members)) return 'members';
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return undefined;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

const whats = { nesting: 'brackets inside each other', members: 'members of one object' };

const tooMuch = (where: string, name: keyof typeof whats, max: number) =>
  createGraphQLError(`Expected at most ${max} ${whats[name]} in \`${where}\`, got more.`, {
    extensions: { code: 'QUERY_TOO_COMPLEX', limit: { name, max }, http: { status: 400 } },
  });
