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
  // All other wrong settings are tried in config.test.ts: those that readConfig finds end here in the same way.
  it.each([
    ['a port that is none', { PORT: 'http' }, 'PORT'],
    ['a call rate of no operation', { IVS_CALL_RATES: 'GetStag=5' }, 'IVS_CALL_RATES'],
    ['an unknown limit', { LIMITS: 'height=5' }, 'LIMITS'],
    ['a manifest that is not there', { PERSISTED_OPERATIONS: '/nonexistent' }, 'PERSISTED_OPERATIONS'],
    ['AWS without credentials', aws, 'credentials'],
    ['AWS behind tokens without credentials', { ...aws, ...jwt }, 'credentials'],
  ])('refuses %s with one line', async (_what, env, name) => {
    const { code, out, err } = await run([], env);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^ivs-graphql: .*\n$/);
    expect(err).toContain(name);
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
