// Wrong settings. How the program ends on one is tried in main.test.ts, with processes.
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const jwt = {
  AUTH_MODE: 'jwt',
  AUTH_JWKS_URI: 'https://issuer.example/keys',
  AUTH_ISSUER: 'https://issuer.example/',
  AUTH_AUDIENCE: 'ivs',
};

/** What the program prints behind its name, as the only line. */
function refusalOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error(`Expected to be refused: ${JSON.stringify(env)}`);
}

describe('readConfig', () => {
  it.each([
    ['a port that is none', { PORT: 'http' }, 'PORT'],
    ['a port out of range', { PORT: '70000' }, 'PORT'],
    ['an unknown backend', { IVS_BACKEND: 'azure' }, 'IVS_BACKEND'],
    ['a region that is none', { AWS_REGION: 'home' }, 'AWS_REGION'],
    ['a call rate that is none', { IVS_CALL_RATES: 'GetStage=fast' }, 'IVS_CALL_RATES'],
    ['a call rate of nothing', { IVS_CALL_RATES: 'GetStage=0' }, 'IVS_CALL_RATES'],
    ['two call rates of one operation', { IVS_CALL_RATES: 'GetStage=5, GetStage=7' }, 'IVS_CALL_RATES'],
    ['regions without the own one', { IVS_REGIONS: 'eu-west-1' }, 'IVS_REGIONS'],
    ['an endpoint that is no URL', { AWS_ENDPOINT_URL: 'localhost' }, 'AWS_ENDPOINT_URL'],
    ['a time that is none', { REQUEST_TIMEOUT_MS: '0' }, 'REQUEST_TIMEOUT_MS'],
    ['a delay that is none', { SHUTDOWN_DELAY_MS: '-1' }, 'SHUTDOWN_DELAY_MS'],
    ['a time beyond all timers', { REQUEST_TIMEOUT_MS: '3000000000' }, 'REQUEST_TIMEOUT_MS'],
    ['a Redis that is none', { REDIS_URL: 'localhost:6379' }, 'REDIS_URL'],
    ['a Redis that is no URL at all', { REDIS_URL: 'redis' }, 'REDIS_URL'],
    ['a Redis database that is none', { REDIS_URL: 'redis://localhost/first' }, 'REDIS_URL'],
    ['a limit that is none', { LIMITS: 'depth=deep' }, 'LIMITS'],
    ['proxies without a number', { TRUST_PROXY: 'yes' }, 'TRUST_PROXY'],
    ['an origin with a path', { CORS_ORIGINS: 'https://app.example.com/' }, 'CORS_ORIGINS'],
    ['a pattern of origins', { CORS_ORIGINS: 'https://*.example.com' }, 'CORS_ORIGINS'],
    ['a star beside origins', { CORS_ORIGINS: '*,https://app.example.com' }, 'CORS_ORIGINS'],
    ['a switch that is none', { INTROSPECTION: 'no' }, 'INTROSPECTION'],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    ['AWS without a region', { IVS_BACKEND: 'aws', AUTH_MODE: 'none' }, 'AWS_REGION'],
    ['AWS without a word on authentication', { IVS_BACKEND: 'aws', AWS_REGION: 'us-west-2' }, 'AUTH_MODE'],
    ['the world without a word on authentication', { HOST: '0.0.0.0' }, 'AUTH_MODE'],
    ['keys from nowhere', { ...jwt, AUTH_JWKS_URI: '' }, 'AUTH_JWKS_URI'],
    ['keys over plain http', { ...jwt, AUTH_JWKS_URI: 'http://issuer.example/keys' }, 'AUTH_JWKS_URI'],
    ['keys at a URL that is none', { ...jwt, AUTH_JWKS_URI: 'issuer' }, 'AUTH_JWKS_URI'],
    ['keys behind a password', { ...jwt, AUTH_JWKS_URI: 'https://a:b@issuer.example' }, 'AUTH_JWKS_URI'],
    ['tokens of nobody', { ...jwt, AUTH_ISSUER: '' }, 'AUTH_ISSUER'],
    ['tokens for nobody', { ...jwt, AUTH_AUDIENCE: '' }, 'AUTH_AUDIENCE'],
    ['an issuer that nobody is told to ask', { AUTH_ISSUER: 'https://issuer.example/' }, 'AUTH_MODE'],
  ])('refuses %s with one line', (_what, env, name) => {
    const refusal = refusalOf(env);
    expect(refusal).toMatch(/^.+$/);
    expect(refusal).toContain(name);
  });

  it('does not print what it cannot read as a URL of Redis: there may be a password in it', () => {
    const refusal = refusalOf({ REDIS_URL: 'rdis://:sesame@localhost' });
    expect(refusal).toMatch(/^REDIS_URL: expected a URL such as redis:.*$/);
    expect(refusal).not.toContain('sesame');
  });
});
