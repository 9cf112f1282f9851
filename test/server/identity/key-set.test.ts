// Sets of keys as issuers really publish them: names twice or not at all, other names of algorithms, and keys that are none.
import { beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { type Key, newKey, sign, startIssuer } from '../../support/issuer.ts';

let key: Key;
let other: Key;
beforeAll(async () => {
  key = await newKey('ES256', 'one');
  other = await newKey('ES256', 'two');
});

const nameless = { kid: undefined } as unknown as { kid: string };

async function start(keys: object[]) {
  const issuer = await startIssuer(keys);
  const gateway = await startGateway({ authenticate: issuer.authentication() });
  const statusOf = async (token: string) =>
    (await gateway.ask('{ __typename }', {}, { headers: { authorization: `Bearer ${token}` } })).status;
  const told = () =>
    issuer.log.map((line) => JSON.parse(line)).flatMap(({ problems }) => (problems ? [problems] : []));
  return { issuer, statusOf, told };
}

describe('where several keys match, each is tried', () => {
  it.each([
    ['the same name twice', () => [key.jwk, { ...other.jwk, kid: 'one' }], {}],
    ['no names', () => [key.jwk, other.jwk].map((jwk) => ({ ...jwk, ...nameless })), {}],
    [
      'no names, and the token has none',
      () => [key.jwk, other.jwk].map((jwk) => ({ ...jwk, ...nameless })),
      nameless,
    ],
    ['names, and the token has none', () => [key.jwk, other.jwk], nameless],
  ])('%s', async (_what, keys, header) => {
    const { statusOf } = await start(keys());
    const stranger = await newKey('ES256', 'one');
    const named = { kid: 'one', ...header };
    expect(await statusOf(await sign(key, {}, named))).toBe(200);
    expect(await statusOf(await sign(other, {}, named))).toBe(200);
    expect(await statusOf(await sign(stranger, {}, named))).toBe(401);
  });

  it.each([
    [{ aud: 'x' }, /another audience/],
    [{ exp: 1 }, /expired/],
    [{ nbf: 9e9, exp: 9e9 }, /not valid yet/],
    [{ sub: '' }, /sub is malformed/],
  ])('and the claims are checked all the same: %j', async (claims, message) => {
    const issuer = await startIssuer([key.jwk, { ...other.jwk, kid: 'one' }]);
    const authorization = `Bearer ${await sign(other, claims, { kid: 'one' })}`;
    const request = new Request('http://gateway/', { headers: { authorization } });
    await expect(issuer.authentication()(request, {})).rejects.toThrow(message);
  });

  it('and one that cannot be used is passed over, as is what is no key', async () => {
    const { statusOf } = await start([{ kty: 'EC', crv: 'P-256', x: '!', y: '!', kid: 'one' }, key.jwk]);
    expect(await statusOf(await sign(key))).toBe(200);
    const odd = await start([5 as unknown as object, key.jwk]);
    expect(await odd.statusOf(await sign(key))).toBe(200);
  });
});

it.each([
  ['one that the set does not name', nameless],
  ['one of the same name', {}],
])('a key is replaced by %s without a wait for the old one to grow old', async (_what, name) => {
  const { issuer, statusOf } = await start([{ ...key.jwk, ...name }]);
  const token = await sign(other, {}, { kid: 'one' });
  expect(await statusOf(await sign(key))).toBe(200);
  issuer.keys = [{ ...other.jwk, kid: 'one', ...name }];
  expect([await statusOf(token), issuer.fetches]).toEqual([401, 1]);
  issuer.pass(10_000);
  expect([await statusOf(token), issuer.fetches]).toEqual([200, 2]);
  expect([await statusOf(await sign(key)), issuer.fetches]).toEqual([401, 2]);
});

it.each([
  ['EdDSA', 'Ed25519'],
  ['Ed25519', 'EdDSA'],
  ['EdDSA', 'EdDSA'],
])('a key for %s verifies a token that says %s', async (published, said) => {
  const edwards = await newKey('Ed25519', 'one');
  const { statusOf, told } = await start([{ ...edwards.jwk, alg: published }]);
  expect(await statusOf(await sign(edwards, {}, { alg: said }))).toBe(200);
  expect(told()).toEqual([]);
});

it('a key for another algorithm of its kind is not taken', async () => {
  const rsa = await newKey('RS256', 'one');
  const { statusOf } = await start([{ ...rsa.jwk, alg: 'RS512' }]);
  expect(await statusOf(await sign(rsa))).toBe(401);
});

describe('what is wrong with a set', () => {
  const broken = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: 'broken' };
  it.each<[string, () => object[], RegExp[]]>([
    ['nothing', () => [key.jwk, other.jwk], []],
    [
      'keys of other kinds',
      () => [key.jwk, { kty: 'AKP', kid: 'pq' }, { kty: 'EC', crv: 'X', kid: 'x' }],
      [],
    ],
    ['a key for encryption of the same name', () => [key.jwk, { ...other.jwk, kid: 'one', use: 'enc' }], []],
    ['one key, of no name', () => [{ ...key.jwk, ...nameless }], []],
    ['a name twice', () => [key.jwk, { ...other.jwk, kid: 'one' }], [/several keys have the kid one/]],
    ['two of no name', () => [key.jwk, other.jwk].map((jwk) => ({ ...jwk, ...nameless })), [/a kid: 2/]],
    ['one that cannot be read', () => [key.jwk, broken], [/key broken cannot be read/]],
    ['none', () => [], [/no key is for signatures/]],
    ['a private key', () => [{ ...key.jwk, d: key.jwk.x }], [/key one is not taken: .*private/]],
  ])('%s is told once, not each time that it is fetched', async (_what, keys, problems) => {
    const { issuer, statusOf, told } = await start(keys());
    const token = await sign(key, { exp: 9e9 });
    await statusOf(token);
    issuer.pass(5 * 60_000);
    await statusOf(token);
    expect(issuer.fetches).toBe(2);
    const expected = problems.map((problem) => expect.stringMatching(problem));
    expect(told()).toEqual(problems.length > 0 ? [expected] : []);
  });

  it('is told again when it is something else', async () => {
    const { issuer, statusOf, told } = await start([key.jwk, broken]);
    const token = await sign(key, { exp: 9e9 });
    await statusOf(token);
    for (const keys of [[key.jwk], [key.jwk, broken]]) {
      issuer.keys = keys;
      issuer.pass(5 * 60_000);
      expect(await statusOf(token)).toBe(200);
    }
    expect(told()).toHaveLength(2);
  });
});
