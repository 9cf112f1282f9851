// A `first` with which a refused query passes, for lists that state none: the client did not choose their length.
import type { ExecutionArgs } from 'graphql';
import type { Context } from '../../context.ts';
import { estimate } from '../../schema/estimate/estimate.ts';
import type { PlannedCalls } from '../../upstream/quota/forecast.ts';
import type { Limits } from './limits.ts';
import { countValues } from './value-count.ts';
import { countItems } from './variables.ts';

/** For a longer query, the search for a `first` would cost more than the refusal. */
const MAX_ADVISED = { characters: 5_000, items: 500 };

type Args = Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'> & {
  contextValue: Pick<Context, 'defaultTarget' | 'caller'>;
};

/** `share`: what is allowed of what the query has. An empty text where there is no advice. */
export function adviseFirst(args: Args, limits: Limits, share: number): string {
  const { document } = args;
  const isLong =
    (document.loc?.end ?? 0) > MAX_ADVISED.characters || countItems(args.variableValues) > MAX_ADVISED.items;
  const unstated = isLong ? [] : (estimateWith(args)?.unstated ?? []);
  const { length: count } = unstated;
  if (count === 0) return '';
  const mean = unstated.reduce((product, { first }) => product * first, 1) ** (1 / count);
  // What lists inside each other take grows with the product of their lengths, of lists side by side with the sum.
  for (const part of [share ** (1 / count), share, share ** 2 / 2]) {
    const first = Math.floor(mean * part);
    if (first >= 1 && passes(args, limits, first)) return advice(unstated, first);
  }
  return '';
}

const estimateWith = (args: Args, unstatedFirst?: number) => {
  const { schema, document, operationName, variableValues, contextValue } = args;
  const { defaultTarget: target, caller } = contextValue;
  const variables = variableValues as Record<string, unknown>;
  const estimated = estimate({ schema, document, operationName, variables, target, caller, unstatedFirst });
  return 'calls' in estimated ? estimated : undefined;
};

function passes(args: Args, { calls, values }: Limits, first: number): boolean {
  const { schema, document, operationName, variableValues } = args;
  if (countValues(schema, document, operationName, variableValues ?? {}, first) > values) return false;
  const estimated = estimateWith(args, first);
  return estimated !== undefined && countCalls(estimated.calls) <= calls;
}

export const countCalls = (planned: readonly PlannedCalls[]): number =>
  planned.reduce((sum, { calls, asTimeAllows }) => sum + (asTimeAllows ? 0 : calls), 0);

function advice(unstated: readonly { name: string; first: number }[], first: number): string {
  const lists = unstated.map(({ name, first: usual }) => `\`${name}\` (${usual})`).join(', ');
  const [takes, its, each] = unstated.length > 1 ? ['take', 'their', ' on each'] : ['takes', 'its', ''];
  return ` Without \`first\`, ${lists} ${takes} ${its} default: the query passes with \`first: ${first}\`${each}.`;
}
