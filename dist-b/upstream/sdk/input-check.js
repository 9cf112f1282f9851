// Refuses an input that AWS would refuse for its size, before any work is spent on it: signing, for one, takes time that grows
// faster than the input.
import { ValidationError } from '../errors.js';
import { inputLimits, UNDOCUMENTED_LIST, UNDOCUMENTED_TEXT, } from '../services/input-limits.js';
/** Throws a ValidationError for the first member that is too large. */
export function checkInputSize(input, path = []) {
    for (const [name, value] of Object.entries(input))
        checkMember([...path, name], value, inputLimits[name]);
}
function checkMember(path, value, limit) {
    if (typeof value === 'string')
        checkText(path, value, limit ?? UNDOCUMENTED_TEXT);
    else if (Array.isArray(value))
        checkList(path, value, limit ?? UNDOCUMENTED_LIST);
    else if (typeof value !== 'object' || value === null || value instanceof Date)
        return;
    else if (limit)
        checkMap(path, value, limit);
    else
        checkInputSize(value, path);
}
function checkText(path, text, { max, maxBytes }, of = '') {
    if (max !== undefined && isLonger(text, max))
        throw tooLarge(path, max, 'characters', text.length, of);
    if (maxBytes !== undefined && Buffer.byteLength(text) > maxBytes)
        throw tooLarge(path, maxBytes, 'bytes', Buffer.byteLength(text), of);
}
function checkList(path, items, { max = Infinity, maxLength }) {
    if (items.length > max)
        throw tooLarge(path, max, 'items', items.length);
    for (const [index, item] of items.entries()) {
        const place = [...path, String(index)];
        if (typeof item === 'string')
            checkText(place, item, { max: maxLength ?? UNDOCUMENTED_TEXT.max }, 'an item of ');
        else if (typeof item === 'object' && item !== null)
            checkInputSize(item, place);
    }
}
/** The keys are the client's own words, so no limit is looked up by them. */
function checkMap(path, map, { max, maxBytes, maxLength, maxKeyLength }) {
    const entries = Object.entries(map);
    if (max !== undefined && entries.length > max)
        throw tooLarge(path, max, 'entries', entries.length);
    let bytes = 0;
    for (const [key, value] of entries) {
        if (maxKeyLength !== undefined)
            checkText(path, key, { max: maxKeyLength }, 'a key of ');
        if (maxLength !== undefined)
            checkText(path, String(value), { max: maxLength }, 'a value of ');
        bytes += Buffer.byteLength(key) + Buffer.byteLength(String(value));
        if (maxBytes !== undefined && bytes > maxBytes)
            throw tooLarge(path, maxBytes, 'bytes');
    }
}
/** AWS counts characters, not the halves of them that JavaScript counts. */
const isLonger = (text, max) => text.length > 2 * max || (text.length > max && [...text].length > max);
function tooLarge(path, max, unit, got, of = '') {
    const name = path.findLast((part) => !/^\d+$/.test(part));
    return ValidationError.at(path, `Expected ${of}${name} to have at most ${max} ${unit}, got ${got ?? 'more'}`);
}
