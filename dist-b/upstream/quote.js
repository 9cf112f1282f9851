const MAX_LENGTH = 150;
/** What a client sent, safe to stand in a message. */
export function quote(value) {
    if (typeof value === 'object' && value !== null)
        return Array.isArray(value) ? 'a list' : 'an object';
    // By what it names: as base64 it reads like a secret, which is taken out of messages.
    const named = namedByGlobalId(value);
    if (named)
        return `the global id of ${JSON.stringify(named)}`;
    // A text may have a megabyte, and be quoted a hundred times.
    const start = typeof value === 'string' ? value.slice(0, MAX_LENGTH) : value;
    const text = JSON.stringify(start) ?? String(start);
    return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
const MAX_GLOBAL_ID = 400;
/** What a global id names, which is the base64 of a type's name and a key; undefined for any other text. */
export function namedByGlobalId(value) {
    if (typeof value !== 'string' || value.length > MAX_GLOBAL_ID)
        return undefined;
    const decoded = Buffer.from(value, 'base64').toString();
    return /^[A-Z][A-Za-z]+:(?=arn:)[\w:/. -]+$/.test(decoded) ? decoded : undefined;
}
