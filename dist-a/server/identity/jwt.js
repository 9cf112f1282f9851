// Tokens of issuers: who may be let in by one, and what those hear who are not.
import { maxHeaderSize } from 'node:http';
import { decodeJwt, errors } from 'jose';
import { systemClock } from '../../upstream/clock.js';
import { keysUnavailable, unauthenticated } from './authentication.js';
import { callerOf, MalformedClaim } from './claims.js';
import { issuerOf } from './issuer.js';
import { COOLDOWN_MS, KeysUnavailable } from './key-set.js';
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;
/** Takes who asks from the token in `Authorization: Bearer`, and from nowhere else. */
export function jwtAuthentication({ issuers, clockSkewSeconds }, { log, now = Date.now, clock = systemClock, fetchTimeoutMs = 5_000 }) {
    const surroundings = { log, now, clock, fetchTimeoutMs };
    const known = new Map(issuers.map((rules) => [rules.issuer, issuerOf({ ...rules, clockSkewSeconds }, surroundings)]));
    return async (request) => {
        const token = tokenOf(request);
        try {
            const { rules, claimsOf } = issuerNamedIn(token, known);
            return callerOf(await claimsOf(token), rules);
        }
        catch (error) {
            if (error instanceof KeysUnavailable)
                throw keysUnavailable(COOLDOWN_MS / 1000);
            throw unauthenticated(explain(error), 'invalid_token');
        }
    };
}
function tokenOf(request) {
    const header = request.headers.get('authorization');
    if (header === null)
        throw unauthenticated('Expected a token in the header Authorization: Bearer <token>');
    // What comes over a socket is bounded by Node, all headers together.
    if (header.length > maxHeaderSize)
        throw unauthenticated(`The token is too long: expected at most ${maxHeaderSize} bytes`, 'invalid_request');
    const token = BEARER.exec(header)?.[1];
    if (!token)
        throw unauthenticated('Expected Authorization: Bearer <JSON Web Token>', 'invalid_request');
    return token;
}
/** Nothing is believed of the token yet: its `iss` chooses whose keys and rules it has to pass, `iss` among them. */
function issuerNamedIn(token, known) {
    const claims = decodeJwt(token);
    if (claims.iss === undefined)
        throw new errors.JWTClaimValidationFailed('no iss', claims, 'iss', 'missing');
    const issuer = known.get(claims.iss);
    if (!issuer)
        throw new errors.JWTClaimValidationFailed('unknown iss', claims, 'iss', 'check_failed');
    return issuer;
}
/** Enough to mend what is wrong with an honest token. Of the token itself it says nothing. */
function explain(error) {
    if (error instanceof errors.JWTExpired)
        return 'The token has expired';
    if (error instanceof MalformedClaim)
        return `The token's ${error.message}`;
    if (error instanceof errors.JWTClaimValidationFailed)
        return explainClaim(error);
    return 'The token is not acceptable';
}
const CLAIMS = {
    nbf: 'The token is not valid yet',
    aud: 'The token is for another audience',
    client_id: 'The token is for another client',
    token_use: 'The token is no access token',
};
function explainClaim({ claim, reason }) {
    if (reason === 'missing')
        return `The token has no claim ${claim}`;
    if (reason === 'invalid')
        return `The token's claim ${claim} is malformed`;
    return CLAIMS[claim] ?? 'The token is from another issuer';
}
