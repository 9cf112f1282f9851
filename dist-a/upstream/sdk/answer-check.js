// The SDK takes any JSON for an answer: what is missing or of another shape would read as "there is nothing", which is
// false. So what an answer is made of is looked at, down to the things in it.
import { operationOf } from '../operation.js';
import { inputLimits } from '../services/input-limits.js';
import { answerOf, LIST, MAP, membersOf, plain, requiredOf, STRUCTURE } from './output-type.js';
const known = new WeakMap();
/** What the body must have; undefined where AWS answers without one. */
function shapeOf(command) {
    const type = answerOf(command);
    if (!Array.isArray(type))
        return undefined;
    const shape = known.get(type) ?? readShape(type, operationOf(command).output);
    known.set(type, shape);
    return shape.members.length > 0 ? shape : undefined;
}
/** `wrapper`: the member that is the very resource that was read or made, and the only one. */
function readShape(type, wrapper) {
    const members = membersOf(type).filter(([, member]) => !isHeader(member));
    return {
        members: members.map(([name, member]) => {
            if (name === TOKEN)
                return [name, isToken];
            return [name, name === wrapper ? isFilled : checkOf(member)];
        }),
        required: wrapper === null ? requiredOf(type) : 1,
    };
}
/** It comes back to AWS as input: one that could not be sent would look like a mistake of the client's. */
const TOKEN = 'nextToken';
const isToken = (value) => typeof value === 'string' && value.length <= (inputLimits[TOKEN]?.max ?? Number.POSITIVE_INFINITY);
/** Whether the body must be a JSON object. */
export const returnsBody = (command) => shapeOf(command) !== undefined;
/** Whether AWS has answered with what the operation answers. */
export function isAnswer(command, output) {
    const { members = [], required = 0 } = shapeOf(command) ?? {};
    return members.every(([name, isWell], index) => {
        const value = output[name];
        return value === undefined || value === null ? index >= required : isWell(value);
    });
}
const isHeader = (raw) => Array.isArray(raw) &&
    raw.length === 2 &&
    typeof raw[1] === 'object' &&
    raw[1] !== null &&
    'httpHeader' in raw[1];
/** Bare numbers are simple types, of which 64 and 128 more make a list and a map. */
function kindOf(raw) {
    const type = plain(raw);
    if (Array.isArray(type))
        return type[0];
    if (typeof type !== 'number')
        return undefined;
    if (type >= 128)
        return MAP;
    return type >= 64 ? LIST : undefined;
}
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isFilled = (value) => isObject(value) && Object.keys(value).length > 0;
/** AWS's pages have 100 items, the events of a stream 500, tags 50. Beyond it is nobody's answer, and work without bound. */
const MAX_ITEMS = 1000;
function checkOf(raw) {
    const kind = kindOf(raw);
    if (kind === STRUCTURE)
        return isObject;
    if (kind === MAP)
        return (value) => isObject(value) && Object.keys(value).length <= MAX_ITEMS;
    if (kind !== LIST)
        return () => true;
    const isItem = itemCheckOf(plain(raw));
    return (value) => Array.isArray(value) && value.length <= MAX_ITEMS && value.every(isItem);
}
/** What names a thing in a list of summaries. AWS's model lets it be absent where it is part of what was asked. */
const KEYS = ['arn', 'participantId', 'sessionId', 'streamId'];
function itemCheckOf(list) {
    const item = Array.isArray(list) ? plain(list[4]) : undefined;
    if (!Array.isArray(item) || item[0] !== STRUCTURE)
        return () => true;
    const members = membersOf(item);
    const isSummary = String(item[2]).endsWith('Summary');
    const key = isSummary ? KEYS.find((name) => members.some(([member]) => member === name)) : undefined;
    const sized = members.filter(([, member]) => [LIST, MAP].includes(kindOf(member) ?? STRUCTURE));
    const checks = sized.map(([name, member]) => [name, checkOf(member)]);
    return (value) => {
        if (!isObject(value))
            return false;
        const given = value;
        if (key && !isName(given[key]))
            return false;
        return checks.every(([name, isWell]) => (given[name] ?? null) === null || isWell(given[name]));
    };
}
const isName = (value) => typeof value === 'string' && value !== '';
