export const STRING = 0;
export const LIST = 1;
export const MAP = 2;
export const STRUCTURE = 3;
/** The type of the answer, in the operation's own schema. */
export function answerOf(command) {
    const type = command.schema?.[5];
    return typeof type === 'function' ? type() : type;
}
/** Without a name in its stead and without its traits. */
export function plain(raw) {
    if (typeof raw === 'function')
        return plain(raw());
    return Array.isArray(raw) && raw.length === 2 ? plain(raw[0]) : raw;
}
/** The members of a structure, those that must be there first. */
export const membersOf = (structure) => structure[4].map((name, index) => [name, structure[5][index]]);
/** How many of its members must be there. */
export const requiredOf = (structure) => structure[6] ?? 0;
