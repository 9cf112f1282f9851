// AUTH_*: whose tokens are taken, and by which rules. One issuer has a variable for each rule; several are JSON.

import type { Environment } from './environment.ts';
import { EXPECTED, type IssuerSettings, type Issuers, parseIssuers } from './issuers.ts';

export interface JwtSettings {
  issuers: IssuerSettings[];
  clockSkewSeconds: number;
}

interface Auth {
  /** Undefined without authentication. */
  jwt?: JwtSettings;
  /** A line for each setting that cannot be used. */
  problems: string[];
}

/** The variables of one issuer, by the members that they are in the list of several. */
const SHORT = {
  issuer: 'AUTH_ISSUER',
  jwksUri: 'AUTH_JWKS_URI',
  audience: 'AUTH_AUDIENCE',
  clientId: 'AUTH_CLIENT_ID',
  scopesClaim: 'AUTH_SCOPES_CLAIM',
  scopePrefix: 'AUTH_SCOPE_PREFIX',
} as const satisfies Record<keyof IssuerSettings, keyof Environment>;

export function readAuth(data: Environment): Auth {
  const short = Object.values(SHORT).find((name) => data[name] !== undefined);
  const given = short ?? (data.AUTH_ISSUERS && 'AUTH_ISSUERS');
  if (!data.AUTH_MODE && given)
    return { problems: [`AUTH_MODE: expected jwt, since ${given} is set; it is not set`] };
  if (data.AUTH_MODE !== 'jwt') return { problems: [] };
  if (data.AUTH_ISSUERS && short)
    return { problems: [`${short}: expected a member of AUTH_ISSUERS, since that is set`] };
  const { issuers, problems } = data.AUTH_ISSUERS ? parseIssuers(data.AUTH_ISSUERS) : readIssuer(data);
  if (problems.length > 0) return { problems };
  return { jwt: { issuers, clockSkewSeconds: data.AUTH_CLOCK_SKEW_SECONDS }, problems };
}

function readIssuer(data: Environment): Issuers {
  const { AUTH_ISSUER: issuer, AUTH_JWKS_URI: jwksUri } = data;
  const { AUTH_AUDIENCE: audience, AUTH_CLIENT_ID: clientId } = data;
  const problems: string[] = [];
  if (!issuer) problems.push(missing('AUTH_ISSUER', EXPECTED.issuer));
  if (!jwksUri) problems.push(missing('AUTH_JWKS_URI', EXPECTED.jwksUri));
  if (!audience && !clientId) problems.push(missing('AUTH_AUDIENCE', AUDIENCE));
  if (audience && clientId) problems.push('AUTH_CLIENT_ID: expected instead of AUTH_AUDIENCE, got both');
  if (!issuer || !jwksUri || problems.length > 0) return { issuers: [], problems };
  const { AUTH_SCOPES_CLAIM: scopesClaim, AUTH_SCOPE_PREFIX: scopePrefix } = data;
  const rules = { audience: audience ? [audience] : undefined, clientId, scopesClaim, scopePrefix };
  return { issuers: [{ issuer, jwksUri, ...rules }], problems };
}

const missing = (name: string, expected: string): string =>
  `${name}: expected ${expected}, since AUTH_MODE is jwt; it is not set`;

const AUDIENCE =
  'the name of this gateway, as the claim aud of the tokens for it says it (or AUTH_CLIENT_ID, where there is no aud)';
