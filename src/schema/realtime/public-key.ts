import {
  type PublicKey as AwsPublicKey,
  DeletePublicKeyCommand,
  GetPublicKeyCommand,
  ImportPublicKeyCommand,
  ListPublicKeysCommand,
  type PublicKeySummary,
} from '@aws-sdk/client-ivs-realtime';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import {
  ConflictError,
  PendingVerificationError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  ValidationError,
} from '../../upstream/errors.ts';
import { chooseTarget } from '../language/arn.ts';
import { builder } from '../language/builder.ts';
import { KeyValue, KeyValueInput, toEntries, toMap } from '../language/input.ts';
import { checkPublic } from '../language/key-material.ts';
import { loadEach } from '../loading/calls.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { defineDeletion, defineRegionalQueries } from '../patterns/regional.ts';
import { Taggable, taggable } from '../patterns/tags.ts';

// How it is loaded

interface PublicKeyKey {
  arn: string;
}

const publicKeys = defineEntity<PublicKeyKey, PublicKeySummary, AwsPublicKey>({
  name: 'PublicKey',
  key: ['arn'],
  check: ({ arn }) => checkArn('public-key', arn),
  filledBy: 'GetPublicKey',
  load: loadEach(async ({ arn }, context) => {
    const { publicKey } = await context.send(targetOf(arn), new GetPublicKeyCommand({ arn }));
    return publicKey;
  }),
});

// What it is

const { summary, detail } = publicKeys;

const PublicKey = builder.node(
  builder.objectRef<Source<PublicKeyKey, PublicKeySummary, AwsPublicKey>>('PublicKey'),
  {
    ...publicKeys.node,
    description:
      'The public half of a key pair with which you sign participant tokens yourself. AWS never has the other half. Key: `arn`.',
    interfaces: [Taggable],
    fields: (t) => ({
      arn: t.exposeID('arn', {
        nullable: false,
        description: 'The Amazon Resource Name; the `kid` of the tokens that are signed with it.',
      }),
      name: t.string(summary('name', 'Given by its maker, up to 128 characters; not unique.')),
      tags: t.field({ type: [KeyValue], ...summary('tags', 'Up to 50 tags.', toEntries) }),
      publicKeyMaterial: t.string(detail('publicKeyMaterial', 'The key itself, as PEM.')),
      fingerprint: t.string(
        detail('fingerprint', 'A short text to know the key by: 16 pairs of hexadecimal digits.'),
      ),
    }),
  },
);
taggable('public-key', 'ivs-realtime', publicKeys);

// Queries

const regional = { type: PublicKey, entity: publicKeys, called: 'public key' };

defineRegionalQueries('publicKey', {
  ...regional,
  plural: 'publicKeys',
  calledAll: 'public keys',
  operation: 'ListPublicKeys',
  fetchPage: async (target, page, context) => {
    const { publicKeys: items, nextToken } = await context.send(target, new ListPublicKeysCommand(page));
    return { items, nextToken };
  },
});

// Mutations

defineMutation('importPublicKey', {
  scope: 'ivs:write',
  description: 'Imports a public key, so that tokens signed with its private half are accepted.',
  payload: payloadOf('importPublicKey', 'publicKey', PublicKey, 'The imported public key.'),
  errors: [ValidationError, ConflictError, ServiceQuotaExceededError, PendingVerificationError],
  input: (t) => ({
    region: t.string({ description: 'The region to import it into; the gateway’s own when not given.' }),
    publicKeyMaterial: t.string({
      required: true,
      description: 'An ECDSA public key on the curve P-384, as PEM. Never send the private one.',
    }),
    name: t.string({ description: 'Up to 128 letters, digits, `-` and `_`.' }),
    tags: t.field({ type: [KeyValueInput], description: 'Up to 50 tags.' }),
  }),
  resolve: async ({ region, tags, ...rest }, context) => {
    checkPublic(rest.publicKeyMaterial);
    const command = new ImportPublicKeyCommand({ ...rest, tags: toMap(tags) });
    const { publicKey } = await write(context, chooseTarget(region, undefined, context), command);
    return { thing: publicKeys.fromPayload(publicKey, context) };
  },
});

defineDeletion('deletePublicKey', {
  ...regional,
  description: 'Deletes a public key: tokens signed with its private half are no longer accepted.',
  member: 'publicKey',
  errors: [ValidationError, ResourceNotFoundError, ConflictError, PendingVerificationError],
  commandOf: (key) => new DeletePublicKeyCommand(key),
});

// Federation

federate(PublicKey, publicKeys);
