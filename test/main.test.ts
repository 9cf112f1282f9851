// The command line as a user meets it: real processes.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { AUDIENCE, ISSUER, newKey, sign, startIssuer } from './support/issuer.ts';
import { ask, before, run, serving } from './support/processes.ts';

describe('serve', () => {
  it('serves the demo world, says where, and stops when it is told to', async () => {
    const { child, said, url, ended } = await serving([], { PORT: '0' });
    expect(said.out).toContain('ivs-graphql is ready');
    const { data } = await ask(
      url,
      '{ stages(first: 1) { nodes { name activeSession { participants(first: 2) { nodes { userId } } } } } }',
    );
    expect(data.stages.nodes).toEqual([
      {
        name: 'town-hall',
        activeSession: { participants: { nodes: [{ userId: 'alice' }, { userId: 'bob' }] } },
      },
    ]);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(said.err).toBe('');
  });

  it('answers with the query that its own banner suggests', async () => {
    const { said, url } = await serving([], { PORT: '0' });
    const suggested = JSON.parse(/-d '(.*)'/.exec(said.out)?.[1] as string);
    const { data, errors } = (await ask(url, suggested.query)) as { data: object; errors?: unknown };
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain('alice');
  });

  it('calls at the rates that the account was given', async () => {
    const { url, child, ended } = await serving([], {
      PORT: '0',
      IVS_CALL_RATES: 'GetStage=3, ListStages=50',
    });
    const { extensions } = await ask(url, '{ stages { nodes { name } } }', { 'x-ivs-cost': '1' });
    expect(extensions.ivs.operations).toMatchObject([{ operation: 'ListStages', budget: { perSecond: 49 } }]);
    child.kill('SIGTERM');
    await ended;
  });

  it('serves a stand-alone emulator as if it were AWS', async () => {
    const emulator = await serving(['emulator', '--port', '0', '--still']);
    const { url, said } = await serving([], before(emulator));
    const { data } = await ask(url, '{ channels(first: 1) { nodes { name } } }');
    expect(data.channels.nodes).toHaveLength(1);
    expect(said.err).toContain('AUTH_MODE is none');
  });

  it('serves those who have a token, once it is told whose', async () => {
    const key = await newKey('ES256', 'one');
    const issuer = await startIssuer([key.jwk]);
    const { child, url, said } = await serving([], {
      PORT: '0',
      AUTH_MODE: 'jwt',
      AUTH_JWKS_URI: issuer.jwksUri,
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
      LOG_LEVEL: 'silent',
    });
    expect(said.out).toContain(`Authentication         tokens of ${ISSUER} for ${AUDIENCE}`);
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const headers = { authorization: `Bearer ${await sign(key, { exp })}` };
    const mutation = 'mutation { createStage(input: {}) { __typename } }';
    expect(await ask(url, mutation)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(await ask(url, mutation, headers)).toMatchObject({
      data: { createStage: { __typename: 'CreateStagePayload' } },
    });
    if (!said.err) await once(child.stderr as NodeJS.ReadableStream, 'data');
    expect(JSON.parse(said.err)).toMatchObject({ audit: true, subject: 'alice', mutation: 'createStage' });
  });

  const jwt = {
    AUTH_MODE: 'jwt',
    AUTH_JWKS_URI: 'https://issuer.example/keys',
    AUTH_ISSUER: 'https://issuer.example/',
    AUTH_AUDIENCE: 'ivs',
  };
  const aws = { IVS_BACKEND: 'aws', AUTH_MODE: 'none', AWS_REGION: 'us-west-2' };
  it.each([
    ['a port that is none', { PORT: 'http' }, 'PORT'],
    ['a port out of range', { PORT: '70000' }, 'PORT'],
    ['an unknown backend', { IVS_BACKEND: 'azure' }, 'IVS_BACKEND'],
    ['a region that is none', { AWS_REGION: 'home' }, 'AWS_REGION'],
    ['a call rate that is none', { IVS_CALL_RATES: 'GetStage=fast' }, 'IVS_CALL_RATES'],
    ['a call rate of nothing', { IVS_CALL_RATES: 'GetStage=0' }, 'IVS_CALL_RATES'],
    ['two call rates of one operation', { IVS_CALL_RATES: 'GetStage=5, GetStage=7' }, 'IVS_CALL_RATES'],
    ['a call rate of no operation', { IVS_CALL_RATES: 'GetStag=5' }, 'IVS_CALL_RATES'],
    ['regions without the own one', { IVS_REGIONS: 'eu-west-1' }, 'IVS_REGIONS'],
    ['an endpoint that is no URL', { AWS_ENDPOINT_URL: 'localhost' }, 'AWS_ENDPOINT_URL'],
    ['a time that is none', { REQUEST_TIMEOUT_MS: '0' }, 'REQUEST_TIMEOUT_MS'],
    ['a delay that is none', { SHUTDOWN_DELAY_MS: '-1' }, 'SHUTDOWN_DELAY_MS'],
    ['a time beyond all timers', { REQUEST_TIMEOUT_MS: '3000000000' }, 'REQUEST_TIMEOUT_MS'],
    ['a Redis that is none', { REDIS_URL: 'localhost:6379' }, 'REDIS_URL'],
    ['a Redis that is no URL at all', { REDIS_URL: 'redis' }, 'REDIS_URL'],
    ['a Redis database that is none', { REDIS_URL: 'redis://localhost/first' }, 'REDIS_URL'],
    ['a limit that is none', { LIMITS: 'depth=deep' }, 'LIMITS'],
    ['an unknown limit', { LIMITS: 'height=5' }, 'LIMITS'],
    ['proxies without a number', { TRUST_PROXY: 'yes' }, 'TRUST_PROXY'],
    ['an origin with a path', { CORS_ORIGINS: 'https://app.example.com/' }, 'CORS_ORIGINS'],
    ['a pattern of origins', { CORS_ORIGINS: 'https://*.example.com' }, 'CORS_ORIGINS'],
    ['a star beside origins', { CORS_ORIGINS: '*,https://app.example.com' }, 'CORS_ORIGINS'],
    ['a switch that is none', { INTROSPECTION: 'no' }, 'INTROSPECTION'],
    ['a manifest that is not there', { PERSISTED_OPERATIONS: '/nonexistent' }, 'PERSISTED_OPERATIONS'],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    ['AWS without a region', { IVS_BACKEND: 'aws', AUTH_MODE: 'none' }, 'AWS_REGION'],
    ['AWS without a word on authentication', { IVS_BACKEND: 'aws', AWS_REGION: 'us-west-2' }, 'AUTH_MODE'],
    ['the world without a word on authentication', { HOST: '0.0.0.0' }, 'AUTH_MODE'],
    ['AWS without credentials', aws, 'credentials'],
    ['AWS behind tokens without credentials', { ...aws, ...jwt }, 'credentials'],
    ['keys from nowhere', { ...jwt, AUTH_JWKS_URI: '' }, 'AUTH_JWKS_URI'],
    ['keys over plain http', { ...jwt, AUTH_JWKS_URI: 'http://issuer.example/keys' }, 'AUTH_JWKS_URI'],
    ['keys at a URL that is none', { ...jwt, AUTH_JWKS_URI: 'issuer' }, 'AUTH_JWKS_URI'],
    ['keys behind a password', { ...jwt, AUTH_JWKS_URI: 'https://a:b@issuer.example' }, 'AUTH_JWKS_URI'],
    ['tokens of nobody', { ...jwt, AUTH_ISSUER: '' }, 'AUTH_ISSUER'],
    ['tokens for nobody', { ...jwt, AUTH_AUDIENCE: '' }, 'AUTH_AUDIENCE'],
    ['an issuer that nobody is told to ask', { AUTH_ISSUER: 'https://issuer.example/' }, 'AUTH_MODE'],
  ])('refuses %s with one line', async (_what, env, name) => {
    const { code, out, err } = await run([], env);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^ivs-graphql: .*\n$/);
    expect(err).toContain(name);
  });

  it('does not print what it cannot read as a URL of Redis: there may be a password in it', async () => {
    const { code, err } = await run([], { REDIS_URL: 'rdis://:sesame@localhost' });
    expect(code).toBe(1);
    expect(err).toMatch(/^ivs-graphql: REDIS_URL: expected a URL such as redis:.*\n$/);
    expect(err).not.toContain('sesame');
  });

  it('refuses a port in use with one line', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { code, err } = await run([], { PORT: String((other.address() as AddressInfo).port) });
    other.close();
    expect(code).toBe(1);
    expect(err).toMatch(/^ivs-graphql: PORT: .* in use\n$/);
  });
});

describe('the other commands', () => {
  it.each([
    [['--help'], 'Exit codes: 0'],
    [['help', 'schema'], '--subgraph'],
    [['serve', '--help'], /IVS_BACKEND +emulator .* \(default: emulator\)/],
    [['emulator', '--help'], '--seed empty --port 5000'],
    [['schema', '--help'], '> schema.graphql'],
  ])('%j helps', async (args, telling) => {
    const { code, out, err } = await run(args);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Usage: ivs-graphql/);
    expect(out).toMatch(telling);
  });

  it('says which version it is', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await run(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it.each([
    [['nonsense'], "unknown command 'nonsense'"],
    [['serve', 'this'], "unknown command 'this'"],
    [['--nope'], "unknown option '--nope'"],
    [['emulator', '--port', 'x'], 'Expected a whole number'],
    [['emulator', '--port', '70000'], 'Expected a port'],
    [['emulator', '--latency-ms', '3600001'], 'Expected a whole number from 0 to 3600000'],
    [['emulator', '--burst', '0'], 'Expected a whole number from 1 to 1000000'],
    [['emulator', '--seed', 'x'], 'demo, empty'],
    [['schema', '--nope'], "unknown option '--nope'"],
    [['schema', 'this'], 'too many arguments'],
  ])('%j is refused as wrong usage, without a stack', async (args, telling) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(telling);
    expect(err).not.toMatch(/\bat .*\.js/);
  });

  it('the emulator says which of its options names a port in use', async () => {
    const { url } = await serving(['emulator', '--port', '0', '--still']);
    const { code, err } = await run(['emulator', '--port', new URL(url).port]);
    expect(code).toBe(1);
    expect(err).toMatch(/^ivs-graphql: --port: .* in use\n$/);
  });

  it('schema stops when its reader does', async () => {
    const shell = spawnSync('bash', ['-c', 'set -o pipefail; node dist/main.js schema | head -1'], {
      encoding: 'utf8',
    });
    expect(shell).toMatchObject({ status: 0, stdout: '"""\n', stderr: '' });
  });

  it('schema fails where nothing can be written', () => {
    const shell = spawnSync('bash', ['-c', 'node dist/main.js schema > /dev/full'], { encoding: 'utf8' });
    expect([shell.status, shell.stderr]).toEqual([
      1,
      expect.stringMatching(/^ivs-graphql: cannot write: .*\n$/),
    ]);
  });

  it('schema prints the contract that is committed', async () => {
    expect((await run(['schema'])).out).toBe(readFileSync('schema.graphql', 'utf8'));
  });

  it('schema --subgraph prints the federated one', async () => {
    expect((await run(['schema', '--subgraph'])).out).toContain(
      '@key(fields: "stageArn sessionId participantId")',
    );
  });
});
