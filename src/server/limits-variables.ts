// Variables and extensions nested beyond all sense are refused before anything walks them, calling itself.
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import type { Limits } from './limits.ts';

export const useVariableLimits = ({ nesting }: Limits): Plugin => ({
  onParams: ({ params }) => {
    for (const name of ['variables', 'extensions'] as const) {
      if (isDeeper(params[name], nesting)) throw tooDeep(name, nesting);
    }
  },
});

/** Level by level, since a stack ends. */
function isDeeper(value: unknown, levels: number): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === levels) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

const tooDeep = (name: string, max: number) =>
  createGraphQLError(`Expected at most ${max} brackets inside each other in \`${name}\`, got more.`, {
    extensions: {
      code: 'QUERY_TOO_COMPLEX',
      limit: { name: 'nesting', max },
      http: { status: 400 },
    },
  });
