// GraphQL inputs as AWS takes them.
import { checkArn } from '../../upstream/arn.js';
import { ValidationError } from '../../upstream/errors.js';
import { quote } from '../../upstream/quote.js';
import { builder } from './builder.js';
import { clearedBy } from './clearing.js';
import { inKebab, upperFirst } from './names.js';
import { shareable } from './shareable.js';
/** Drops nulls, deeply: GraphQL's null says "not given", which AWS wants to see absent. */
export function given(input) {
    if (Array.isArray(input))
        return input.map(given);
    if (input === null || typeof input !== 'object' || input instanceof Date)
        return input;
    const members = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
    return Object.fromEntries(members.map(([name, value]) => [name, given(value)]));
}
export const KeyValueInput = builder.inputRef('KeyValueInput').implement({
    description: 'One entry of a map.',
    fields: (t) => ({
        key: t.string({ required: true, description: 'Key, at most once in a list.' }),
        value: t.string({ required: true, description: 'Value of the key, which can be empty.' }),
    }),
});
export const KeyValue = builder.objectRef('KeyValue').implement({
    description: 'One entry of a map.',
    ...shareable,
    fields: (t) => ({
        key: t.exposeString('key', { nullable: false, description: 'Key, unique within its map.' }),
        value: t.exposeString('value', {
            nullable: false,
            description: 'Value of the key, which can be empty.',
        }),
    }),
});
export function toMap(entries) {
    if (!entries)
        return undefined;
    const map = new Map();
    for (const { key, value } of entries) {
        if (map.has(key))
            throw ValidationError.of({ value: key, isTwice: true }, `Expected each key once, got twice: ${quote(key)}`);
        map.set(key, value);
    }
    return Object.fromEntries(map);
}
export const toEntries = (map) => Object.entries(map).map(([key, value]) => ({ key, value }));
/** The name that a new resource is given, or a changed one gets. */
export const nameInput = (t) => t.string({
    description: 'Up to 128 letters, digits, `-` and `_`.',
    ...clearedBy(''),
});
/** The tags of a new resource. */
export const tagsInput = (t, description = 'Up to 50 tags.') => t.field({ type: [KeyValueInput], description });
/** The region of a new resource, in other words where a default of its own needs them. */
export const regionInput = (t, description = 'Region of the new resource. The gateway’s default region when omitted.') => t.string({ description });
/** AWS's filters of a list: each has the name of its member behind `filterBy`. */
export function filtersOf(filter) {
    const members = Object.entries(given(filter ?? {}));
    for (const [name, value] of members)
        checkFilter(name, value);
    return Object.fromEntries(members.map(([name, value]) => [`filterBy${upperFirst(name)}`, value]));
}
/** AWS takes some empty texts, but does not document whether they select all items, none, or those without a value. */
function checkFilter(name, value) {
    if (value === '')
        throw new ValidationError(`Expected filter.${name} to have a value, got an empty text. To list all items, omit the filter.`);
    if (name.endsWith('Arn'))
        checkArn(inKebab(name.slice(0, -'Arn'.length)), String(value));
}
