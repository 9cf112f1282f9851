// All rules that the gateway checks before the call of a mutation: a client that fixes one should not meet the next.
import type { GraphQLInputObjectType } from 'graphql';
import { problemOfArn } from '../../upstream/arn.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { tooLargeIn } from '../../upstream/sdk/input-check.ts';
import type { Violation } from '../../upstream/violations.ts';
import { cleared } from '../language/clearing.ts';
import { globalIdsIn } from '../language/global-ids.ts';
import { entriesAsMaps, given, repeatedKeysIn } from '../language/input.ts';
import { violationsOf } from './input-path.ts';

/** More of them would say no more, and a list can have thousands. */
const MAX_VIOLATIONS = 20;

/** Throws a ValidationError for an input that breaks a rule of its mutation. */
export type InputRule<Input> = (input: Input) => void;

interface Rules<Input> {
  nullClears?: true | undefined;
  rules: readonly InputRule<Input>[];
}

/** A member that must be an ARN of `type`, where it is given. */
export const arnRule =
  <Name extends string>(type: string, name: Name): InputRule<{ [Member in Name]?: string | undefined }> =>
  (input) => {
    const arn = input[name];
    const problem = arn === undefined ? undefined : problemOfArn(type, arn);
    if (problem) throw ValidationError.at([name], problem);
  };

/** The members as AWS takes them; throws a ValidationError of all rules that the input breaks. */
export function checkedInput<Input extends object>(
  raw: Input,
  type: GraphQLInputObjectType,
  { nullClears, rules }: Rules<never>,
): Input {
  const found: Violation[] = globalIdsIn(raw);
  const members = nullClears ? cleared(raw, type, found) : raw;
  found.push(...repeatedKeysIn(raw), ...tooLargeIn(entriesAsMaps(raw) as object));
  const input = given(members);
  for (const rule of rules) addUnlessKnown(found, brokenBy(rule, input as never, raw, type));
  if (found.length > 0) throw ValidationError.all(found.slice(0, MAX_VIOLATIONS));
  return members;
}

/** A global id, for one, is no ARN either. */
function addUnlessKnown(found: Violation[], more: readonly Violation[]): void {
  const known = new Set(found.map(({ path }) => path?.join('.')));
  found.push(...more.filter(({ path }) => path === undefined || !known.has(path.join('.'))));
}

function brokenBy<Input>(
  rule: InputRule<Input>,
  input: Input,
  raw: object,
  type: GraphQLInputObjectType,
): Violation[] {
  try {
    rule(input);
    return [];
  } catch (error) {
    if (error instanceof ValidationError) return violationsOf(error, raw, type);
    throw error;
  }
}
