import { generateKeyPairSync } from 'node:crypto';

/** A new key pair as PEM; IVS wants P-384. */
export const newKeyPair = (namedCurve = 'P-384') =>
  generateKeyPairSync('ec', {
    namedCurve,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
