import { scopes } from '../../context.js';
/** Issuers differ in where they put scopes. */
const SCOPES_CLAIM = ['scope', 'scp', 'permissions'];
export class MalformedClaim extends Error {
    claim;
    constructor(claim) {
        super(`claim ${claim} is malformed`);
        this.claim = claim;
    }
}
export function callerOf(claims, rules) {
    const { iss, sub, exp, ivs_user: user } = claims;
    if (typeof sub !== 'string' || sub === '')
        throw new MalformedClaim('sub');
    if (typeof exp !== 'number' || !Number.isFinite(exp))
        throw new MalformedClaim('exp');
    if (user !== undefined && (typeof user !== 'string' || user === ''))
        throw new MalformedClaim('ivs_user');
    return {
        issuer: iss,
        subject: sub,
        scopes: scopesOf(claims, rules),
        resources: resourcesOf(claims),
        user,
        // As long as it is accepted.
        expiresAt: (exp + rules.clockSkewSeconds) * 1000,
    };
}
/**
 * The first claim that names one of ours is the one: `permissions` may hold all that a user could do, when `scope` holds
 * what this token was asked for. Where a prefix is set, names without it belong to another API of the issuer.
 */
function scopesOf(claims, { scopesClaim = SCOPES_CLAIM, scopePrefix = '' }) {
    const named = scopesClaim.map((path) => {
        const names = namesIn(path, valueAt(claims, path));
        return scopes.filter((scope) => names.includes(scopePrefix + scope));
    });
    return new Set(named.find((ours) => ours.length > 0));
}
/** Names of claims may hold dots themselves, as `https://example.com/roles` does. */
function valueAt(claims, path) {
    if (Object.hasOwn(claims, path))
        return claims[path];
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
        const outer = path.slice(0, dot);
        const inner = Object.hasOwn(claims, outer) && claims[outer];
        const value = inner && typeof inner === 'object' ? valueAt(inner, path.slice(dot + 1)) : undefined;
        if (value !== undefined)
            return value;
    }
    return undefined;
}
function namesIn(claim, value) {
    if (value === undefined)
        return [];
    if (typeof value === 'string')
        return value.split(' ');
    if (isTexts(value))
        return value;
    throw new MalformedClaim(claim);
}
function resourcesOf({ ivs_resources: value }) {
    if (value === undefined || isTexts(value))
        return value;
    throw new MalformedClaim('ivs_resources');
}
const isTexts = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string');
