// What an issuer publishes, made ready to look keys up in: sets differ in what they say of their keys, and some are wrong.
import { createPublicKey } from 'node:crypto';
import { createLocalJWKSet, errors } from 'jose';
/** RSA keys that are shorter verify nothing (RFC 7518, 3.3). */
const MIN_RSA_BITS = 2048;
/** The curves of the algorithms that are taken. Keys of others are for others (RFC 7517, 5). */
const CURVES = ['P-256', 'P-384', 'P-521', 'Ed25519'];
export function parseKeySet(text) {
    const set = JSON.parse(text);
    if (!Array.isArray(set?.keys))
        throw new Error('expected a JSON Web Key Set');
    const keys = set.keys.filter((key) => typeof key === 'object' && key !== null);
    return { keyOf: lookUp(keys.map(withoutEdwardsAlg)), problems: problemsOf(keys) };
}
/** A token may name a key that the set does not name. */
function lookUp(keys) {
    const all = createLocalJWKSet({ keys });
    const nameless = createLocalJWKSet({ keys: keys.filter(({ kid }) => kid === undefined) });
    return async ({ kid, ...header }, token) => {
        try {
            return await all({ kid, ...header }, token);
        }
        catch (error) {
            if (kid === undefined || !(error instanceof errors.JWKSNoMatchingKey))
                throw error;
            return nameless(header, token);
        }
    };
}
/** `EdDSA` and `Ed25519` (RFC 9864) name one algorithm where the curve is Ed25519, and jose compares names. */
function withoutEdwardsAlg({ alg, ...key }) {
    const isEdwards = key.crv === 'Ed25519' && (alg === 'EdDSA' || alg === 'Ed25519');
    return alg === undefined || isEdwards ? key : { ...key, alg };
}
function problemsOf(keys) {
    const ours = keys.filter(isOurs);
    if (ours.length === 0)
        return ['no key is for signatures that are taken'];
    const ids = ours.flatMap(({ kid }) => kid ?? []);
    const twice = new Set(ids.filter((kid, index) => ids.indexOf(kid) !== index));
    const nameless = ours.filter(({ kid }) => kid === undefined).length;
    return [
        ...ours.flatMap((key) => problemOf(key) ?? []),
        ...[...twice].map((kid) => `several keys have the kid ${kid}: each is tried`),
        ...(nameless > 0 && ours.length > 1 ? [`keys without a kid: ${nameless}; each is tried`] : []),
    ];
}
const isOurs = ({ kty, crv, use }) => (use === undefined || use === 'sig') && (kty === 'RSA' || (!!crv && CURVES.includes(crv)));
function problemOf(key) {
    const name = `the key ${key.kid ?? 'without a kid'}`;
    if (key.d !== undefined)
        return `${name} is not taken: it is published with its private part`;
    try {
        const { asymmetricKeyDetails } = createPublicKey({ key: { ...key }, format: 'jwk' });
        const bits = asymmetricKeyDetails?.modulusLength;
        if (bits !== undefined && bits < MIN_RSA_BITS)
            return `${name} is not taken: expected ${MIN_RSA_BITS} bits at least, got ${bits}`;
        return undefined;
    }
    catch (error) {
        return `${name} cannot be read: ${error.message}`;
    }
}
