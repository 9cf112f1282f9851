// One issuer: its keys, and what its tokens have to say to be taken.
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import type { Clock } from '../../upstream/clock.ts';
import type { ClaimRules } from './claims.ts';
import { KeySet } from './key-set.ts';

/** Signatures that only the issuer's private key can make. A shared secret (HS256) is none, nor is `none`. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** With `clientId` instead of `audience`: access tokens without `aud`, as Cognito's. */
export interface IssuerRules extends Omit<ClaimRules, 'clockSkewSeconds'> {
  issuer: string;
  jwksUri: string;
  audience?: readonly string[] | undefined;
  clientId?: readonly string[] | undefined;
}

interface Surroundings {
  log: Logger;
  now: () => number;
  clock: Pick<Clock, 'now'>;
  fetchTimeoutMs: number;
}

export interface Issuer {
  rules: ClaimRules;
  /** Rejects where the token is not this issuer's, or not for us. */
  claimsOf(token: string): Promise<JWTPayload>;
  /** When its keys were fetched; undefined where they would be fetched again. */
  freshKeysOf(): number | undefined;
}

export function issuerOf(
  rules: IssuerRules & ClaimRules,
  { log, now, clock, fetchTimeoutMs }: Surroundings,
): Issuer {
  const keys = new KeySet({ uri: rules.jwksUri, log, clock, timeoutMs: fetchTimeoutMs });
  // So that the first token need not wait, and the log says at once when they cannot be had.
  void keys.refresh();
  const options = {
    algorithms: ALGORITHMS,
    issuer: rules.issuer,
    ...(rules.audience && { audience: [...rules.audience] }),
    requiredClaims: ['exp', 'sub'],
    clockTolerance: rules.clockSkewSeconds,
  };
  const claimsOf = async (token: string) => {
    const claims = await verify(token, keys, { ...options, currentDate: new Date(now()) });
    if (rules.clientId) checkClient(claims, rules.clientId);
    return claims;
  };
  return { rules, claimsOf, freshKeysOf: () => keys.freshSince };
}

type VerifyOptions = NonNullable<Parameters<typeof jwtVerify>[2]>;

/** A key may have been replaced by one of the same name, or both have none: then the token does not say that it is new. */
async function verify(token: string, keys: KeySet, options: VerifyOptions): Promise<JWTPayload> {
  const { fetchedAt } = keys;
  try {
    return await verifyByAny(token, keys, options);
  } catch (error) {
    if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    await keys.refresh();
    if (keys.fetchedAt === fetchedAt) throw error;
    return verifyByAny(token, keys, options);
  }
}

/** Where several keys of the set match what the token says of its own, each is tried. */
async function verifyByAny(token: string, keys: KeySet, options: VerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys.keyOf, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (failure) {
        // What is wrong with its claims is found after its signature was good.
        if (failure instanceof errors.JWTClaimValidationFailed || failure instanceof errors.JWTExpired)
          throw failure;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

/**
 * By `client_id` alone an ID token of the same client could pass for an access token: `token_use` distinguishes them. A
 * token that names an audience all the same is for that audience only (RFC 7519, 4.1.3); Cognito lets a trigger add the client's id.
 */
function checkClient(claims: JWTPayload, clients: readonly string[]): void {
  const { client_id: client, token_use: use, aud } = claims;
  const refuse = (claim: string, reason: string) => {
    throw new errors.JWTClaimValidationFailed(`unexpected ${claim}`, claims, claim, reason);
  };
  if (use !== 'access') refuse('token_use', use === undefined ? 'missing' : 'check_failed');
  if (client === undefined) refuse('client_id', 'missing');
  if (!clients.includes(client as string)) refuse('client_id', 'check_failed');
  if (aud !== undefined && ![aud].flat().some((name) => clients.includes(name)))
    refuse('aud', 'check_failed');
}
