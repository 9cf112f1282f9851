// AUTH_ISSUERS: issuers as JSON, each with its rules. Whatever is wrong with them is told at once, with its place.
import { KEYS_URL, keysUrl, scopePrefix } from './environment.js';
export function parseIssuers(text) {
    const items = parse(text);
    if (!Array.isArray(items) || items.length === 0) {
        const got = items === undefined ? 'a text that is no JSON' : JSON.stringify(items);
        return { issuers: [], problems: [`AUTH_ISSUERS: expected a JSON array of issuers, got ${got}`] };
    }
    const problems = items.flatMap((item, index) => {
        const path = `AUTH_ISSUERS[${index}]`;
        if (!isObject(item))
            return [`${path}: expected an object, got ${JSON.stringify(item)}`];
        const others = items.slice(0, index).filter(isObject);
        return [...wrongMembers(item, path), ...wrongTogether(item, path, others)];
    });
    return { issuers: problems.length > 0 ? [] : items.map(settingsOf), problems };
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === 'string' && value.trim() !== '';
const isTexts = (value) => isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText));
const orNone = (isGood) => (value) => value === undefined || isGood(value);
const TEXTS = 'a text or an array of texts';
export const EXPECTED = {
    issuer: 'the issuer, as the claim iss of its tokens names it',
    jwksUri: `the issuer's key set, ${KEYS_URL}`,
    audience: TEXTS,
    clientId: TEXTS,
    scopesClaim: TEXTS,
    scopePrefix: scopePrefix.expected,
};
const isGood = {
    issuer: isText,
    jwksUri: (value) => isText(value) && keysUrl.read(value) !== undefined,
    audience: orNone(isTexts),
    clientId: orNone(isTexts),
    scopesClaim: orNone(isTexts),
    scopePrefix: orNone((value) => isText(value) && scopePrefix.read(value) !== undefined),
};
const NAMES = Object.keys(isGood);
function wrongMembers(item, path) {
    const unknown = Object.keys(item).filter((name) => !Object.hasOwn(isGood, name));
    const wrong = NAMES.filter((name) => !isGood[name](item[name]));
    return [
        ...unknown.map((name) => `${path}: expected members among ${NAMES.join(', ')}, got ${name}`),
        ...wrong.map((name) => {
            const value = item[name];
            const got = value === undefined ? 'it is not there' : `got ${JSON.stringify(value)}`;
            return `${path}.${name}: expected ${EXPECTED[name]}, ${got}`;
        }),
    ];
}
function wrongTogether({ issuer, audience, clientId }, path, before) {
    const problems = [];
    if ((audience === undefined) === (clientId === undefined)) {
        const got = audience === undefined ? 'neither' : 'both';
        problems.push(`${path}: expected either audience or clientId, got ${got}`);
    }
    // Which rules hold for a token would depend on the order.
    if (isText(issuer) && before.some((other) => other.issuer === issuer))
        problems.push(`${path}.issuer: expected each issuer once, got ${JSON.stringify(issuer)} again`);
    return problems;
}
/** Of what was found good. */
function settingsOf({ jwksUri, audience, clientId, scopesClaim, ...item }) {
    const listOf = (value) => (value === undefined ? undefined : [value].flat());
    return {
        ...item,
        jwksUri: jwksUri.trim(),
        audience: listOf(audience),
        clientId: listOf(clientId),
        // A text may name several, as in AUTH_SCOPES_CLAIM.
        scopesClaim: listOf(scopesClaim)?.flatMap((paths) => String(paths).split(/\s*,\s*/)),
    };
}
