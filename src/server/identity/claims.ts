// What a token's claims say of who asks and what they may. A claim that cannot be read refuses the token: taken for
// absent, a malformed bound would lift it.
import type { JWTPayload } from 'jose';
import { type Caller, type Scope, scopes } from '../../context.ts';

/** How far the issuer's clock and ours may be apart. */
export const SKEW_S = 10;

export class MalformedClaim extends Error {
  readonly claim: string;

  constructor(claim: string) {
    super(`claim ${claim} is malformed`);
    this.claim = claim;
  }
}

export function callerOf(claims: JWTPayload): Caller {
  const { sub, exp, ivs_user: user } = claims;
  if (typeof sub !== 'string' || sub === '') throw new MalformedClaim('sub');
  if (typeof exp !== 'number' || !Number.isFinite(exp)) throw new MalformedClaim('exp');
  if (user !== undefined && (typeof user !== 'string' || user === '')) throw new MalformedClaim('ivs_user');
  return {
    subject: sub,
    scopes: scopesOf(claims),
    resources: resourcesOf(claims),
    user,
    // As long as it is accepted.
    expiresAt: (exp + SKEW_S) * 1000,
  };
}

/**
 * Issuers differ in where they put them. The first claim that names one of ours is the one: `permissions` may hold all
 * that a user could do, when `scope` holds what this token was asked for.
 */
function scopesOf(claims: JWTPayload): Set<Scope> {
  const named = ['scope', 'scp', 'permissions'].map((claim) => {
    const names = namesIn(claim, claims[claim]);
    return scopes.filter((scope) => names.includes(scope));
  });
  return new Set(named.find((ours) => ours.length > 0));
}

function namesIn(claim: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return value.split(' ');
  if (isTexts(value)) return value;
  throw new MalformedClaim(claim);
}

function resourcesOf({ ivs_resources: value }: JWTPayload): string[] | undefined {
  if (value === undefined || isTexts(value)) return value;
  throw new MalformedClaim('ivs_resources');
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
