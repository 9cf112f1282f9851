import {
  type PublicKey as AwsPublicKey,
  DeletePublicKeyCommand,
  GetPublicKeyCommand,
  ImportPublicKeyCommand,
  ListPublicKeysCommand,
  type PublicKeySummary,
} from '@aws-sdk/client-ivs-realtime';
import {
  ConflictError,
  PendingVerificationError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  ValidationError,
} from '../../upstream/errors.ts';
import { checkArn, regionOf } from '../arn.ts';
import { builder } from '../builder.ts';
import { connectionOf, listConnection, regionalConnectionArgs } from '../connection.ts';
import { defineEntity, type Source } from '../entity.ts';
import { federate } from '../federation.ts';
import { KeyValue, KeyValueInput, toEntries, toMap } from '../input.ts';
import { loadEach } from '../loader.ts';
import { defineMutation, payloadOf, write } from '../mutation.ts';
import { Taggable, taggable } from '../tags.ts';

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
    const { publicKey } = await context.send(regionOf(arn), new GetPublicKeyCommand({ arn }));
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

const PublicKeyConnection = connectionOf(PublicKey, 'PublicKey', 'A list of public keys.');

builder.queryFields((t) => ({
  publicKey: t.field({
    type: PublicKey,
    description: 'One public key by its ARN.',
    args: { arn: t.arg.id({ required: true, description: 'ARN of the public key.' }) },
    resolve: (_root, key, context, info) => publicKeys.find(key, context, info),
  }),
  publicKeys: t.field({
    type: PublicKeyConnection,
    description: 'The public keys of a region, in AWS’s order. One ListPublicKeys call per 100.',
    args: regionalConnectionArgs,
    resolve: (_root, { region, ...args }, context) => {
      const where = region ?? context.defaultRegion;
      return listConnection({
        args,
        scope: ['ListPublicKeys', where],
        pageMax: 100,
        fetchPage: async (page) => {
          const { publicKeys: items, nextToken } = await context.send(where, new ListPublicKeysCommand(page));
          return { items, nextToken };
        },
        ...publicKeys.listed(({ arn }) => ({ arn }), context),
      });
    },
  }),
}));

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
    const command = new ImportPublicKeyCommand({ ...rest, tags: toMap(tags) });
    const { publicKey } = await write(context, region ?? context.defaultRegion, command);
    return { thing: publicKeys.answered(publicKey, context) };
  },
});

defineMutation('deletePublicKey', {
  scope: 'ivs:write',
  description: 'Deletes a public key: tokens signed with its private half are no longer accepted.',
  payload: payloadOf(
    'deletePublicKey',
    'publicKey',
    PublicKey,
    'The public key that is gone: only its `id` and `arn` can be read.',
  ),
  errors: [ValidationError, ResourceNotFoundError, ConflictError, PendingVerificationError],
  input: (t) => ({ arn: t.id({ required: true, description: 'ARN of the public key.' }) }),
  resolve: async (input, context) => {
    publicKeys.check(input);
    await write(context, regionOf(input.arn), new DeletePublicKeyCommand(input));
    return { thing: publicKeys.gone(input, context) };
  },
});

// Federation

federate(PublicKey, publicKeys);
