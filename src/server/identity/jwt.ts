// Tokens of issuers: whom they admit, and the errors for the others.
import { maxHeaderSize } from 'node:http';
import { decodeJwt, errors } from 'jose';
import type { Logger } from 'pino';
import type { Caller } from '../../context.ts';
import { type Clock, systemClock } from '../../upstream/clock.ts';
import { type Authenticate, keysUnavailable, unauthenticated } from './authentication.ts';
import { callerOf, MalformedClaim } from './claims.ts';
import { type Issuer, type IssuerRules, issuerOf } from './issuer.ts';
import { COOLDOWN_MS, KeysUnavailable } from './key-set.ts';
import { VerifiedTokens } from './verified-tokens.ts';

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

interface JwtOptions {
  issuers: readonly IssuerRules[];
  clockSkewSeconds: number;
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

/** Reads the caller from the token in `Authorization: Bearer`, and from nowhere else. */
export function jwtAuthentication(
  { issuers, clockSkewSeconds }: JwtOptions,
  { log, now = Date.now, clock = systemClock, fetchTimeoutMs = 5_000 }: JwtSurroundings,
): Authenticate {
  const surroundings = { log, now, clock, fetchTimeoutMs };
  const known = new Map(
    issuers.map((rules) => [rules.issuer, issuerOf({ ...rules, clockSkewSeconds }, surroundings)]),
  );
  const verified = new VerifiedTokens({ now, clock });
  const verify = async (header: string | null): Promise<Caller> => {
    const token = tokenOf(header);
    try {
      const issuer = issuerNamedIn(token, known);
      const caller = callerOf(await issuer.claimsOf(token), issuer.rules);
      verified.set(header as string, caller, issuer);
      return caller;
    } catch (error) {
      if (error instanceof KeysUnavailable) throw keysUnavailable(COOLDOWN_MS / 1000);
      throw unauthenticated(explain(error), 'invalid_token');
    }
  };
  return ({ headers }) => {
    const header = headers.get('authorization');
    return verified.get(header ?? '') ?? verify(header);
  };
}

function tokenOf(header: string | null): string {
  if (header === null) throw unauthenticated('Expected a token in the header Authorization: Bearer <token>');
  // What comes over a socket is bounded by Node, all headers together.
  if (header.length > maxHeaderSize)
    throw unauthenticated(
      `The token is too long: expected at most ${maxHeaderSize} bytes`,
      'invalid_request',
    );
  const token = BEARER.exec(header)?.[1];
  if (!token) throw unauthenticated('Expected Authorization: Bearer <JSON Web Token>', 'invalid_request');
  return token;
}

/** Nothing is believed of the token yet: its `iss` chooses whose keys and rules it has to pass, `iss` among them. */
function issuerNamedIn(token: string, known: ReadonlyMap<string, Issuer>): Issuer {
  const claims = decodeJwt(token);
  if (claims.iss === undefined) throw new errors.JWTClaimValidationFailed('no iss', claims, 'iss', 'missing');
  const issuer = known.get(claims.iss);
  if (!issuer) throw new errors.JWTClaimValidationFailed('unknown iss', claims, 'iss', 'check_failed');
  return issuer;
}

/** Enough to fix an honest token. Of the token itself it says nothing. */
function explain(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired';
  if (error instanceof MalformedClaim) return `The token's ${error.message}`;
  if (error instanceof errors.JWTClaimValidationFailed) return explainClaim(error);
  return 'The token is not acceptable';
}

const CLAIMS: Record<string, string> = {
  nbf: 'The token is not valid yet',
  aud: 'The token is for another audience',
  client_id: 'The token is for another client',
  token_use: 'The token is no access token',
};

function explainClaim({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `The token has no claim ${claim}`;
  if (reason === 'invalid') return `The token's claim ${claim} is malformed`;
  return CLAIMS[claim] ?? 'The token is from another issuer';
}
