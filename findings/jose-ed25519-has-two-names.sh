#!/usr/bin/env bash
# jose verifies a token that says `EdDSA` with a key on the curve Ed25519, and one that says `Ed25519` (RFC 9864) as well. But
# if the key set names the algorithm of the key by the other name, it finds no key. And a token with a `kid` does not
# find a key that has none, even if it is the only one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent jose@6.2.17

cat > finding.mjs <<'JS'
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';

const { publicKey, privateKey } = await generateKeyPair('Ed25519', { extractable: true });
const jwk = await exportJWK(publicKey);
const verified = async (published, header) => {
  const token = await new SignJWT({}).setProtectedHeader(header).sign(privateKey);
  const keys = createLocalJWKSet({ keys: [{ ...jwk, ...published }] });
  return jwtVerify(token, keys).then(() => 'verified', (error) => error.code);
};
const seen = {
  'key of no algorithm, token EdDSA': await verified({}, { alg: 'EdDSA' }),
  'key of no algorithm, token Ed25519': await verified({}, { alg: 'Ed25519' }),
  'key EdDSA, token Ed25519': await verified({ alg: 'EdDSA' }, { alg: 'Ed25519' }),
  'key Ed25519, token EdDSA': await verified({ alg: 'Ed25519' }, { alg: 'EdDSA' }),
  'key of no name, token names one': await verified({}, { alg: 'EdDSA', kid: 'one' }),
};
console.log(seen);
const expected = ['verified', 'verified', ...Array(3).fill('ERR_JWKS_NO_MATCHING_KEY')];
if (Object.values(seen).join() !== expected.join()) {
  console.error('it has changed');
  process.exit(1);
}
JS
node finding.mjs
