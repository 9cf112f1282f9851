import { builder } from './builder.js';
/**
 * An enum with the values of one of AWS's. Typed from the SDK's list, so that a value AWS adds is a compile error
 * here until it is described.
 */
export const enumeration = (name, description, values) => builder.enumType(name, {
    description,
    values: Object.fromEntries(Object.entries(values).map(([value, meaning]) => [
        value,
        { value: value, description: meaning },
    ])),
});
