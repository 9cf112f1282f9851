import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { ImportPublicKeyRequest } from '@aws-sdk/client-ivs-realtime';
import { conflict, quotaExceeded, resourceNotFound, validationFailed } from '../errors.ts';
import type { Operations, Valid } from '../model/operation.ts';
import { paginate } from '../persistent/paging.ts';
import type { PublicKey, World } from '../world/world.ts';

const PER_REGION = 3; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html

function requirePublicKey(world: World, arn: string): PublicKey {
  const publicKey = world.publicKeys.get(arn);
  if (!publicKey) throw resourceNotFound(arn);
  return publicKey;
}

/** Tokens are signed with ES384, hence with keys on the curve P-384 and no others. */
function readKey(publicKeyMaterial: string): KeyObject {
  try {
    const key = createPublicKey(publicKeyMaterial);
    if (key.asymmetricKeyDetails?.namedCurve === 'secp384r1') return key;
  } catch {
    // Not a key at all
  }
  throw validationFailed('publicKeyMaterial: expected an ECDSA public key on the curve P-384, as PEM');
}

const fingerprintOf = (key: KeyObject): string =>
  createHash('md5')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .replace(/..(?=.)/g, '$&:');

export function addPublicKey(
  world: World,
  input: Valid<ImportPublicKeyRequest> & { arn?: string },
): PublicKey {
  const { arn = world.newArn('public-key'), name = '', tags = {}, publicKeyMaterial } = input;
  const fingerprint = fingerprintOf(readKey(publicKeyMaterial));
  const same = world.publicKeys.find((one) => one.fingerprint === fingerprint);
  if (same) throw conflict(`publicKeyMaterial: was imported already as ${same.arn}`);
  const publicKey = { arn, name, publicKeyMaterial, fingerprint, tags, order: world.nextOrder() };
  world.publicKeys.set(arn, publicKey);
  return publicKey;
}

export const publicKeyOperations = {
  ImportPublicKey(input, world) {
    if (world.publicKeys.size >= PER_REGION)
      throw quotaExceeded(`A region may have at most ${PER_REGION} public keys`);
    return { publicKey: addPublicKey(world, input) };
  },

  GetPublicKey({ arn }, world) {
    return { publicKey: requirePublicKey(world, arn) };
  },

  ListPublicKeys(input, world) {
    const page = paginate(world.publicKeys, input, {
      operation: 'ListPublicKeys',
      world,
      size: 50,
    });
    return { publicKeys: page.items, nextToken: page.nextToken };
  },

  DeletePublicKey({ arn }, world) {
    requirePublicKey(world, arn);
    world.publicKeys.delete(arn);
    return {};
  },
} satisfies Partial<Operations>;
