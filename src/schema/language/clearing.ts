// What an explicit null means in an update: it clears the member, where AWS can clear it. AWS has no null for that: each
// member has a value of its own that clears it, such as the empty string.
import { type GraphQLInputObjectType, isInputObjectType, isNonNullType } from 'graphql';
import { ValidationError } from '../../upstream/errors.ts';

/** Beside a member of an update's input: the value that AWS takes to clear it. */
export const clearedBy = (value: unknown) => ({ extensions: { clearedBy: value } });

/** `input` of an update with AWS's values in place of nulls. Inside of members null means "omitted": AWS replaces them whole. */
export function cleared<Input extends object>(input: Input, type: GraphQLInputObjectType): Input {
  const fields = type.getFields();
  const entries = Object.entries(input).map(([name, value]) => {
    if (value !== null) return [name, value];
    const { extensions } = fields[name] ?? {};
    if (extensions && Object.hasOwn(extensions, 'clearedBy')) return [name, extensions.clearedBy];
    throw ValidationError.of(
      { name },
      `Expected ${name} to have a value, got null. AWS cannot clear it: omit it to leave it unchanged.`,
    );
  });
  return Object.fromEntries(entries);
}

/** The type of a mutation's `input`. */
export function inputTypeOf(argument: { type: unknown } | undefined): GraphQLInputObjectType {
  const type = isNonNullType(argument?.type) ? argument.type.ofType : argument?.type;
  if (!isInputObjectType(type)) throw new TypeError('Expected a mutation to have an input');
  return type;
}
