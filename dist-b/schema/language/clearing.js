// What an explicit null means in an update: it clears the member, where AWS can clear it. AWS has no null for that: each
// member has a value of its own that clears it, such as the empty string.
import { getNamedType, isInputObjectType, isNonNullType, } from 'graphql';
import { ValidationError } from '../../upstream/errors.js';
/** Beside a member of an input: the value that AWS takes to clear it in an update. */
export const clearedBy = (value) => ({ extensions: { clearedBy: value } });
/** `input` of an update with AWS's values in place of nulls, also inside of members. */
export function cleared(input, type, path = []) {
    const fields = type.getFields();
    const entries = Object.entries(input).map(([name, value]) => [
        name,
        sentFor(value, fields[name], [...path, name]),
    ]);
    return Object.fromEntries(entries);
}
function sentFor(value, { type, extensions }, path) {
    if (value === null)
        return clear(extensions, path);
    const named = getNamedType(type);
    if (!isInputObjectType(named))
        return value;
    if (!Array.isArray(value))
        return cleared(value, named, path);
    return value.map((item, index) => cleared(item, named, [...path, String(index)]));
}
function clear(extensions, path) {
    if ('clearedBy' in extensions)
        return extensions.clearedBy;
    const message = `Expected ${path.join('.')} to have a value, got null. AWS cannot clear it: omit it to leave it unchanged.`;
    throw ValidationError.at(path, message);
}
/** The type of a mutation's `input`. */
export function inputTypeOf(argument) {
    const type = isNonNullType(argument?.type) ? argument.type.ofType : argument?.type;
    if (!isInputObjectType(type))
        throw new TypeError('Expected a mutation to have an input');
    return type;
}
