import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { conflict, quotaExceeded, resourceNotFound, validationFailed } from '../errors.ts';
import type { Operations } from '../model/operation.ts';
import { paginate } from '../persistent/paging.ts';
import type { PlaybackKeyPair, World } from '../world/world.ts';

// As Terraform's acceptance tests, which run on AWS itself, say and check: 3 of them, no key twice, and their fingerprints.
// https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ivs/playback_key_pair_test.go
const KEY_PAIRS_PER_REGION = 3;

/** The key pair of an ARN; ResourceNotFoundException where there is none. */
function requirePlaybackKeyPair(world: World, arn: string): PlaybackKeyPair {
  const keyPair = world.playbackKeyPairs.get(arn);
  if (!keyPair) throw resourceNotFound(arn);
  return keyPair;
}

/** Playback tokens are signed with ES384, so it must be a key on P-384. Node would take a private key too. */
function readPublicKey(material: string): KeyObject {
  try {
    const key = createPublicKey(material);
    const isPublic = /^\s*-----BEGIN PUBLIC KEY-----/.test(material);
    if (isPublic && key.asymmetricKeyDetails?.namedCurve === 'secp384r1') return key;
  } catch {
    // No key at all
  }
  throw validationFailed('publicKeyMaterial: must be an ECDSA public key on the curve P-384, as PEM');
}

/** 16 pairs of hexadecimal digits: MD5 of the key in DER. */
const fingerprintOf = (key: KeyObject): string =>
  createHash('md5')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .replace(/..(?!$)/g, '$&:');

export interface NewPlaybackKeyPair {
  publicKeyMaterial: string;
  arn?: string;
  name?: string | undefined;
  tags?: Record<string, string> | undefined;
}

export function addPlaybackKeyPair(world: World, input: NewPlaybackKeyPair): PlaybackKeyPair {
  const { arn = world.newArn('playback-key'), name = '', tags = {} } = input;
  const fingerprint = fingerprintOf(readPublicKey(input.publicKeyMaterial));
  const twin = world.playbackKeyPairs.find((known) => known.fingerprint === fingerprint);
  if (twin) throw conflict(`The key is known already as ${twin.arn}`);
  if (world.playbackKeyPairs.size >= KEY_PAIRS_PER_REGION) {
    throw quotaExceeded(`A region may have at most ${KEY_PAIRS_PER_REGION} playback key pairs`);
  }
  const keyPair = { arn, name, fingerprint, tags, order: world.nextOrder() };
  world.playbackKeyPairs.set(arn, keyPair);
  return keyPair;
}

export const playbackKeyPairOperations = {
  ImportPlaybackKeyPair(input, world) {
    return { keyPair: addPlaybackKeyPair(world, input) };
  },

  GetPlaybackKeyPair({ arn }, world) {
    return { keyPair: requirePlaybackKeyPair(world, arn) };
  },

  ListPlaybackKeyPairs(input, world) {
    const page = paginate(world.playbackKeyPairs, input, {
      operation: 'ListPlaybackKeyPairs',
      world,
      size: KEY_PAIRS_PER_REGION,
    });
    return { keyPairs: page.items, nextToken: page.nextToken };
  },

  DeletePlaybackKeyPair({ arn }, world) {
    requirePlaybackKeyPair(world, arn);
    world.playbackKeyPairs.delete(arn);
    return {};
  },
} satisfies Partial<Operations>;
