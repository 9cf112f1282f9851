// Wrong settings. How the program ends on one is tried in main.test.ts, with processes.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, examine, misspelt, readConfig } from '../../src/config/config.ts';
import { environment } from '../../src/config/environment.ts';

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

/** Empty for what is not refused. */
function messageOf(env: Record<string, string>): string {
  try {
    readConfig(env);
    return '';
  } catch (error) {
    return (error as ConfigError).message;
  }
}

const escaped = (text: string): string => text.replaceAll(/[.()?/]/g, '\\$&');

const [A, B] = ['123456789012', '210987654321'];
const roleOf = (account = '') => `arn:aws:iam::${account}:role/teams/ivs-gateway`;

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
    ['an account that is none', { IVS_ACCOUNTS: '12345' }, 'IVS_ACCOUNTS'],
    ['a user for a role', { IVS_ACCOUNTS: `${A}=arn:aws:iam::${A}:user/me` }, 'IVS_ACCOUNTS'],
    ['a role of another account', { IVS_ACCOUNTS: `${A}=${roleOf(B)}` }, 'IVS_ACCOUNTS'],
    ['an account twice', { IVS_ACCOUNTS: `${A},${A}=${roleOf(A)}` }, 'IVS_ACCOUNTS'],
    ['two accounts of its own', { IVS_ACCOUNTS: `${A},${B}` }, 'IVS_ACCOUNTS'],
    [
      'an external id of one letter',
      { IVS_ACCOUNTS: `${A}=${roleOf(A)}`, IVS_EXTERNAL_ID: 'x' },
      'IVS_EXTERNAL_ID',
    ],
    ['an external id without a role', { IVS_ACCOUNTS: A, IVS_EXTERNAL_ID: 'ours' }, 'IVS_EXTERNAL_ID'],
    [
      'an external id of an account without a role',
      { IVS_ACCOUNTS: `${A},${B}=${roleOf(B)}`, IVS_EXTERNAL_ID: `${A}=ours` },
      'IVS_EXTERNAL_ID',
    ],
    [
      'two external ids of an account',
      { IVS_ACCOUNTS: `${A}=${roleOf(A)}`, IVS_EXTERNAL_ID: `${A}=ours,${A}=theirs` },
      'IVS_EXTERNAL_ID: expected each account once, got 123456789012 twice',
    ],
    ['an endpoint that is no URL', { AWS_ENDPOINT_URL: 'localhost' }, 'AWS_ENDPOINT_URL'],
    ['a time that is none', { REQUEST_TIMEOUT_MS: '0' }, 'REQUEST_TIMEOUT_MS'],
    ['a delay that is none', { SHUTDOWN_DELAY_MS: '-1' }, 'SHUTDOWN_DELAY_MS'],
    ['a time beyond all timers', { REQUEST_TIMEOUT_MS: '3000000000' }, 'REQUEST_TIMEOUT_MS'],
    ['a default region that is none', { AWS_DEFAULT_REGION: 'home' }, 'AWS_DEFAULT_REGION'],
    ['a proxy without http', { HTTPS_PROXY: 'proxy.example.com:3128' }, 'HTTPS_PROXY'],
    ['a proxy of another kind, in lower case', { http_proxy: 'socks5://proxy:1080' }, 'HTTP_PROXY'],
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
    ['a secret that is short', { EVENTS_SECRET: 'sesame' }, 'EVENTS_SECRET'],
    [
      'three secrets',
      { EVENTS_SECRET: [1, 2, 3].map((n) => `secret-secret-${n}${n}`).join() },
      'EVENTS_SECRET',
    ],
    ['a secret with a space', { EVENTS_SECRET: 'sixteen characters' }, 'EVENTS_SECRET'],
    ['a path of events that is none', { EVENTS_PATH: 'events' }, 'EVENTS_PATH'],
    ['the path of something else', { EVENTS_PATH: '/graphql' }, 'EVENTS_PATH'],
    ['a queue that is no URL', { EVENTS_SQS_URL: 'arn:aws:sqs:us-west-2:1:q' }, 'EVENTS_SQS_URL'],
    ['a queue without a name', { EVENTS_SQS_URL: 'https://sqs.us-west-2.amazonaws.com/' }, 'EVENTS_SQS_URL'],
    ['events for all, without a secret', { ...jwt, EVENTS_PATH: '/events' }, 'EVENTS_SECRET'],
    ['AWS without a region', { IVS_BACKEND: 'aws', AUTH_MODE: 'none' }, 'AWS_REGION'],
    ['AWS without a word on authentication', { IVS_BACKEND: 'aws', AWS_REGION: 'us-west-2' }, 'AUTH_MODE'],
    ['the world without a word on authentication', { HOST: '0.0.0.0' }, 'AUTH_MODE'],
    ['keys from nowhere', { ...jwt, AUTH_JWKS_URI: '' }, 'AUTH_JWKS_URI'],
    ['keys over plain http', { ...jwt, AUTH_JWKS_URI: 'http://issuer.example/keys' }, 'AUTH_JWKS_URI'],
    ['keys at a URL that is none', { ...jwt, AUTH_JWKS_URI: 'issuer' }, 'AUTH_JWKS_URI'],
    ['keys behind a password', { ...jwt, AUTH_JWKS_URI: 'https://a:b@issuer.example' }, 'AUTH_JWKS_URI'],
    ['keys of nothing but an audience', { AUTH_MODE: 'jwt', AUTH_AUDIENCE: 'ivs' }, 'AUTH_ISSUER'],
    ['tokens for two kinds of name', { ...jwt, AUTH_CLIENT_ID: 'web' }, 'AUTH_CLIENT_ID'],
    ['no paths of claims', { ...jwt, AUTH_SCOPES_CLAIM: 'roles,,' }, 'AUTH_SCOPES_CLAIM'],
    ['a prefix that no scope can have', { ...jwt, AUTH_SCOPE_PREFIX: 'a b' }, 'AUTH_SCOPE_PREFIX'],
    [
      'clocks that may be off by an hour',
      { ...jwt, AUTH_CLOCK_SKEW_SECONDS: '3600' },
      'AUTH_CLOCK_SKEW_SECONDS',
    ],
    ['one issuer beside several', { ...jwt, AUTH_ISSUERS: '[]' }, 'AUTH_ISSUER:'],
    ['issuers that nobody is told to ask', { AUTH_ISSUERS: '[]' }, 'AUTH_MODE'],
    ['tokens of nobody', { ...jwt, AUTH_ISSUER: '' }, 'AUTH_ISSUER'],
    ['tokens for nobody', { ...jwt, AUTH_AUDIENCE: '' }, 'AUTH_AUDIENCE'],
    ['an issuer that nobody is told to ask', { AUTH_ISSUER: 'https://issuer.example/' }, 'AUTH_MODE'],
  ])('refuses %s with a line that names it', (_what, env, name) => {
    const refusal = refusalOf(env);
    expect(refusal).toMatch(/^.+(\n.+)*$/);
    expect(refusal).toContain(name);
  });

  it('names HOST and what it was, where HOST is why it asks', () => {
    const refusal = refusalOf({ HOST: 'x86_64-conda-linux-gnu' });
    expect(refusal).toMatch(/^AUTH_MODE: .*HOST is "x86_64-conda-linux-gnu"/);
    const aws = refusalOf({ IVS_BACKEND: 'aws', AWS_REGION: 'us-west-2' });
    expect(aws).toMatch(/^AUTH_MODE: .*since IVS_BACKEND is aws;/);
    expect(aws).not.toContain('HOST');
  });

  it('takes the region from where the AWS CLI does, in that order, for AWS alone', () => {
    const aws = { IVS_BACKEND: 'aws', AUTH_MODE: 'none' };
    const profile = { region: 'eu-central-1' };
    const region = (env: Record<string, string>) => readConfig(env, profile).defaultRegion;
    expect(region({ ...aws, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'eu-west-1' })).toBe('us-east-1');
    expect(region({ ...aws, AWS_DEFAULT_REGION: 'eu-west-1' })).toBe('eu-west-1');
    expect(region(aws)).toBe('eu-central-1');
    expect(region({ AWS_DEFAULT_REGION: 'eu-west-1' })).toBe('us-west-2');
    expect(() => readConfig(aws, { region: 'home' })).toThrow(/AWS_REGION: .*~\/.aws has "home"/);
  });

  it('receives events with a secret, or on loopback without authentication', () => {
    const events = (env: Record<string, string>) => readConfig(env).events;
    const secrets = ['0123456789abcdef', 'fedcba9876543210'];
    expect(events({})).toEqual({ path: '/events', secrets: [] });
    expect(events({ EVENTS_PATH: '/hooks/ivs' })).toEqual({ path: '/hooks/ivs', secrets: [] });
    expect(events({ ...jwt, EVENTS_SECRET: secrets.join(', ') })).toEqual({ path: '/events', secrets });
    expect(events({ HOST: '0.0.0.0', AUTH_MODE: 'none' })).toBeUndefined();
    expect(events(jwt)).toBeUndefined();
    expect(refusalOf({ EVENTS_SECRET: 'open sesame' })).not.toContain('sesame');
  });

  it('reads accounts, in their order, and one external id for all roles or one each', () => {
    const IVS_ACCOUNTS = ` ${B}=${roleOf(B)} , ${A}`;
    const accountsOf = (env: object) => readConfig({ IVS_ACCOUNTS, ...env }).accounts;
    expect(accountsOf({})).toEqual([{ id: B, roleArn: roleOf(B) }, { id: A }]);
    for (const IVS_EXTERNAL_ID of ['ours=1,2', `${B}=ours=1`])
      expect(accountsOf({ IVS_EXTERNAL_ID })).toEqual([
        { id: B, roleArn: roleOf(B), externalId: IVS_EXTERNAL_ID.replace(`${B}=`, '') },
        { id: A },
      ]);
    expect(readConfig({}).accounts).toBeUndefined();
    const rates = readConfig({ IVS_CALL_RATES: `GetStage=20, ${B}:GetStage=7` }).callRates;
    expect(rates).toEqual({ GetStage: 20, [`${B}:GetStage`]: 7 });
  });

  it('reads a queue, with or without a path for events', () => {
    const url = 'https://sqs.eu-west-1.amazonaws.com/123456789012/ivs-events.fifo';
    const env = { ...jwt, EVENTS_SQS_URL: url };
    const queue = { url, endpoint: undefined, defaultRegion: 'us-west-2' };
    expect(readConfig(env)).toMatchObject({ events: undefined, eventsQueue: queue });
    const endpoint = 'http://localhost:4566';
    expect(readConfig({ ...env, AWS_ENDPOINT_URL_SQS: endpoint }).eventsQueue).toEqual({
      ...queue,
      endpoint,
    });
    expect(readConfig({}).eventsQueue).toBeUndefined();
  });

  const urls = Object.keys(environment).filter((name) =>
    /_(URL|URI|ENDPOINT|ORIGINS)$|S?_PROXY$(?<!^TRUST_PROXY)|_URL_|^AUTH_ISSUERS$/.test(name),
  );
  it('finds the settings that are URLs', () => expect(urls.length).toBeGreaterThan(14));

  it.each(urls)('does not print user, password and query of %s', (name) => {
    for (const scheme of ['ftp:', 'socks5:', 'http', 'https:/', '']) {
      for (const password of [
        'sesame',
        'a@sesame',
        'a/sesame',
        'a?sesame',
        'a#sesame',
        '1/sesame',
        '1?sesame',
      ])
        expect(messageOf({ [name]: `${scheme}//me:${password}@host:1/path` })).not.toContain('sesame');
      for (const rest of ['host/path?token=sesame', 'host?token=a@sesame', 'host#sesame', ' host?sesame'])
        expect(messageOf({ [name]: `${scheme}//${rest}` })).not.toContain('sesame');
    }
  });

  it.each([
    [
      'AWS_ENDPOINT_URL_IVS',
      'ftp://me:sesame@host:2121/a?b=c',
      '"ftp://host:2121/a" (user and query are not shown)',
    ],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', '"collector:4318"'],
    ['EVENTS_SQS_URL', 'https://me:sesame@sqs/1/q', '"https://sqs/1/q" (user and query are not shown)'],
    ['HTTPS_PROXY', 'socks5://me:sesame@proxy:1080', '"socks5://proxy:1080" (user and query are not shown)'],
    [
      'CORS_ORIGINS',
      'https://a,https://me:sesame@b',
      '"https://a", "https://b/" (user and query are not shown)',
    ],
    ['AWS_ENDPOINT_URL', 'me:sesame@host', 'a text that is not shown, since it may hold a secret'],
  ])('prints the rest of the URL %s=%s', (name, value, shown) => {
    expect(refusalOf({ [name]: value })).toMatch(new RegExp(`^${name}: expected .*, got ${escaped(shown)}$`));
  });

  it('does not print a password in AUTH_ISSUERS', () => {
    const item = {
      issuer: 'https://me:sesame@a/',
      jwksUri: 'http://me:sesame@a/?k=sesame',
      audience: [5, 'b'],
    };
    for (const issuers of [item, [item, item], ['https://me:sesame@a/'], [[item]]])
      expect(messageOf({ AUTH_MODE: 'jwt', AUTH_ISSUERS: JSON.stringify(issuers) })).not.toContain('sesame');
  });

  it('tells all that is wrong at once, and nothing that only follows from it', () => {
    const refusal = refusalOf({
      PORT: 'http',
      IVS_BACKEND: 'aws',
      AWS_REGION: 'home',
      IVS_REGIONS: 'eu-west-1',
      AUTH_MODE: 'jwt',
      AUTH_JWKS_URI: 'http://issuer.example/keys',
      GRAPHIQL: 'yes',
    });
    const names = refusal.split('\n').map((line) => line.split(':')[0]);
    expect(names).toEqual([
      'PORT',
      'AWS_REGION',
      'AUTH_JWKS_URI',
      'GRAPHIQL',
      'AUTH_ISSUER',
      'AUTH_AUDIENCE',
    ]);
  });

  it('does not print what it cannot read as a URL of Redis: there may be a password in it', () => {
    const refusal = refusalOf({ REDIS_URL: 'rdis://:sesame@localhost' });
    expect(refusal).toMatch(/^REDIS_URL: expected a URL such as redis:.*$/);
    expect(refusal).not.toContain('sesame');
  });

  it('reads one issuer from variables', () => {
    const { AUTH_AUDIENCE: _, ...cognito } = jwt;
    const settings = {
      AUTH_CLIENT_ID: 'web, ios',
      AUTH_SCOPES_CLAIM: 'scope,roles',
      AUTH_SCOPE_PREFIX: 'a/',
    };
    expect(readConfig({ ...cognito, ...settings, AUTH_CLOCK_SKEW_SECONDS: '60' }).jwt).toEqual({
      issuers: [
        {
          issuer: jwt.AUTH_ISSUER,
          jwksUri: jwt.AUTH_JWKS_URI,
          clientId: ['web', 'ios'],
          scopesClaim: ['scope', 'roles'],
          scopePrefix: 'a/',
        },
      ],
      clockSkewSeconds: 60,
    });
    expect(readConfig(jwt).jwt).toMatchObject({ issuers: [{ audience: ['ivs'] }], clockSkewSeconds: 10 });
  });

  const staff = { issuer: 'https://staff.example/', jwksUri: 'https://staff.example/keys', audience: 'ivs' };
  const { audience: _, ...nameless } = staff;
  const issuersOf = (...issuers: unknown[]) => ({ AUTH_MODE: 'jwt', AUTH_ISSUERS: JSON.stringify(issuers) });

  it('reads several issuers from JSON', () => {
    const customers = {
      ...nameless,
      issuer: 'c',
      clientId: ['a', 'b'],
      scopesClaim: 'roles, realm_access.roles',
      scopePrefix: 'x/',
    };
    expect(readConfig(issuersOf(staff, customers)).jwt?.issuers).toEqual([
      { ...staff, audience: ['ivs'] },
      { ...customers, scopesClaim: ['roles', 'realm_access.roles'] },
    ]);
  });

  it.each<[string, string, string]>([
    ['no JSON', 'https://issuer.example/', 'expected a JSON array of issuers, got a text that is no JSON'],
    ['one issuer', JSON.stringify(staff), 'expected a JSON array of issuers, got {"issuer"'],
    ['no issuer', '[]', 'expected a JSON array of issuers, got []'],
  ])('refuses as issuers %s', (_what, text, message) => {
    expect(refusalOf({ AUTH_MODE: 'jwt', AUTH_ISSUERS: text })).toContain(`AUTH_ISSUERS: ${message}`);
  });

  it.each<[unknown, string]>([
    [null, 'AUTH_ISSUERS[1]: expected an object, got null'],
    [{ ...nameless, issuer: 'b' }, 'AUTH_ISSUERS[1]: expected either audience or clientId, got neither'],
    [
      { ...staff, issuer: 'b', clientId: 'x' },
      'AUTH_ISSUERS[1]: expected either audience or clientId, got both',
    ],
    [
      { ...staff, issuer: 5 },
      'AUTH_ISSUERS[1].issuer: expected the issuer, as the claim iss of its tokens names it, got 5',
    ],
    [{ ...staff, issuer: undefined }, 'AUTH_ISSUERS[1].issuer: expected the issuer, as'],
    [staff, 'AUTH_ISSUERS[1].issuer: expected each issuer once, got "https://staff.example/" again'],
    [{ ...staff, issuer: 'b', jwksUri: 'http://b.example/' }, 'AUTH_ISSUERS[1].jwksUri: expected'],
    [
      { ...staff, issuer: 'b', audience: [] },
      'AUTH_ISSUERS[1].audience: expected a text or an array of texts, got []',
    ],
    [{ ...staff, issuer: 'b', scopesClaim: [''] }, 'AUTH_ISSUERS[1].scopesClaim: expected'],
    [
      { ...staff, issuer: 'b', scopePrefix: 'a b' },
      'AUTH_ISSUERS[1].scopePrefix: expected a text without spaces',
    ],
    [
      { ...staff, issuer: 'b', audiance: 'x' },
      'AUTH_ISSUERS[1]: expected members among issuer, jwksUri, audience',
    ],
  ])('refuses the second issuer %j with its place', (issuer, message) => {
    const refusal = refusalOf(issuersOf(staff, issuer));
    expect(refusal).toMatch(/^.+$/);
    expect(refusal).toContain(message);
  });

  const documented = [...readFileSync('docs/how-to/authentication.md', 'utf8').matchAll(/```sh\n([^`]*)```/g)]
    .map(([, block = '']) => [...block.matchAll(/^(AUTH_\w+)=(?:'([^']*)'|(.*?)(?: \\| node .*)?$)/gm)])
    .map((set) => Object.fromEntries(set.map(([, name, quoted, plain]) => [name, quoted ?? plain ?? ''])));
  it('finds the settings of issuers that are documented', () => expect(documented).toHaveLength(4));
  it.each(documented)('takes what docs/how-to/authentication.md shows: %j', (env) => {
    expect(readConfig({ ...env, AUTH_MODE: 'jwt' }).jwt?.issuers.length).toBeGreaterThan(0);
  });
});

it('names the wrong entry of IVS_ACCOUNTS, and no other', () => {
  const problems = examine({ IVS_ACCOUNTS: '123456789012, 2109, 333333333333=role' }).problems;
  expect(problems).toEqual([expect.stringMatching(/^IVS_ACCOUNTS: .*, got "2109", "333333333333=role"$/)]);
});

describe('misspelt', () => {
  it.each([
    ['GRAPHQIL', 'GRAPHIQL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['IVS_REGION', 'IVS_REGIONS'],
    ['ivs_backend', 'IVS_BACKEND'],
    ['METRICS_TOKENS', 'METRICS_TOKEN'],
  ])('%s is meant to be %s', (name, meant) => {
    expect(misspelt({ [name]: 'x' })).toEqual([expect.stringContaining(`${name} is not a setting`)]);
    expect(misspelt({ [name]: 'x' })[0]).toContain(`Did you mean ${meant}?`);
  });

  it.each([
    'HOME',
    'POST',
    'AWS_ENDPOINT_URL_STS',
    'HTTP_PROXY',
    'no_proxy',
    'https_proxy',
    'REDIS_PORT',
    'AWS_PROFILE',
    'GRAPHIQL',
  ])('%s is nobody’s slip', (name) => {
    expect(misspelt({ [name]: 'x' })).toEqual([]);
  });
});
