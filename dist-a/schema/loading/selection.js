// What a selection asks of a thing, seen through fragments, aliases, @skip and @include.
import { GraphQLIncludeDirective, GraphQLSkipDirective, getDirectiveValues, isAbstractType, Kind, } from 'graphql';
import { isAllowed } from '../language/authorization.js';
import { defer } from '../language/incremental.js';
/** The fields that `info` selects below it when the value is of type `type`; on demand without those that `@defer` lets wait. */
export function* selectedFields(info, type, { withDeferred = true } = {}) {
    // A fragment adds nothing when it is spread again, and fragments that spread others twice would double at each level.
    const seen = new Set();
    for (const { selectionSet } of info.fieldNodes) {
        if (selectionSet)
            yield* fieldsOf(selectionSet, info, type, { seen, withDeferred });
    }
}
function* fieldsOf(set, info, type, options) {
    for (const selection of set.selections) {
        if (!isIncluded(selection, info))
            continue;
        if (selection.kind === Kind.FIELD) {
            yield selection;
            continue;
        }
        if (!options.withDeferred && isDeferred(selection, info))
            continue;
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? spread(selection.name.value, info, options.seen) : selection;
        if (fragment && matches(fragment.typeCondition?.name.value, info, type)) {
            yield* fieldsOf(fragment.selectionSet, info, type, options);
        }
    }
}
function spread(name, { fragments }, seen) {
    if (seen.has(name))
        return undefined;
    seen.add(name);
    return fragments[name];
}
function isIncluded(selection, { variableValues }) {
    const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
    const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
    return skip?.if !== true && include?.if !== false;
}
function isDeferred(selection, { variableValues }) {
    const deferral = getDirectiveValues(defer, selection, variableValues);
    return deferral !== undefined && deferral.if !== false;
}
function matches(condition, { schema }, type) {
    if (!condition || condition === type.name)
        return true;
    const conditional = schema.getType(condition);
    return isAbstractType(conditional) && schema.isSubType(conditional, type);
}
/** Whether `info` selects field `name` below it, which the caller may have, when the value is of type `typeName`. */
export function selects(info, typeName, name, caller) {
    const type = info.schema.getType(typeName);
    const definition = type.getFields()[name];
    if (!definition || !isAllowed(definition, caller))
        return false;
    for (const field of selectedFields(info, type))
        if (field.name.value === name)
            return true;
    return false;
}
