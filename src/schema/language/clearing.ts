// What an explicit null means in an update: it clears the member, where AWS can clear it. AWS has no null for that: each
// member has a value of its own that clears it, such as the empty string.
import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  getNamedType,
  isInputObjectType,
  isNonNullType,
} from 'graphql';
import type { Violation } from '../../upstream/violations.ts';

/** Beside a member of an input: the value that AWS takes to clear it in an update. */
export const clearedBy = (value: unknown) => ({ extensions: { clearedBy: value } });

/** `input` of an update with AWS's values in place of nulls, also inside of members. Adds those that AWS cannot clear. */
export function cleared<Input extends object>(
  input: Input,
  type: GraphQLInputObjectType,
  violations: Violation[],
  path: readonly string[] = [],
): Input {
  const fields = type.getFields();
  const sentFor = (value: unknown, field: GraphQLInputField, at: readonly string[]): unknown => {
    if (value === null) return clear(field, violations, at);
    const named = getNamedType(field.type);
    if (!isInputObjectType(named)) return value;
    if (!Array.isArray(value)) return cleared(value as object, named, violations, at);
    return value.map((item, index) => cleared(item, named, violations, [...at, String(index)]));
  };
  const entries = Object.entries(input).map(([name, value]) => [
    name,
    sentFor(value, fields[name] as GraphQLInputField, [...path, name]),
  ]);
  return Object.fromEntries(entries);
}

function clear({ extensions }: GraphQLInputField, violations: Violation[], path: readonly string[]): unknown {
  if ('clearedBy' in extensions) return extensions.clearedBy;
  const message = `Expected ${path.join('.')} to have a value, got null. AWS cannot clear it: omit it to leave it unchanged.`;
  violations.push({ path, message });
  return undefined;
}

/** The type of a mutation's `input`. */
export function inputTypeOf(argument: { type: unknown } | undefined): GraphQLInputObjectType {
  const type = isNonNullType(argument?.type) ? argument.type.ofType : argument?.type;
  if (!isInputObjectType(type)) throw new TypeError('Expected a mutation to have an input');
  return type;
}
