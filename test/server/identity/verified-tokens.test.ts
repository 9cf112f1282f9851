// A token that was verified is known for a while: not beyond its end, nor with keys that the issuer may have withdrawn.
import { beforeAll, expect, it } from 'vitest';
import { type Key, newKey, sign, startIssuer } from '../../support/issuer.ts';

let key: Key;
beforeAll(async () => {
  key = await newKey('ES256', 'one');
});

async function start() {
  const issuer = await startIssuer([key.jwk]);
  const authenticate = issuer.authentication({ clockSkewSeconds: 0 });
  const ask = (token: string) =>
    authenticate(new Request('http://gateway/', { headers: { authorization: `Bearer ${token}` } }), {});
  /** Known without a look at its signature. */
  const isKnown = (token: string) => {
    const caller = ask(token);
    if (!(caller instanceof Promise)) return true;
    caller.catch(() => {});
    return false;
  };
  return { issuer, ask, isKnown };
}

it('is not verified again', async () => {
  const { ask, isKnown } = await start();
  const token = await sign(key);
  expect(isKnown(token)).toBe(false);
  const caller = await ask(token);
  expect(isKnown(token)).toBe(true);
  expect(ask(token)).toBe(caller);
  expect(isKnown(await sign(key, { sub: 'bob' }))).toBe(false);
  expect(isKnown(`${token.slice(0, -2)}AA`)).toBe(false);
});

it('ends when it says', async () => {
  const { issuer, ask, isKnown } = await start();
  const token = await sign(key, { exp: issuer.wallMs / 1000 + 30 });
  await ask(token);
  issuer.pass(29_000);
  expect(isKnown(token)).toBe(true);
  issuer.pass(1_000);
  await expect(ask(token)).rejects.toThrow('expired');
});

it('ends when it says also by a system clock that was set', async () => {
  const { issuer, ask } = await start();
  const token = await sign(key, { exp: issuer.wallMs / 1000 + 30 });
  await ask(token);
  issuer.setClock(30_000);
  await expect(ask(token)).rejects.toThrow('expired');
});

it('is verified again after a minute, and when the keys are fetched again', async () => {
  const { issuer, ask, isKnown } = await start();
  const token = await sign(key);
  await ask(token);
  issuer.pass(60_000);
  expect(isKnown(token)).toBe(false);
  await ask(token);
  issuer.pass(59_000);
  const other = await newKey('ES256', 'two');
  issuer.keys = [other.jwk];
  expect(isKnown(token)).toBe(true);
  // A token of a new key has the keys fetched.
  await ask(await sign(other));
  await expect(ask(token)).rejects.toThrow('not acceptable');
});

it('is not known while the keys would be fetched again', async () => {
  const { issuer, ask } = await start();
  const token = await sign(key);
  await ask(token);
  issuer.pass(4 * 60_000 + 59_000);
  await ask(token);
  issuer.keys = [];
  issuer.pass(1_000);
  await expect(ask(token)).rejects.toThrow();
});
