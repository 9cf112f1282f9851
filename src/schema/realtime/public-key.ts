import type {
  PublicKey as AwsPublicKey,
  ListPublicKeysRequest,
  PublicKeySummary,
} from '@aws-sdk/client-ivs-realtime';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { nameInput } from '../language/input.ts';
import { checkPublic } from '../language/key-material.ts';
import { defineNode } from '../patterns/node.ts';
import { defineRegionalQueries } from '../patterns/queries.ts';
import { defineResource, loadByArn } from '../patterns/resource.ts';
import { defineCreation, defineDeletion } from '../patterns/resource-mutations.ts';
import { Taggable } from '../patterns/tags.ts';

const { DeletePublicKeyCommand, GetPublicKeyCommand, ImportPublicKeyCommand, ListPublicKeysCommand } =
  ivsRealtime;

// How it is loaded

const publicKeys = defineResource<PublicKeySummary, AwsPublicKey>({
  name: 'PublicKey',
  load: loadByArn(
    (key) => new GetPublicKeyCommand(key),
    (output) => output.publicKey,
  ),
});

// What it is

defineNode(publicKeys, {
  description:
    'A public key with which IVS verifies participant tokens that you sign. AWS never receives the private key. Key: `arn`.',
  interfaces: [Taggable],
  key: {
    arn: 'Amazon Resource Name, and the `kid` of tokens signed with the key.',
  },
  summary: {
    name: ['String', 'Name given at creation, up to 128 characters. Not unique.'],
  },
  detail: {
    publicKeyMaterial: ['String', 'Public key as PEM.'],
    fingerprint: ['String', 'Fingerprint: 16 pairs of hexadecimal digits.'],
  },
});

// Queries

defineRegionalQueries(publicKeys, 'publicKeys', {
  commandOf: (request: ListPublicKeysRequest) => new ListPublicKeysCommand(request),
  itemsOf: (output) => output.publicKeys,
});

// Mutations

defineCreation('importPublicKey', {
  entity: publicKeys,
  // The owner of the private half makes tokens for any participant.
  scope: ['ivs:write', 'ivs:token'],
  description: 'Imports a public key. AWS then accepts participant tokens signed with its private key.',
  returns: 'The imported public key.',
  errors: ['ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  place: {
    account: 'Account of the key: its id. The gateway’s default account when omitted.',
    region: 'Region of the key. The gateway’s default region when omitted.',
  },
  input: (t) => ({
    publicKeyMaterial: t.string({
      required: true,
      description: 'ECDSA public key on the curve P-384, as PEM. Never send the private key.',
    }),
    name: nameInput(t),
  }),
  rules: [({ publicKeyMaterial }) => checkPublic(publicKeyMaterial)],
  commandOf: (input) => new ImportPublicKeyCommand(input),
  detailOf: (output) => output.publicKey,
});

defineDeletion('deletePublicKey', {
  entity: publicKeys,
  description: 'Deletes a public key. AWS then rejects participant tokens signed with its private key.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'PendingVerificationError'],
  commandOf: (key) => new DeletePublicKeyCommand(key),
});
