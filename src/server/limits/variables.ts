// Variables and extensions beyond all sense are refused before anything walks them: what is nested deeper than a stack is
// high, objects with more members than any input has, each of which graphql-js would print with the whole object, and more
// lists and objects than the largest input has items, which are walked again and again.
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
function brokenBy(value: unknown, { nesting, members, containers }: Limits): keyof typeof whats | undefined {
  let level = [value].filter(isContainer);
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    count += level.length;
    if (depth === nesting) return 'nesting';
    if (count > containers) return 'containers';
    if (level.some((one) => !Array.isArray(one) && Object.keys(one).length > members)) return 'members';
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return undefined;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

const whats = {
  nesting: 'brackets inside each other',
  members: 'members of one object',
  containers: 'lists and objects',
};

const tooMuch = (where: string, name: keyof typeof whats, max: number) =>
  createGraphQLError(`Expected at most ${max} ${whats[name]} in \`${where}\`, got more.`, {
    extensions: { code: 'QUERY_TOO_COMPLEX', limit: { name, max }, http: { status: 400 } },
  });

/** Of all lists in a value. Variables may be used often, and are counted once. */
const counted = new WeakMap<object, number>();

export function countItems(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const known = counted.get(value);
  if (known !== undefined) return known;
  let items = Array.isArray(value) ? value.length : 0;
  for (const member of Object.values(value)) items += countItems(member);
  counted.set(value, items);
  return items;
}
