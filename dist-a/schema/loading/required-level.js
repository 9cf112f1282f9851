import { isAllowed } from '../language/authorization.js';
import { selectedFields } from './selection.js';
const levels = ['key', 'summary', 'detail'];
export const isWithin = (level, known) => levels.indexOf(level) <= levels.indexOf(known);
/** By selection, which graphql-js keeps as one object for all things of a list. */
const levelsOf = new WeakMap();
/** The most that any field selected below `info` needs, of those that the caller may have. What `@defer` lets wait is loaded later. */
export function levelOf(info, typeName, caller) {
    const known = levelsOf.get(info.fieldNodes) ?? new Map();
    levelsOf.set(info.fieldNodes, known);
    const level = known.get(typeName) ?? readLevel(info, typeName, caller, { withDeferred: false });
    known.set(typeName, level);
    return level;
}
/** The same for a selection of which no resolver has been called; without a caller, of one who may do everything. */
export function readLevel(info, typeName, caller, options = {}) {
    const type = info.schema.getType(typeName);
    let most = 'key';
    for (const field of selectedFields(info, type, options)) {
        const definition = type.getFields()[field.name.value];
        if (!definition || (caller && !isAllowed(definition, caller)))
            continue;
        const { level = 'key' } = definition.extensions;
        if (!isWithin(level, most))
            most = level;
    }
    return most;
}
