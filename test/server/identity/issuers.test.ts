// Issuers as they are: Cognito without `aud`, roles in other claims, names of scopes with something before them, and several
// issuers side by side.
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Caller, scopes } from '../../../src/context.ts';
import { startGateway } from '../../support/gateway.ts';
import { AUDIENCE, type Key, NOW_S, newKey, sign, startIssuer } from '../../support/issuer.ts';

let key: Key;
let other: Key;
beforeAll(async () => {
  key = await newKey('ES256', 'one');
  other = await newKey('ES256', 'one');
});

type Options = Parameters<Awaited<ReturnType<typeof startIssuer>>['authentication']>[0];

/** What is said of who asks, or to who asks: the caller, or the message. */
async function start(options: Options) {
  const issuer = await startIssuer([key.jwk]);
  const authenticate = issuer.authentication(options);
  const say = async (token: string): Promise<Caller | string> => {
    const request = new Request('http://gateway/', { headers: { authorization: `Bearer ${token}` } });
    return Promise.resolve(authenticate(request, {})).catch((error: Error) => error.message);
  };
  return { issuer, authenticate, say };
}

const granted = (said: Caller | string) => (typeof said === 'string' ? said : [...said.scopes]);

/** As Amazon Cognito's documentation shows an access token. */
const cognito = {
  aud: undefined,
  token_use: 'access',
  client_id: '57cbishk4j24pabc1234567890',
  username: 'alice',
  scope: 'https://ivs.example.com/ivs:read https://ivs.example.com/ivs:token openid',
  'cognito:groups': ['ivs:write'],
};
const byClient = {
  audience: undefined,
  clientId: ['web', cognito.client_id],
  scopePrefix: 'https://ivs.example.com/',
};

describe('an issuer that is checked by its clients', () => {
  it.each([
    ['without an audience', {}],
    ["with the client's id as its audience", { aud: cognito.client_id }],
    ['with it among its audiences', { aud: ['x', cognito.client_id] }],
  ])('lets in an access token %s', async (_what, claims) => {
    const { say } = await start({ rules: byClient });
    expect(granted(await say(await sign(key, { ...cognito, ...claims })))).toEqual(['ivs:read', 'ivs:token']);
  });

  it.each([
    ['an ID token', { token_use: 'id', aud: cognito.client_id, client_id: undefined }, /no access token/],
    ['an ID token with a client', { token_use: 'id' }, /no access token/],
    ['a token of no declared use', { token_use: undefined }, /no claim token_use/],
    ['another client', { client_id: 'x' }, /another client/],
    ['no client', { client_id: undefined }, /no claim client_id/],
    ['a client that is a list', { client_id: [cognito.client_id] }, /another client/],
    ['another audience', { aud: 'https://other.example' }, /another audience/],
    ['an audience of no form', { aud: { a: 1 } }, /another audience/],
    ['another issuer', { iss: 'https://evil.example/' }, /another issuer/],
  ])('does not let in %s', async (_what, claims, message) => {
    const { say } = await start({ rules: byClient });
    expect(await say(await sign(key, { ...cognito, ...claims }))).toMatch(message);
  });

  it('through the front door: a mutation is answered', async () => {
    const { authenticate } = await start({ rules: byClient });
    const gateway = await startGateway({ authenticate });
    const token = await sign(key, { ...cognito, scope: 'https://ivs.example.com/ivs:write' });
    const { data, errors } = await gateway.ask(
      'mutation { createStage(input: {}) { ... on CreateStagePayload { stage { arn } } } }',
      {},
      { headers: { authorization: `Bearer ${token}` } },
    );
    expect(errors).toBeUndefined();
    expect(data.createStage.stage.arn).toMatch(/^arn:aws:ivs:/);
  });
});

describe('scopes', () => {
  it.each<[string[], object, unknown]>([
    [['roles'], { roles: ['ivs:read'] }, ['ivs:read']],
    [['realm_access.roles'], { realm_access: { roles: ['ivs:read', 'offline'] } }, ['ivs:read']],
    [['access.my.app.roles'], { access: { 'my.app': { roles: ['ivs:read'] } } }, ['ivs:read']],
    [['https://example.com/roles'], { 'https://example.com/roles': 'openid ivs:read' }, ['ivs:read']],
    [['https://a.b/c.roles'], { 'https://a.b/c': { roles: ['ivs:read'] } }, ['ivs:read']],
    // Only the claims that are named count, the first of them that names one of ours.
    [['roles'], { scope: 'ivs:write' }, []],
    [['scp', 'roles'], { scp: 'x', roles: ['ivs:write'] }, ['ivs:write']],
    [['scp', 'roles'], { scp: 'ivs:read', roles: ['ivs:write'] }, ['ivs:read']],
    [['realm_access.roles'], { realm_access: 'ivs:read' }, []],
    [
      ['realm_access.roles'],
      { realm_access: { roles: { 'ivs:read': 1 } } },
      /realm_access.roles is malformed/,
    ],
    [['toString', 'a.constructor'], { a: {} }, []],
  ])('by the paths %j of the claims %j are %j', async (scopesClaim, claims, expected) => {
    const { say } = await start({ rules: { scopesClaim } });
    const said = granted(await say(await sign(key, { scope: undefined, ...claims })));
    if (expected instanceof RegExp) expect(said).toMatch(expected);
    else expect(said).toEqual(expected);
  });

  it.each([
    ['api://ivs/', 'api://ivs/ivs:read api://ivs/ivs:write', ['ivs:read', 'ivs:write']],
    // Without it a name is that of another API.
    ['api://ivs/', 'ivs:read api://other/ivs:write api://ivs/api://ivs/ivs:token', []],
    ['api://ivs/', 'API://IVS/ivs:read xapi://ivs/ivs:read api://ivs/ ivs:read', []],
    ['.', 'xivs:read .ivs:token', ['ivs:token']],
  ])('with the prefix %s of %s are %j', async (scopePrefix, scope, expected) => {
    const { say } = await start({ rules: { scopePrefix } });
    expect(granted(await say(await sign(key, { scope })))).toEqual(expected);
  });

  it('with a prefix all of them can be had', async () => {
    const { say } = await start({ rules: { scopePrefix: 'p/', scopesClaim: ['roles'] } });
    expect(granted(await say(await sign(key, { roles: scopes.map((name) => `p/${name}`) })))).toEqual([
      ...scopes,
    ]);
  });
});

describe('several issuers', () => {
  const THEIRS = 'https://customers.example/';
  const theirClaims = { iss: THEIRS, aud: 'customers', scope: undefined, roles: ['ivs:token'] };
  const two = async () => {
    const customers = await startIssuer([other.jwk]);
    const rules = {
      issuer: THEIRS,
      jwksUri: customers.jwksUri,
      audience: ['customers'],
      scopesClaim: ['roles'],
    };
    return { customers, ...(await start({ others: [rules] })) };
  };

  it('each has its own keys and rules', async () => {
    const { say } = await two();
    expect(granted(await say(await sign(key)))).toEqual(['ivs:read', 'ivs:write']);
    expect(granted(await say(await sign(other, theirClaims)))).toEqual(['ivs:token']);
    // The roles of one mean nothing in a token of the other, and the other way round.
    expect(granted(await say(await sign(key, { scope: undefined, roles: ['ivs:token'] })))).toEqual([]);
    expect(granted(await say(await sign(other, { ...theirClaims, roles: [], scope: 'ivs:read' })))).toEqual(
      [],
    );
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ['the key of one under the name of the other', () => sign(other), /not acceptable/],
    ['and the other way round', () => sign(key, theirClaims), /not acceptable/],
    ['the audience of the other', () => sign(other, { ...theirClaims, aud: AUDIENCE }), /another audience/],
    [
      'both names',
      () => sign(other, { ...theirClaims, iss: [THEIRS, 'https://issuer.example/'] }),
      /another issuer/,
    ],
    ['neither', () => sign(key, { iss: 'https://issuer.example' }), /another issuer/],
    ['a name of every object', () => sign(key, { iss: '__proto__' }), /another issuer/],
  ])('a token with %s is refused', async (_what, make, message) => {
    const { say } = await two();
    expect(await say(await make())).toMatch(message);
  });

  it('one that is out keeps nobody of the other waiting', async () => {
    const { customers, say } = await two();
    customers.answerWith((request) => void request.socket.destroy());
    expect(await say(await sign(other, theirClaims))).toMatch(/keys are not available/);
    expect(granted(await say(await sign(key)))).toContain('ivs:read');
  });

  it('the same subject of two is two callers, for limits and in the audit', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
    onTestFinished(() => void vi.useRealTimers());
    const { authenticate } = await two();
    const gateway = await startGateway({ authenticate, server: { limits: { perSecond: 1 } } });
    const ask = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await gateway.ask('mutation { createStage(input: {}) { __typename } }', {}, { headers }))
        .status;
    };
    const [ours, theirs] = [await sign(key), await sign(other, theirClaims)];
    expect([await ask(ours), await ask(theirs), await ask(ours)]).toEqual([200, 200, 429]);
    expect(gateway.log.map(({ issuer, subject }) => [issuer, subject])).toEqual([
      ['https://issuer.example/', 'alice'],
      [THEIRS, 'alice'],
    ]);
  });
});

it('clocks may be off by as much as is set', async () => {
  const { say } = await start({ clockSkewSeconds: 60 });
  expect(await say(await sign(key, { exp: NOW_S - 59 }))).toMatchObject({ expiresAt: (NOW_S + 1) * 1000 });
  expect(await say(await sign(key, { nbf: NOW_S + 60 }))).toMatchObject({ subject: 'alice' });
  expect(await say(await sign(key, { exp: NOW_S - 60 }))).toMatch(/expired/);
  expect(await say(await sign(key, { nbf: NOW_S + 61 }))).toMatch(/not valid yet/);
  const exact = await start({ clockSkewSeconds: 0 });
  expect(await exact.say(await sign(key, { exp: NOW_S }))).toMatch(/expired/);
});
