// How many values an answer can hold, when each list is as long as its `first` allows. AWS's rates bound the calls of a
// query; this bounds its memory, since four lists of 1000 inside each other are 250 bytes to write.
import { getNamedType, getNullableType, getOperationAST, isInterfaceType, isListType, isObjectType, Kind, SchemaMetaFieldDef, TypeMetaFieldDef, valueFromASTUntyped, } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import { MAX_FIRST } from '../../schema/loading/connection.js';
import { onStart } from '../operation.js';
import { fragmentsOf } from './document.js';
import { introspectionLength, introspectionText } from './introspection-size.js';
export const useValueLimit = ({ values: max }) => onStart(({ args: { schema, document, operationName, variableValues }, refuse }) => {
    const got = countValues(schema, document, operationName, variableValues ?? {});
    if (got > max)
        refuse(tooMany(max, got));
});
const tooMany = (max, got) => createGraphQLError(`Expected a query whose answer holds at most ${max} values, got one that could hold ${got}. Lower \`first\`, especially of outer lists, and page with \`after\`.`, {
    extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'values', max, got }, http: { status: 400 } },
});
const VALUES = { value: 1, stream: 0, defer: 0 };
const PARTS = { value: 0, stream: 1, defer: 1 };
export const countValues = (...counted) => weigh(VALUES, ...counted);
/** In how many parts beside the first an answer can come. */
export const countParts = (...counted) => weigh(PARTS, ...counted);
/** The document is valid and within its limits, so that walking a fragment wherever it is spread is bounded. */
function weigh(weights, ...[schema, document, operationName, given]) {
    const operation = getOperationAST(document, operationName);
    const root = operation && schema.getRootType(operation.operation);
    if (!operation || !root)
        return 0;
    const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) => defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : []);
    const variables = { ...Object.fromEntries(defaults), ...given };
    const which = 'largest';
    const scope = { schema, fragments: fragmentsOf(document), variables, weights, which, items: 0 };
    return Math.ceil(count(operation.selectionSet, root, undefined, scope));
}
/** Of one thing; `page` is how long the lists are that stand directly in it, where it is a connection. */
function count({ selections }, parent, page, scope) {
    let sum = 0;
    for (const node of selections) {
        if (node.kind === Kind.FIELD)
            sum += countField(node, parent, page, scope);
        else {
            const fragment = node.kind === Kind.FRAGMENT_SPREAD ? scope.fragments.get(node.name.value) : node;
            const type = fragment?.typeCondition && scope.schema.getType(fragment.typeCondition.name.value);
            if (hasDirective(node, 'defer'))
                sum += scope.weights.defer;
            if (fragment)
                sum += count(fragment.selectionSet, type ?? parent, page, scope);
        }
    }
    return sum;
}
function countField(node, parent, page, scope) {
    const { value, stream } = scope.weights;
    const field = fieldOf(node.name.value, parent);
    if (!field)
        return value;
    const text = value * introspectionText(parent.name, node.name.value, scope.schema, scope.which);
    if (text > 0)
        return value + text;
    let below = node.selectionSet
        ? count(node.selectionSet, getNamedType(field.type), firstOf(node, field, scope.variables), scopeBelow(node, parent, field, scope))
        : 0;
    if (!isListType(getNullableType(field.type)))
        return value + below + value * weightOf(field) * itemsGiven(node, scope);
    if (page === undefined && namedBy(node, scope) > 0)
        below += value * NAMED;
    const item = value + (hasDirective(node, 'stream') ? stream : 0);
    return value + lengthOf(node, parent, page ?? maxLengthOf(field, scope), scope) * (item + below);
}
function scopeBelow(node, parent, { name, type }, scope) {
    if (parent === scope.schema.getMutationType())
        return { ...scope, items: itemsGiven(node, scope) };
    if (getNamedType(type).name !== '__Type')
        return scope;
    return { ...scope, which: parent.name === '__Schema' && name === 'types' ? 'average' : 'largest' };
}
/** Also one that `if` turns off: the bound is no price. */
const hasDirective = ({ directives }, wanted) => directives?.some(({ name }) => name.value === wanted) ?? false;
function fieldOf(name, parent) {
    if (name === SchemaMetaFieldDef.name)
        return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name)
        return TypeMetaFieldDef;
    if (isObjectType(parent) || isInterfaceType(parent))
        return parent.getFields()[name];
    return undefined;
}
/** An item of a list in the arguments is read, checked and perhaps answered with an error of its own. */
const ARGUMENT = 30;
function maxLengthOf({ extensions }, { items }) {
    const { perItem, maxLength } = extensions;
    return perItem ? items : maxLength;
}
/** In slices it keeps nobody waiting, and counts for the memory and the errors of each. */
const SLICED_ARGUMENT = 9;
const weightOf = ({ extensions }) => extensions.inSlices ? SLICED_ARGUMENT : ARGUMENT;
/** The items of all lists in the arguments of a field, which may stand below each other. */
const itemsGiven = ({ arguments: args = [] }, { variables }) => args.reduce((sum, { value }) => sum + countItems(valueFromASTUntyped(value, variables)), 0);
/** Variables may be used often, and are counted once. */
const counted = new WeakMap();
export function countItems(value) {
    if (typeof value !== 'object' || value === null)
        return 0;
    const known = counted.get(value);
    if (known !== undefined)
        return known;
    let items = Array.isArray(value) ? value.length : 0;
    for (const member of Object.values(value))
        items += countItems(member);
    counted.set(value, items);
    return items;
}
/** What a list may hold of which nothing is known beforehand; most hold less. */
const SHORT_LIST = 10;
/** What is asked for by name may each end as an error, which takes as much as so many values. */
const NAMED = 80;
function lengthOf(node, parent, page, scope) {
    if (page !== undefined)
        return page;
    const introspected = introspectionLength(parent.name, node.name.value, scope.schema, scope.which);
    if (introspected !== undefined)
        return introspected;
    return namedBy(node, scope) || SHORT_LIST;
}
/** `nodes(ids)`, `_entities(representations)`: one for each. */
function namedBy({ arguments: args = [] }, { variables }) {
    const lists = args.map(({ value }) => valueFromASTUntyped(value, variables));
    return Math.max(...lists.map((list) => (Array.isArray(list) ? list.length : 0)), 0);
}
/** How long the lists of a connection can be; undefined for what is none. */
function firstOf({ arguments: args }, field, variables) {
    const declared = field.args.find(({ name }) => name === 'first');
    if (!declared)
        return;
    const node = args?.find(({ name }) => name.value === 'first');
    const first = Number((node && valueFromASTUntyped(node.value, variables)) ?? declared.defaultValue);
    // One that is refused is refused at each item of the list above, so it counts as the largest.
    return first >= 1 && first <= MAX_FIRST ? first : MAX_FIRST;
}
