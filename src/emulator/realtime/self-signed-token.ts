// Tokens that you sign yourself, with the private half of an imported public key.
// https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html
import { verify } from 'node:crypto';
import type { PublicKey } from '../world/world.ts';

export type PublicKeyOf = (arn: string) => PublicKey | undefined;

export function isSelfSigned(token: string, publicKeyOf: PublicKeyOf): boolean {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { alg, kid } = readHeader(header);
  const key = alg === 'ES384' && typeof kid === 'string' ? publicKeyOf(kid)?.publicKeyMaterial : undefined;
  if (key === undefined) return false;
  const signed = Buffer.from(`${header}.${payload}`);
  return verify('sha384', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
}

function readHeader(header: string): { alg?: unknown; kid?: unknown } {
  try {
    return JSON.parse(Buffer.from(header, 'base64url').toString()) ?? {};
  } catch {
    return {};
  }
}
