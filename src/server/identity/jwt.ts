// Tokens of an issuer: who may be let in by one, and what those hear who are not.
import { errors, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import { type Clock, systemClock } from '../../upstream/clock.ts';
import { type Authenticate, keysUnavailable, unauthenticated } from './authentication.ts';
import { callerOf, MalformedClaim, SKEW_S } from './claims.ts';
import { COOLDOWN_MS, KeySet, KeysUnavailable } from './key-set.ts';

/** Signatures that only the issuer's private key can make. A shared secret (HS256) is none, nor is `none`. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** Node takes 16 KB of headers in all. */
const MAX_LENGTH = 8 * 1024;
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

export interface JwtOptions {
  jwksUri: string;
  issuer: string;
  audience: string;
}

interface JwtSurroundings {
  log: Logger;
  /** Milliseconds since 1970, which is what tokens count in. */
  now?: () => number;
  /** For how long keys are used. */
  clock?: Pick<Clock, 'now'>;
  /** For one fetch of the keys, its body included. */
  fetchTimeoutMs?: number;
}

/** Takes who asks from the token in `Authorization: Bearer`, and from nowhere else. */
export function jwtAuthentication(
  { jwksUri, issuer, audience }: JwtOptions,
  { log, now = Date.now, clock = systemClock, fetchTimeoutMs = 5_000 }: JwtSurroundings,
): Authenticate {
  const keys = new KeySet({ uri: jwksUri, log, clock, timeoutMs: fetchTimeoutMs });
  // So that the first token need not wait, and the log says at once when they cannot be had.
  void keys.refresh();
  const claimsOf = async (token: string) => {
    const { payload } = await jwtVerify(token, keys.keyOf, {
      algorithms: ALGORITHMS,
      issuer,
      audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: SKEW_S,
      currentDate: new Date(now()),
    });
    return payload;
  };
  return async (request) => {
    const header = request.headers.get('authorization');
    if (header === null)
      throw unauthenticated('Expected a token in the header Authorization: Bearer <token>');
    const token = BEARER.exec(header)?.[1];
    if (!token || token.length > MAX_LENGTH)
      throw unauthenticated('Expected Authorization: Bearer <JSON Web Token>', 'invalid_request');
    try {
      return callerOf(await claimsOf(token));
    } catch (error) {
      if (error instanceof KeysUnavailable) throw keysUnavailable(COOLDOWN_MS / 1000);
      throw unauthenticated(explain(error), 'invalid_token');
    }
  };
}

/** Enough to mend what is wrong with an honest token. Of the token itself it says nothing. */
function explain(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired';
  if (error instanceof MalformedClaim) return `The token's ${error.message}`;
  if (error instanceof errors.JWTClaimValidationFailed) return explainClaim(error);
  return 'The token is not acceptable';
}

function explainClaim({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `The token has no claim ${claim}`;
  if (reason === 'invalid') return `The token's claim ${claim} is malformed`;
  if (claim === 'nbf') return 'The token is not valid yet';
  return claim === 'aud' ? 'The token is for another audience' : 'The token is from another issuer';
}
