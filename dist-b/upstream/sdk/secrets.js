import { answerOf, LIST, MAP, membersOf, STRING, STRUCTURE } from './output-type.js';
/** Of traits that are written as a bit vector. */
const SENSITIVE = 8;
export const withoutSecrets = (next) => async (call) => {
    const answer = await next(call);
    return mustStrip(call) ? stripSecrets(call.command, answer) : answer;
};
/** A copy of what AWS answers to this command, without the members that AWS calls sensitive. */
export const stripSecrets = (command, answer) => strip(answerOf(command), answer);
/** What a write answers is its caller's alone, and the only chance to learn a secret that was just made. */
const mustStrip = ({ operation, secrets, command }) => operation.isRead && !secrets && returnsSecrets(command);
const known = new WeakMap();
/** Whether what AWS answers to this command may hold a member that AWS calls sensitive. */
export function returnsSecrets(command) {
    const type = answerOf(command);
    if (typeof type !== 'object')
        return false;
    const answer = known.get(type) ?? holdsSecret(type, new Set());
    known.set(type, answer);
    return answer;
}
function holdsSecret(raw, seen) {
    if (typeof raw === 'function')
        return holdsSecret(raw(), seen);
    if (!Array.isArray(raw) || seen.has(raw))
        return false;
    seen.add(raw);
    return isSecret(raw) || partsOf(raw).some((part) => holdsSecret(part, seen));
}
/** A copy of `value`, which is of that type, without its secrets. */
function strip(raw, value) {
    if (typeof raw === 'function')
        return strip(raw(), value);
    if (!Array.isArray(raw) || typeof value !== 'object' || value === null)
        return value;
    if (raw.length === 2)
        return strip(raw[0], value);
    const [kind] = raw;
    if (kind === LIST)
        return value.map((item) => strip(raw[4], item));
    if (kind !== STRUCTURE)
        return value;
    const types = new Map(membersOf(raw));
    const kept = Object.entries(value).filter(([name]) => !isSecret(types.get(name)));
    return Object.fromEntries(kept.map(([name, member]) => [name, strip(types.get(name) ?? 0, member)]));
}
function partsOf(raw) {
    const [kind] = raw;
    if (raw.length === 2)
        return [kind];
    if (kind === STRING)
        return [];
    if (kind === LIST)
        return [raw[4]];
    if (kind === MAP)
        return [raw[4], raw[5]];
    if (kind === STRUCTURE)
        return raw[5];
    throw new TypeError(`Expected a type in the AWS SDK's encoding, got one of kind ${kind}`);
}
/** Whether AWS calls a member of this type sensitive. */
export function isSecret(raw) {
    if (typeof raw === 'function')
        return isSecret(raw());
    if (!Array.isArray(raw))
        return false;
    return raw.length === 2 ? isSensitive(raw[1]) || isSecret(raw[0]) : isSensitive(raw[3]);
}
const isSensitive = (traits) => typeof traits === 'number'
    ? (traits & SENSITIVE) !== 0
    : typeof traits === 'object' && traits !== null && 'sensitive' in traits;
