import { builder } from './builder.js';
import { KeyValue, toEntries } from './input.js';
import { entryField, entryName, valueAt } from './map-entries.js';
/** Makes a field of each member of a table. */
export const fieldsOf = (members, fieldOf) => Object.fromEntries(Object.entries(members).map(([name, [type, described]]) => [
    name,
    fieldOf(name, { type, ...(typeof described === 'string' ? { description: described } : described) }),
]));
/** Makes a field for one entry of each map in a table. */
export const entryFieldsOf = (members, fieldOf) => Object.fromEntries(Object.entries(members)
    .filter(([, [type]]) => isMap(type))
    .map(([name]) => [entryName(name), fieldOf(name, entryField(name))]));
export const isMap = (type) => Array.isArray(type) && type[0] === KeyValue;
/** A type that shows members of AWS's; `more` are fields that take more than that. */
export function awsObject(name, description, members, more = () => ({})) {
    return builder.objectRef(name).implement({
        description,
        fields: (t) => ({
            ...fieldsOf(members, (member, options) => isMap(options.type)
                ? t.field({
                    ...options,
                    resolve: (shape) => shape[member] && toEntries(shape[member]),
                })
                : t.expose(member, options)),
            ...entryFieldsOf(members, (member, options) => t.field({
                ...options,
                resolve: (shape, { key }) => valueAt(shape[member], key),
            })),
            ...more(t),
        }),
    });
}
/** An input with members of AWS's; `isOneOf`: exactly one of them. */
export function awsInput(name, description, members, { isOneOf = false } = {}) {
    return builder.inputType(name, {
        description,
        isOneOf,
        fields: (t) => fieldsOf(members, (_member, options) => t.field(options)),
    });
}
