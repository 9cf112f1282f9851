// Where an input breaks a rule: our checks know the value that they refuse, AWS's messages a path of AWS's names. Both become
// paths of the names that the input has here.
import { getNamedType, isInputObjectType, } from 'graphql';
/** What the type ValidationError shows. */
export function violationsOf(error, input, type) {
    const { violations, message, refused } = error;
    if (violations.length === 0)
        return [{ path: refused && pathTo(input, refused), message }];
    return violations.map(({ path, message }) => ({ path: path && here(path, type), message }));
}
/** As far as it leads through the types: AWS's maps are lists here. */
function here(path, type) {
    const known = [];
    let at = type;
    for (const name of path) {
        const isPosition = /^\d+$/.test(name);
        const member = isInputObjectType(getNamedType(at)) && !isPosition ? memberOf(at, name) : undefined;
        if (!member && !isPosition)
            break;
        known.push(member?.name ?? name);
        at = member?.type ?? getNamedType(at);
    }
    return known.length > 0 ? known : undefined;
}
const memberOf = (type, name) => Object.values(getNamedType(type).getFields()).find((member) => member.name === name || member.extensions.awsName === name);
/** The first member, depth first, that is meant. */
function pathTo(value, refused, path = []) {
    if (typeof value !== 'object' || value === null)
        return undefined;
    const again = refused.isTwice && Array.isArray(value) ? secondWith(refused.value, value) : -1;
    if (again >= 0)
        return [...path, String(again), 'key'];
    for (const [name, member] of Object.entries(value)) {
        if (isMeant(name, member, refused))
            return [...path, name];
        const inside = pathTo(member, refused, [...path, name]);
        if (inside)
            return inside;
    }
    return undefined;
}
function isMeant(name, member, { name: refused, value, isTwice }) {
    if (isTwice || (refused !== undefined && refused !== name))
        return false;
    return value === undefined || value === member;
}
/** Where a list of entries has the key for the second time. */
function secondWith(key, entries) {
    const isOne = (entry) => entry?.key === key;
    const first = entries.findIndex(isOne);
    return first < 0 ? -1 : entries.findIndex((entry, index) => index > first && isOne(entry));
}
