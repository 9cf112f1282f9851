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
    'The public half of a key pair with which you sign participant tokens yourself. AWS never has the other half. Key: `arn`.',
  interfaces: [Taggable],
  key: {
    arn: 'The Amazon Resource Name; the `kid` of the tokens that are signed with it.',
  },
  summary: {
    name: ['String', 'Given by its maker, up to 128 characters; not unique.'],
  },
  detail: {
    publicKeyMaterial: ['String', 'The key itself, as PEM.'],
    fingerprint: ['String', 'A short text to know the key by: 16 pairs of hexadecimal digits.'],
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
  // Whoever has the private half makes tokens for anybody.
  scope: ['ivs:write', 'ivs:token'],
  description: 'Imports a public key, so that tokens signed with its private half are accepted.',
  returns: 'The imported public key.',
  errors: ['ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  region: 'The region to import it into; the gateway’s own when not given.',
  input: (t) => ({
    publicKeyMaterial: t.string({
      required: true,
      description: 'An ECDSA public key on the curve P-384, as PEM. Never send the private one.',
    }),
    name: nameInput(t),
  }),
  check: ({ publicKeyMaterial }) => checkPublic(publicKeyMaterial),
  commandOf: (input) => new ImportPublicKeyCommand(input),
  detailOf: (output) => output.publicKey,
});

defineDeletion('deletePublicKey', {
  entity: publicKeys,
  description: 'Deletes a public key: tokens signed with its private half are no longer accepted.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'PendingVerificationError'],
  commandOf: (key) => new DeletePublicKeyCommand(key),
});
