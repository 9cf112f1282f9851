// The command line as a user meets it: real processes.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AUDIENCE, ISSUER, newKey, sign, startIssuer } from './support/issuer.ts';
import { freePort } from './support/ports.ts';
import { ask, before, inTerminal, launchServer, PROGRAM, post, run, serving } from './support/processes.ts';

/** The lines of a log. */
const linesOf = (err: string) =>
  err
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('serve', () => {
  it('serves the demo world, says where in lines for machines, and stops when it is told to', async () => {
    const { child, said, url, ended } = await serving([], { PORT: '0' });
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
    expect(said.out).toBe('');
    expect(linesOf(said.err)).toMatchObject([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        msg: 'started',
        url: `${url}/graphql`,
        backend: 'emulator',
        regions: ['us-west-2', 'eu-west-1'],
        emulator: expect.stringMatching(/^http:/),
      },
      { level: 'info', msg: 'draining' },
      { level: 'info', msg: 'stopped' },
    ]);
  });

  it('answers with the query that its own banner suggests', async () => {
    const said = await inTerminal([], { PORT: '0' }, /started/);
    expect(said).toContain('ivs-graphql is ready');
    expect(said).toMatch(/INFO.*started/);
    const url = /http:\/\/[\d.]+:\d+/.exec(said)?.[0] as string;
    const suggested = JSON.parse(/-d '(.*)'/.exec(said)?.[1] as string);
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

  it('takes the events of its emulator without any set-up', async () => {
    const { url, said } = await serving([], { PORT: '0' });
    const { emulator } = linesOf(said.err)[0];
    const body = JSON.stringify({ limit: 'Concurrent Viewers', region: 'us-west-2' });
    await fetch(`${emulator}/_control/breachLimit`, { method: 'POST', body });
    const metrics = async () => (await fetch(new URL('/metrics', url))).text();
    await expect.poll(metrics).toContain('events_total{kind="IVS Limit Breach",outcome="accepted"} 1');
    const unknown = { region: 'us-west-2', detailType: 'x', source: 'of.others', detail: {} };
    await fetch(`${emulator}/_control/putEvent`, { method: 'POST', body: JSON.stringify(unknown) });
    const events = async () => (await fetch(`${emulator}/_control/events`)).json();
    await expect.poll(events).toMatchObject({ deliveries: [{ failed: 1, retries: 0, waiting: 0 }] });
  });

  it('ends subscriptions without `complete` when it stops, so that clients come back', async () => {
    const { url, child, ended } = await serving([], { PORT: '0' });
    const query = 'subscription { streams { __typename } }';
    const open = () => post(url, query, { accept: 'text/event-stream' });
    const bodies = await Promise.all(Array.from({ length: 5 }, open));
    child.kill('SIGTERM');
    for (const text of await Promise.all(bodies.map((response) => response.text()))) {
      expect(text).toContain('"StreamsState"');
      expect(text).not.toContain('complete');
    }
    expect(await ended).toBe(0);
  });

  it('optimizes no code for the start of a stand-alone emulator', async () => {
    const args = [PROGRAM, 'emulator', '--port', '0', '--seed', 'empty'];
    const { child, said, ended } = await launchServer('--trace-opt', args, {});
    const { out } = said;
    child.kill('SIGKILL');
    await ended;
    expect(out).not.toContain('optimizing');
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
    });
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const headers = { authorization: `Bearer ${await sign(key, { exp })}` };
    const mutation = 'mutation { createStage(input: {}) { __typename } }';
    expect(await ask(url, mutation)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(await ask(url, mutation, headers)).toMatchObject({
      data: { createStage: { __typename: 'CreateStagePayload' } },
    });
    while (!said.err.includes('"audit"')) await once(child.stderr as NodeJS.ReadableStream, 'data');
    const audit = { level: 'info', audit: true, subject: 'alice', mutation: 'createStage' };
    expect(linesOf(said.err)).toContainEqual(expect.objectContaining(audit));
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

  it('tells all that is wrong at once, each in a line', async () => {
    const env = {
      PORT: 'http',
      LIMITS: 'height=5',
      IVS_CALL_RATES: 'GetStag=5',
      PERSISTED_OPERATIONS: '/no',
    };
    const { code, err } = await run([], env);
    expect(code).toBe(1);
    expect(err.match(/^ivs-graphql: [A-Z_]+:/gm)).toEqual(
      ['PORT', 'IVS_CALL_RATES', 'LIMITS', 'PERSISTED_OPERATIONS'].map((name) => `ivs-graphql: ${name}:`),
    );
    expect(err.trim().split('\n')).toHaveLength(4);
  });

  it('takes host and port as options, which go before the environment', async () => {
    const { url } = await serving(['serve', '--host', '127.0.0.1', '--port', '0'], {
      PORT: '1',
      HOST: '0.0.0.0',
    });
    expect(new URL(url).port).not.toBe('1');
    const { code, err } = await run(['serve', '--port', new URL(url).port]);
    expect([code, err]).toEqual([1, expect.stringMatching(/^ivs-graphql: --port: .* in use\n$/)]);
  });

  it('tells where its emulator is, which shows both regions of the demo world', async () => {
    const taken = await serving(['emulator', '--port', '0', '--still']);
    const port = new URL(taken.url).port;
    const { code, err } = await run([], { PORT: '0', EMULATOR_PORT: port });
    expect([code, err]).toEqual([1, expect.stringMatching(/^ivs-graphql: EMULATOR_PORT: .* in use\n$/)]);
    const fixed = await freePort();
    const { url, said } = await serving([], { PORT: '0', EMULATOR_PORT: String(fixed) });
    expect(linesOf(said.err)[0].emulator).toBe(`http://127.0.0.1:${fixed}`);
    expect((await fetch(`http://127.0.0.1:${fixed}/_control`)).status).toBe(200);
    const { data } = await ask(url, '{ stages(region: "eu-west-1") { nodes { name } } }');
    expect(data.stages.nodes).toContainEqual({ name: 'berlin-meetup' });
  });

  it('warns of a variable that is nearly one of its own', async () => {
    const { said } = await serving([], { PORT: '0', GRAPHQIL: 'off' });
    expect(linesOf(said.err)).toMatchObject([
      { level: 'warn', msg: 'GRAPHQIL is not a setting and has no effect. Did you mean GRAPHIQL?' },
      { msg: 'started' },
    ]);
  });

  it('says so too when another setting ends the start', async () => {
    const { code, err } = await run([], { AUTH_MODE: 'jwt', AUTH_ISUER: 'https://a.example', PORT: 'x' });
    expect(code).toBe(1);
    expect(err).toContain('AUTH_ISUER is not a setting and has no effect. Did you mean AUTH_ISSUER?');
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

describe('serve --check', () => {
  it('asks AWS and Redis, and fails with what cannot be had', async () => {
    const emulator = await serving(['emulator', '--port', '0', '--still']);
    const env = before(emulator);
    const good = await run(['serve', '--check'], env);
    expect(good).toEqual({
      code: 0,
      out: 'ok      settings\nok      AWS in us-west-2: credentials, ListStages, ListChannels\n',
      err: '',
    });
    await fetch(`${emulator.url}/_control/addFault`, {
      method: 'POST',
      body: JSON.stringify({ operation: 'ListChannels', status: 403, errorType: 'AccessDeniedException' }),
    });
    const bad = await run(['serve', '--check'], {
      ...env,
      REDIS_URL: 'redis://127.0.0.1:1',
      AUTH_MODE: 'jwt',
      AUTH_JWKS_URI: 'http://127.0.0.1:1/keys',
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
      TRUST_PROXI: '1',
    });
    expect([bad.code, bad.err]).toEqual([1, '']);
    expect(bad.out.trim().split('\n')).toEqual([
      'warning TRUST_PROXI is not a setting and has no effect. Did you mean TRUST_PROXY?',
      'ok      settings',
      expect.stringMatching(/^failed {2}AWS in us-west-2.*: AWS does not let the gateway do this \(.+\)$/),
      expect.stringMatching(/^failed {2}Redis: .*ECONNREFUSED/),
      expect.stringMatching(/^failed {2}keys of http.*: .* are not available \(.+\)/),
    ]);
  });

  it('tells wrong settings as the start does', async () => {
    const { code, out, err } = await run(['serve', '--check'], { PORT: 'http' });
    expect([code, out, err]).toEqual([1, '', expect.stringMatching(/^ivs-graphql: PORT: .*\n$/)]);
  });
});

describe('serve --check of several accounts', () => {
  it('probes each account in each region, and sees credentials of another account', async () => {
    const emulator = await serving(['emulator', '--port', '0', '--still']);
    const [own, other] = ['123456789012', '210987654321'];
    const roleOf = (account: string) => `${account}=arn:aws:iam::${account}:role/ivs-gateway`;
    const env = { ...before(emulator), IVS_REGIONS: 'us-west-2,eu-west-1' };
    const probe = 'credentials, ListStages, ListChannels';
    const good = await run(['serve', '--check'], { ...env, IVS_ACCOUNTS: `${own},${roleOf(other)}` });
    expect(good.out.trim().split('\n')).toEqual([
      'ok      settings',
      `ok      AWS account ${own} in us-west-2: ${probe}`,
      `ok      AWS account ${own} in eu-west-1: ${probe}`,
      `ok      AWS account ${other} in us-west-2: ${probe}`,
      `ok      AWS account ${other} in eu-west-1: ${probe}`,
    ]);
    const bad = await run(['serve', '--check'], { ...env, IVS_ACCOUNTS: other });
    expect([bad.code, bad.out]).toEqual([
      1,
      expect.stringContaining(
        `failed  AWS account ${other} in us-west-2: ${probe}: IVS_ACCOUNTS: expected a role of account ${other}, or credentials of it, got credentials of account ${own}\n`,
      ),
    ]);
    const unreachable = await run(['serve', '--check'], {
      ...env,
      IVS_ACCOUNTS: `${own},${roleOf(other)}`,
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1',
    });
    expect(unreachable.out).toContain(
      `failed  AWS account ${other} in us-west-2: ${probe}: AssumeRole of STS: AWS could not be reached (connect ECONNREFUSED 127.0.0.1:1)\n`,
    );
    const stranger = await run(['serve', '--check'], { ...env, IVS_CALL_RATES: `${other}:GetStage=7` });
    expect(stranger.err).toMatch(
      /IVS_CALL_RATES: expected accounts of IVS_ACCOUNTS, got 210987654321:GetStage/,
    );
  });
});

describe('the other commands', () => {
  it.each([
    [['--help'], 'Exit codes: 0'],
    [['help', 'schema'], '--subgraph'],
    [['serve', '--help'], /IVS_BACKEND +emulator [\s\S]*?\(default:\s+emulator\)/],
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
    [['emulator', '--time', 'tomorrow'], 'Expected a time of ISO 8601 with a zone'],
    [
      ['emulator', '--world', 'a.yaml', '--seed', 'demo'],
      "'--world <file>' cannot be used with option '--seed <world>'",
    ],
    [['emulator', '--ids', ''], "option '--ids <seed>' argument '' is invalid. Expected 1 to 128 characters"],
    [['emulator', '--ids', 'x'.repeat(129)], 'Expected 1 to 128 characters'],
    [['emulator', '--host', ''], "option '--host <host>' argument '' is invalid. Expected a text"],
    [['emulator', '--world', ''], "option '--world <file>' argument '' is invalid. Expected a text"],
    [['emulator', '--events-file', ''], "option '--events-file <file>' argument '' is invalid. Expected"],
    [['emulator', '--burst', '0'], 'Expected a whole number from 1 to 1000000'],
    [['emulator', '--seed', 'x'], 'demo, empty'],
    [
      ['emulator', '--events', 'ftp://me:sesame@host'],
      'expected an http or https URL, got "ftp://host/" (user',
    ],
    [['emulator', '--events-key', 'k'], "option '--events-key <key>' needs '--events <url>'"],
    [['emulator', '--events-heartbeat'], "option '--events-heartbeat' needs '--events <url>'"],
    [['emulator', '--events', 'http://localhost', '--events-key', ''], 'expected 1 to 512 printable ASCII'],
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

  it('the emulator names the option of a file that cannot be written', async () => {
    const { code, err } = await run(['emulator', '--port', '0', '--events-file', '/nowhere/events.jsonl']);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^ivs-graphql: --events-file: expected a file that can be written, got \/nowhere\/events\.jsonl: ENOENT.*\n$/,
    );
  });

  it('the emulator says what is wrong with a world file, one line for each problem', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'world-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'world.yaml');
    writeFileSync(file, 'stages:\n  - nam: a\nchannels: 5\n');
    const { code, err } = await run(['emulator', '--port', '0', '--world', file]);
    expect(code).toBe(1);
    expect(err.split('\n')).toEqual([
      `ivs-graphql: ${file}:2:5: stages[0].nam: unknown member: did you mean name?`,
      `ivs-graphql: ${file}:3:11: channels: expected a list, got 5`,
      '',
    ]);
  });

  it('schema stops when its reader does', async () => {
    const shell = spawnSync('bash', ['-c', 'set -o pipefail; node dist/main.js schema | head -1'], {
      encoding: 'utf8',
    });
    expect(shell).toMatchObject({ status: 0, stdout: expect.stringMatching(/^""".*\n$/), stderr: '' });
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
