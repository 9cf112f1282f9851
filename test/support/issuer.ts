// An issuer of tokens on loopback: its keys, made by jose, and the server that publishes them.
import type { RequestListener } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';
import { pino } from 'pino';
import type { IssuerRules } from '../../src/server/identity/issuer.ts';
import { jwtAuthentication } from '../../src/server/identity/jwt.ts';
import { localServer } from './local-server.ts';

export const ISSUER = 'https://issuer.example/';
export const AUDIENCE = 'ivs-graphql';
/** 2026-01-01, as the tests' clock says. */
export const NOW_S = 1_767_225_600;

export const newKey = async (alg: string, kid: string) => {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return {
    alg,
    kid,
    privateKey,
    publicKey,
    jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } as JWK,
  };
};
export type Key = Awaited<ReturnType<typeof newKey>>;

export const goodClaims = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'alice',
  exp: NOW_S + 600,
  scope: 'ivs:read ivs:write',
};

/** What `claims` sets to undefined is left out. */
export const sign = (key: Key, claims: object = {}, header: Partial<JWTHeaderParameters> = {}) =>
  new SignJWT({ ...goodClaims, ...claims })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .sign(key.privateKey);

export async function startIssuer(keys: JWK[] = []) {
  const state = { keys, wallMs: NOW_S * 1000, elapsedMs: 0, fetches: 0, log: [] as string[] };
  const publish: RequestListener = (_request, response) =>
    void response.end(JSON.stringify({ keys: state.keys }));
  let answer = publish;
  const url = await localServer((request, response) => {
    state.fetches += 1;
    answer(request, response);
  });
  const jwksUri = `${url}/keys`;
  const log = pino({}, { write: (line: string) => void state.log.push(line) });
  return Object.assign(state, {
    jwksUri,
    answerWith: (other: RequestListener = publish) => {
      answer = other;
    },
    /** Time that passes on both clocks, that of the system and the monotonic one. */
    pass: (milliseconds: number) => {
      state.wallMs += milliseconds;
      state.elapsedMs += milliseconds;
    },
    /** As an operator or NTP sets the system's clock: no time passes. */
    setClock: (milliseconds: number) => {
      state.wallMs += milliseconds;
    },
    /** Takes this issuer's tokens, and those of `others`. */
    authentication: ({
      fetchTimeoutMs = 5_000,
      rules = {},
      others = [],
      clockSkewSeconds = 10,
    }: {
      fetchTimeoutMs?: number;
      rules?: Partial<IssuerRules>;
      others?: readonly IssuerRules[];
      clockSkewSeconds?: number;
    } = {}) =>
      jwtAuthentication(
        {
          issuers: [{ jwksUri, issuer: ISSUER, audience: [AUDIENCE], ...rules }, ...others],
          clockSkewSeconds,
        },
        { log, now: () => state.wallMs, clock: { now: () => state.elapsedMs }, fetchTimeoutMs },
      ),
  });
}
