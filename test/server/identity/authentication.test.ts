import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request as nodeRequest, type RequestListener } from 'node:http';
import { exportSPKI, type JWTHeaderParameters } from 'jose';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Caller, scopes } from '../../../src/context.ts';
import { listen } from '../../../src/server/http/listener.ts';
import { type Authenticate, authenticateAnonymously } from '../../../src/server/identity/authentication.ts';
import { KeySet } from '../../../src/server/identity/key-set.ts';
import { startGateway } from '../../support/gateway.ts';
import { goodClaims, ISSUER, type Key, NOW_S, newKey, sign, startIssuer } from '../../support/issuer.ts';

let key: Key;
let other: Key;
beforeAll(async () => {
  key = await newKey('ES256', 'one');
  other = await newKey('ES256', 'two');
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const query = '{ stages { nodes { name } } }';

async function start(keys = [key.jwk]) {
  const issuer = await startIssuer(keys);
  const gateway = await startGateway({ authenticate: issuer.authentication() });
  const ask = async (token: string) => gateway.ask(query, {}, { headers: bearer(token) });
  return { issuer, gateway, ask };
}

/** Who a token says its bearer is. */
async function callerOf(claims: object): Promise<Caller> {
  const issuer = await startIssuer([key.jwk]);
  const request = new Request('http://gateway/graphql', { headers: bearer(await sign(key, claims)) });
  return (issuer.authentication() as Authenticate)(request, {});
}

describe('a good token', () => {
  it.each([
    'RS256',
    'RS384',
    'RS512',
    'PS256',
    'PS384',
    'PS512',
    'ES256',
    'ES384',
    'ES512',
    'EdDSA',
    'Ed25519',
  ])('signed with %s lets in', async (alg) => {
    const its = await newKey(alg, 'its');
    const { ask } = await start([its.jwk]);
    expect(await ask(await sign(its))).toEqual({ status: 200, data: { stages: { nodes: [] } } });
  });

  it('without a key id lets in where there is one key', async () => {
    const { ask } = await start();
    expect((await ask(await sign(key, {}, { kid: undefined } as object))).status).toBe(200);
  });

  it.each([
    ['ended less than ten seconds ago', { exp: NOW_S - 9 }],
    ['begins in ten seconds', { nbf: NOW_S + 10 }],
    ['is for several audiences', { aud: ['x', goodClaims.aud] }],
  ])('that %s lets in', async (_what, claims) => {
    const { ask } = await start();
    expect((await ask(await sign(key, claims))).status).toBe(200);
  });

  it('says who asks, what they may, and until when', async () => {
    const claims = { ivs_resources: ['arn:aws:ivs:*'], ivs_user: 'u1' };
    expect(await callerOf(claims)).toEqual({
      issuer: ISSUER,
      subject: 'alice',
      scopes: new Set(['ivs:read', 'ivs:write']),
      resources: ['arn:aws:ivs:*'],
      user: 'u1',
      expiresAt: (goodClaims.exp + 10) * 1000,
    });
    expect(await callerOf({ ivs_resources: [] })).toMatchObject({ resources: [] });
  });

  it.each([
    [{ scope: 'openid ivs:read  ivs:nothing' }, ['ivs:read']],
    [{ scope: undefined, scp: ['ivs:moderate', 'x'] }, ['ivs:moderate']],
    [{ scope: undefined, scp: 'ivs:token' }, ['ivs:token']],
    [{ scope: 'openid', permissions: ['ivs:secret'] }, ['ivs:secret']],
    [{ scope: 'ivs:read', permissions: ['ivs:read', 'ivs:write'] }, ['ivs:read']],
    [{ scope: 'IVS:READ ivs:readx' }, []],
    [{ scope: undefined }, []],
  ])('with the claims %j has the scopes %j', async (claims, scopes) => {
    expect([...(await callerOf(claims)).scopes]).toEqual(scopes);
  });
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (header: object, claims: object = goodClaims) => `${encode(header)}.${encode(claims)}`;
const hmac = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest('base64url');

describe('a bad token', () => {
  const forged = async (alg: string) => {
    const text = unsigned({ alg, kid: 'one' });
    return `${text}.${hmac(text, await exportSPKI(key.publicKey))}`;
  };
  const table: [string, () => Promise<string> | string, RegExp][] = [
    ['without a signature', () => `${unsigned({ alg: 'none' })}.`, /not acceptable/],
    ['with the algorithm nOnE', () => `${unsigned({ alg: 'nOnE' })}.`, /not acceptable/],
    ['signed with the public key as a secret', () => forged('HS256'), /not acceptable/],
    ['that only says ES256', () => forged('ES256'), /not acceptable/],
    ['of a key of another', () => sign({ ...other, kid: 'one' }), /not acceptable/],
    ['of an unknown key', () => sign(other), /not acceptable/],
    [
      'that brings its own key',
      () => sign(other, {}, { jwk: other.jwk } as JWTHeaderParameters),
      /not acceptable/,
    ],
    ['from another issuer', () => sign(key, { iss: 'https://evil.example/' }), /another issuer/],
    ['without an issuer', () => sign(key, { iss: undefined }), /no claim iss/],
    ['for another audience', () => sign(key, { aud: 'x' }), /another audience/],
    ['without an audience', () => sign(key, { aud: undefined }), /no claim aud/],
    ['that ended ten seconds ago', () => sign(key, { exp: NOW_S - 10 }), /expired/],
    ['that begins in eleven seconds', () => sign(key, { nbf: NOW_S + 11 }), /not valid yet/],
    ['without an end', () => sign(key, { exp: undefined }), /no claim exp/],
    ['that ends with a word', () => sign(key, { exp: 'never' }), /exp is malformed/],
    ['without a subject', () => sign(key, { sub: undefined }), /no claim sub/],
    ['of nobody', () => sign(key, { sub: '' }), /sub is malformed/],
    ['of a number', () => sign(key, { sub: 5 }), /sub is malformed/],
    [
      'with a scope that is an object',
      () => sign(key, { scope: { 'ivs:read': true } }),
      /scope is malformed/,
    ],
    ['with permissions that are numbers', () => sign(key, { permissions: [1] }), /permissions is malformed/],
    [
      'with a bound that is a text',
      () => sign(key, { ivs_resources: 'arn:*' }),
      /ivs_resources is malformed/,
    ],
    ['with a bound that is null', () => sign(key, { ivs_resources: null }), /ivs_resources is malformed/],
    ['with a bound of numbers', () => sign(key, { ivs_resources: ['a', 1] }), /ivs_resources is malformed/],
    ['with an empty user', () => sign(key, { ivs_user: '' }), /ivs_user is malformed/],
    ['with a user that is null', () => sign(key, { ivs_user: null }), /ivs_user is malformed/],
    ['that is garbage', () => 'garbage', /not acceptable/],
    ['with three empty parts', () => '..', /not acceptable/],
    ['of 17 KB', () => sign(key, { pad: 'x'.repeat(12.5 * 1024) }), /too long: expected at most 16384 bytes/],
  ];

  it.each(table)('%s is refused, and no call made', async (_what, make, message) => {
    const { gateway } = await start();
    const token = await make();
    const response = await gateway.fetch('http://gateway/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(token) },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    expect([response.status, JSON.parse(text).errors[0]]).toMatchObject([
      401,
      { message: expect.stringMatching(message), extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="ivs-graphql", error="invalid_/);
    // Nothing of the token, and no data.
    expect(text).not.toMatch(/evil|nodes|ES256|\bone\b|data/);
    expect(gateway.calls()).toEqual({});
  });
});

describe('a token elsewhere', () => {
  it.each([
    ['nowhere', '', () => ({})],
    ['in the URL', '&access_token=', () => ({})],
    ['in a cookie', '', (token: string) => ({ cookie: `token=${token}; access_token=${token}` })],
    ['as Basic', '', (token: string) => ({ authorization: `Basic ${token}` })],
    ['bare', '', (token: string) => ({ authorization: token })],
    ['twice', '', (token: string) => ({ authorization: `Bearer ${token}, Bearer ${token}` })],
  ])('%s is none', async (_where, parameter, headers) => {
    const { gateway } = await start();
    const token = await sign(key);
    const url = `http://gateway/graphql?query=${encodeURIComponent(query)}${parameter && parameter + token}`;
    const response = await gateway.fetch(url, { headers: headers(token) as Record<string, string> });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('in two headers of one request is none, over a socket', async () => {
    const send = await openSocket();
    const one = ['Host', 'x', 'Authorization', `Bearer ${await sign(key)}`];
    expect((await send(one)).status).toBe(200);
    expect((await send([...one, 'Authorization', 'Bearer x'])).status).toBe(401);
  });
});

it('a token of hundreds of groups is taken as far as Node takes it, and then told to be too long', async () => {
  const send = await openSocket();
  const tokenOf = (count: number) => sign(key, { groups: Array.from({ length: count }, () => randomUUID()) });
  const ask = async (count: number) => send(['Host', 'x', 'Authorization', `Bearer ${await tokenOf(count)}`]);
  const [long, tooLong] = [await ask(290), await ask(330)];
  expect((await tokenOf(290)).length).toBeGreaterThan(15_000);
  expect(long.status).toBe(200);
  expect([tooLong.status, tooLong.type]).toEqual([431, 'application/json']);
  expect(JSON.parse(tooLong.body)).toEqual({
    errors: [
      {
        message: 'The headers are too long: expected at most 16384 bytes, token and cookies included',
        extensions: { code: 'BAD_REQUEST' },
      },
    ],
  });
});

/** Sends headers, as they stand, to a gateway that listens. */
async function openSocket() {
  const { gateway } = await start();
  const server = await listen(gateway.handler, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.drain({ delayMs: 0, finishMs: 0 }));
  return async (headers: string[]) => {
    const { port } = server.address;
    const path = `/graphql?query=${encodeURIComponent('{ __typename }')}`;
    const request = nodeRequest({ port, host: '127.0.0.1', path, headers }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const body = Buffer.concat(await response.toArray()).toString();
    return { status: response.statusCode, type: response.headers['content-type'], body };
  };
}

describe('the keys of the issuer', () => {
  const broken: [string, RequestListener][] = [
    ['is down', (request) => void request.socket.destroy()],
    ['answers HTML', (_request, response) => void response.end('<html>hello</html>')],
    ['answers 500', (_request, response) => void response.writeHead(500).end('{"keys":[]}')],
    ['redirects', (_request, response) => void response.writeHead(302, { location: '/other' }).end()],
    ['answers JSON of another kind', (_request, response) => void response.end('{"keys":5}')],
    ['answers without end', (_request, response) => void response.end(`{"keys":[${'[],'.repeat(200_000)}`)],
  ];

  it('are named in the log without the query of their URL, which may be a token', async () => {
    const lines: { uri?: string }[] = [];
    const log = { warn: (details: object) => lines.push(details) } as never;
    const uri = 'http://127.0.0.1:9/keys?token=sesame';
    await new KeySet({ uri, log, clock: performance, timeoutMs: 5_000 }).refresh();
    expect(lines.map((line) => line.uri)).toEqual(['http://127.0.0.1:9/keys']);
    expect(JSON.stringify(lines)).not.toContain('sesame');
  });

  it.each(broken)('are asked for again, after the issuer %s', async (_what, answer) => {
    const issuer = await startIssuer([key.jwk]);
    issuer.answerWith(answer);
    const gateway = await startGateway({ authenticate: issuer.authentication() });
    const token = await sign(key);
    const send = () => gateway.fetch(`http://gateway/graphql?query={__typename}`, { headers: bearer(token) });
    const refused = await send();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
    expect(await refused.json()).toEqual({
      errors: [
        {
          message: expect.stringContaining('keys are not available'),
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
    expect(issuer.log.join('')).toContain('the keys of the issuer are not available');
    // Those who come back at once make no more fetches, those who wait as they were told are let in.
    expect([(await send()).status, issuer.fetches]).toEqual([503, 1]);
    issuer.answerWith();
    issuer.pass(10_000);
    expect([(await send()).status, issuer.fetches]).toEqual([200, 2]);
  });

  it('are not waited for without end', async () => {
    const issuer = await startIssuer();
    issuer.answerWith(() => {});
    const request = new Request('http://gateway/graphql', { headers: bearer(await sign(key)) });
    await expect(issuer.authentication({ fetchTimeoutMs: 50 })(request, {})).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED', http: { status: 503 } },
    });
    expect(issuer.log.join('')).toContain('timeout');
  });

  it('go on working while the issuer is out, for an hour', async () => {
    const { issuer, ask } = await start();
    const token = await sign(key, { exp: NOW_S + 7200 });
    expect((await ask(token)).status).toBe(200);
    issuer.answerWith((request) => void request.socket.destroy());
    issuer.pass(59 * 60_000);
    expect((await ask(token)).status).toBe(200);
    // A key that we do not know may be a new one, and nobody can say.
    expect((await ask(await sign(other))).status).toBe(503);
    issuer.pass(60_000);
    expect((await ask(token)).status).toBe(503);
    issuer.answerWith();
    issuer.pass(10_000);
    expect((await ask(token)).status).toBe(200);
  });

  it('are fetched anew for a new key, and one that is withdrawn goes', async () => {
    const { issuer, ask } = await start();
    expect((await ask(await sign(key))).status).toBe(200);
    issuer.keys = [other.jwk];
    issuer.pass(10_000);
    expect([(await ask(await sign(other))).status, issuer.fetches]).toEqual([200, 2]);
    expect((await ask(await sign(key))).status).toBe(401);
  });

  it('are asked for every five minutes, so that a withdrawn one is not taken for longer', async () => {
    const { issuer, ask } = await start();
    const token = await sign(key);
    expect((await ask(token)).status).toBe(200);
    issuer.keys = [other.jwk];
    issuer.pass(5 * 60_000 - 1);
    expect([(await ask(token)).status, issuer.fetches]).toEqual([200, 1]);
    issuer.pass(1);
    expect([(await ask(token)).status, issuer.fetches]).toEqual([401, 2]);
  });

  it.each([
    ['back', -6 * 3_600_000],
    ['forward', 6 * 3_600_000],
  ])('are kept as long, and fetched as often, when the clock is set %s by six hours', async (_way, step) => {
    const { issuer, ask } = await start([key.jwk]);
    const token = await sign(key, { exp: NOW_S + 12 * 3600 });
    const newer = await sign(other, { exp: NOW_S + 12 * 3600 });
    expect((await ask(token)).status).toBe(200);
    issuer.setClock(step);
    issuer.keys = [other.jwk];
    issuer.pass(9_999);
    expect([(await ask(newer)).status, issuer.fetches]).toEqual([401, 1]);
    issuer.pass(1);
    expect([(await ask(newer)).status, issuer.fetches]).toEqual([200, 2]);
    issuer.keys = [key.jwk];
    issuer.pass(5 * 60_000 - 1);
    expect([(await ask(newer)).status, issuer.fetches]).toEqual([200, 2]);
    issuer.pass(1);
    expect([(await ask(newer)).status, issuer.fetches]).toEqual([401, 3]);
  });

  it('are not fetched more often for thousands of keys that do not exist', async () => {
    const issuer = await startIssuer([key.jwk]);
    const authenticate = issuer.authentication();
    const text = (await sign(other)).split('.');
    const refused = await Promise.all(
      Array.from({ length: 3000 }, async (_, kid) => {
        issuer.pass(10);
        const token = `${encode({ alg: 'ES256', kid: `k${kid}` })}.${text[1]}.${text[2]}`;
        const request = new Request('http://gateway/graphql', { headers: bearer(token) });
        return Promise.resolve(authenticate(request, {})).catch((error) => error.extensions.http.status);
      }),
    );
    expect(new Set(refused)).toEqual(new Set([401]));
    // One at the start, and at most one for each ten seconds of the thirty.
    expect(issuer.fetches).toBeLessThanOrEqual(4);
  });
});

describe('without a token', () => {
  it('the health checks and the page of GraphiQL are served, and nothing else', async () => {
    const { gateway } = await start();
    const status = async (path: string, init: RequestInit = {}) =>
      (await gateway.fetch(`http://gateway${path}`, init)).status;
    expect([await status('/livez'), await status('/readyz')]).toEqual([200, 200]);
    expect(await status('/graphql', { headers: { accept: 'text/html' } })).toBe(200);
    expect(await status('/graphql?query={__schema{queryType{name}}}')).toBe(401);
    // Before anything of the body is read.
    const bodies = ['{"query": "{', '{"query": "{ nothing }"}', 'x'.repeat(2 ** 21)];
    for (const body of bodies) expect(await status('/graphql', { method: 'POST', body })).toBe(401);
  });
});

it('a request ends when its token does', async () => {
  const caller: Caller = { subject: 'alice', scopes: new Set(['ivs:read']), expiresAt: 2_000 };
  const gateway = await startGateway({
    callRates: true,
    rates: { ListStages: 0.1 },
    authenticate: () => caller,
  });
  await gateway.data(query);
  const { status, errors } = await gateway.ask(query);
  expect([status, errors]).toMatchObject([
    401,
    [{ message: 'The token has expired', extensions: { code: 'UNAUTHENTICATED' } }],
  ]);
  expect(gateway.clock.now()).toBe(2_000);
  expect(gateway.calls()).toEqual({ ListStages: 1 });
});

it('a request that is refused does not wait for the end of its token', async () => {
  const caller: Caller = { subject: 'alice', scopes: new Set(['ivs:read']), expiresAt: 2_000 };
  const gateway = await startGateway({ authenticate: () => caller, server: { limits: { values: 1 } } });
  expect((await gateway.ask(query)).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_EXPENSIVE' } }]);
  // The clock leaps to the next moment that somebody waits for.
  for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate);
  expect(gateway.clock.now()).toBe(0);
});

it('where nobody is asked, the caller is known by the address', async () => {
  const request = new Request('http://gateway/graphql');
  const req = { socket: { remoteAddress: '10.0.0.9' } } as IncomingMessage;
  expect(await authenticateAnonymously(0)(request, { req })).toEqual({
    subject: '10.0.0.9',
    scopes: new Set(scopes),
  });
});
