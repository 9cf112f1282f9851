// How AWS says "nothing": an absent member, an empty string. Beside it, what this graph cannot show: an enum value that AWS's
// model of today does not list.
// All of them read as null here, in one place, so that no field can forget it. So does a number that its type cannot hold;
// a value of another type than AWS documents is an error of AWS's, not of ours.
import SchemaBuilder, { BasePlugin, } from '@pothos/core';
import { UpstreamError } from '../../upstream/errors.js';
import { quote } from '../../upstream/quote.js';
const name = 'emptyAsNull';
/** Extensions of a nullable field in which an empty string is a value. */
export const keepsEmpty = { keepsEmpty: true };
const judgeText = (value) => {
    if (value === '')
        return 'empty';
    return typeof value === 'string' ? 'valid' : 'foreign';
};
/** GraphQL's Int has 32 bits; AWS's numbers have 64. */
const judgeInt = (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value))
        return 'foreign';
    return (value | 0) === value ? 'valid' : 'tooLarge';
};
const judgeEnum = (known) => (value) => {
    const verdict = judgeText(value);
    return verdict === 'valid' && !known.has(value) ? 'unlisted' : verdict;
};
const scalars = {
    String: judgeText,
    ID: judgeText,
    Int: judgeInt,
    Float: (value) => (typeof value === 'number' ? 'valid' : 'foreign'),
    Boolean: (value) => (typeof value === 'boolean' ? 'valid' : 'foreign'),
};
class EmptyAsNullPlugin extends BasePlugin {
    wrapResolve(resolve, { type, parentType, name: field, extensions }) {
        if (extensions?.keepsEmpty)
            return resolve;
        const isList = type.kind === 'List';
        const item = isList ? type.type : type;
        const judge = this.judgeOf(item);
        if (!judge)
            return resolve;
        const cleanOne = cleaner(judge, {
            field: `${parentType}.${field}`,
            typeName: this.nameOf(item),
            isNullable: isList || type.nullable,
        });
        const clean = isList ? cleanList(cleanOne) : cleanOne;
        return (parent, args, context, info) => {
            const value = resolve(parent, args, context, info);
            return value instanceof Promise
                ? value.then((late) => clean(late, context))
                : clean(value, context);
        };
    }
    judgeOf(type) {
        if (type.kind === 'Scalar')
            return scalars[this.nameOf(type)];
        if (type.kind !== 'Enum')
            return undefined;
        const { values } = this.buildCache.getTypeConfig(type.ref, 'Enum');
        return judgeEnum(new Set(Object.values(values).map((entry) => entry.value)));
    }
    nameOf(type) {
        return type.kind === 'List' ? this.nameOf(type.type) : this.buildCache.getTypeConfig(type.ref).name;
    }
}
/** A field that promises a value keeps its empty string: a tag's value may be one. */
const cleaner = (judge, { field, typeName, isNullable }) => (value, { log }) => {
    if (value === undefined || value === null || value instanceof Error)
        return value;
    const verdict = judge(value);
    if (verdict === 'valid')
        return value;
    if (verdict === 'empty')
        return isNullable ? null : value;
    if (verdict === 'foreign' || !isNullable)
        throw new UpstreamError(`AWS returned a value of another type for ${field}`);
    if (verdict === 'unlisted')
        warnOnce(log, { enum: typeName, value: quote(value), field });
    else
        log.warn({ field, value: quote(value) }, 'a number that its type cannot hold reads as null');
    return null;
};
/** AWS adds values to its enums; a new one comes with each item of a list. */
const warned = new WeakMap();
const MAX_WARNED = 1_000;
function warnOnce(log, { enum: name, value, field }) {
    const known = warned.get(log) ?? new Set();
    warned.set(log, known);
    const key = `${name} ${value}`;
    if (known.has(key) || known.size >= MAX_WARNED)
        return;
    known.add(key);
    log.warn({ enum: name, value, field }, 'a value of AWS that this enum does not have reads as null');
}
const cleanList = (cleanOne) => (values, context) => Array.isArray(values)
    ? values
        .map((value) => cleanOne(value, context))
        .filter((value) => value !== null && value !== undefined)
    : values;
SchemaBuilder.registerPlugin(name, EmptyAsNullPlugin);
