import { builder } from './builder.ts';

/**
 * An enum with the values of one of AWS's. Typed from the SDK's list, so that a value AWS adds is a compile error
 * here until it is described.
 */
export const enumeration = <Value extends string>(
  name: string,
  description: string,
  values: Record<Value, string>,
) =>
  builder.enumType(name, {
    description,
    values: Object.fromEntries(
      Object.entries<string>(values).map(([value, meaning]) => [
        value,
        { value: value as Value, description: meaning },
      ]),
    ) as { [V in Value]: { value: V; description: string } },
  });
