// The limit of AWS calls per query, estimated from the query alone.
import type { GraphQLError } from 'graphql';
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import { estimate } from '../../schema/estimate/estimate.ts';
import { nameOfTarget } from '../../upstream/arn.ts';
import type { PlannedCalls } from '../../upstream/quota/forecast.ts';
import { isDryRun } from '../http/cost-header.ts';
import { onStart } from '../operation.ts';
import type { Limits } from './limits.ts';
import { FactPerDocument } from './switches.ts';
import { countItems } from './variables.ts';

/**
 * A selection seldom takes more calls than one with more fields: keys that need no details are looked up in lists, which is
 * up to a tenth more than to get each. Twice is on the safe side.
 */
const MARGIN = 2;

/** Lets dry runs pass: they make no call, and show where the calls of a refused query come from. */
export const useCallLimit = ({ calls: max }: Limits): Plugin => {
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
    if (got > max) refuse(tooExpensive(max, got, adviceFor(operation, estimated.unstated, max, got)));
  });
};

function boundOf(operation: Parameters<typeof estimate>[0]): number {
  const estimated = estimate(operation);
  return 'calls' in estimated ? countCalls(estimated.calls) : Number.POSITIVE_INFINITY;
}

const countCalls = (planned: readonly PlannedCalls[]): number =>
  planned.reduce((sum, { calls, asTimeAllows }) => sum + (asTimeAllows ? 0 : calls), 0);

type Unstated = readonly { name: string; first: number }[];

/** Beyond it, to look for better advice would cost more than the refusal. */
const MAX_ADVISED = { characters: 5_000, items: 500 };

/** A `first` that passes, for lists that state none: their length was not chosen. */
function adviceFor(
  operation: Parameters<typeof estimate>[0],
  unstated: Unstated,
  max: number,
  got: number,
): string {
  const { document, variables = {} } = operation;
  const isLong =
    (document.loc?.end ?? 0) > MAX_ADVISED.characters || countItems(variables) > MAX_ADVISED.items;
  if (unstated.length === 0 || isLong) return '';
  const count = unstated.length;
  const mean = unstated.reduce((product, { first }) => product * first, 1) ** (1 / count);
  // The calls of lists inside each other grow with the product of their lengths, those of lists side by side with the sum.
  for (const share of [(max / got) ** (1 / count), max / got, (max / got) ** 2 / 2]) {
    const first = Math.floor(mean * share);
    if (first >= 1 && passes({ ...operation, unstatedFirst: first }, max)) return advice(unstated, first);
  }
  return '';
}

function passes(operation: Parameters<typeof estimate>[0], max: number): boolean {
  const estimated = estimate(operation);
  return 'calls' in estimated && countCalls(estimated.calls) <= max;
}

function advice(unstated: Unstated, first: number): string {
  const lists = unstated.map(({ name, first: usual }) => `\`${name}\` (${usual})`).join(', ');
  const [takes, its, each] = unstated.length > 1 ? ['take', 'their', ' on each'] : ['takes', 'its', ''];
  return ` Without \`first\`, ${lists} ${takes} ${its} default: the query passes with \`first: ${first}\`${each}.`;
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
