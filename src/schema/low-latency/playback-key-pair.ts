import {
  type PlaybackKeyPair as AwsKeyPair,
  DeletePlaybackKeyPairCommand,
  GetPlaybackKeyPairCommand,
  ImportPlaybackKeyPairCommand,
  ListPlaybackKeyPairsCommand,
  type PlaybackKeyPairSummary,
} from '@aws-sdk/client-ivs';
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

interface PlaybackKeyPairKey {
  arn: string;
}

const playbackKeyPairs = defineEntity<PlaybackKeyPairKey, PlaybackKeyPairSummary, AwsKeyPair>({
  name: 'PlaybackKeyPair',
  key: ['arn'],
  check: ({ arn }) => checkArn('playback-key', arn),
  filledBy: 'GetPlaybackKeyPair',
  load: loadEach(async ({ arn }, context) => {
    const { keyPair } = await context.send(regionOf(arn), new GetPlaybackKeyPairCommand({ arn }));
    return keyPair;
  }),
});

// What it is

const { summary, detail } = playbackKeyPairs;

const PlaybackKeyPair = builder.node(
  builder.objectRef<Source<PlaybackKeyPairKey, PlaybackKeyPairSummary, AwsKeyPair>>('PlaybackKeyPair'),
  {
    ...playbackKeyPairs.node,
    description:
      'The public half of a key pair, with which IVS checks the playback tokens of private channels. You sign them with the private half, which AWS never sees. Key: `arn`.',
    interfaces: [Taggable],
    fields: (t) => ({
      arn: t.exposeID('arn', { nullable: false, description: 'The Amazon Resource Name.' }),
      name: t.string(summary('name', 'Given by its maker, up to 128 characters; not unique.')),
      tags: t.field({ type: [KeyValue], ...summary('tags', 'Up to 50 tags.', toEntries) }),
      fingerprint: t.string(
        detail('fingerprint', 'Tells this key from others: pairs of hexadecimal digits with colons.'),
      ),
    }),
  },
);
taggable('playback-key', 'ivs', playbackKeyPairs);

// Queries

builder.queryFields((t) => ({
  playbackKeyPair: t.field({
    type: PlaybackKeyPair,
    description: 'One playback key pair by its ARN.',
    args: { arn: t.arg.id({ required: true, description: 'ARN of the playback key pair.' }) },
    resolve: (_root, key, context, info) => playbackKeyPairs.find(key, context, info),
  }),
  playbackKeyPairs: t.field({
    type: connectionOf(PlaybackKeyPair, 'PlaybackKeyPair', 'A list of playback key pairs.'),
    description: 'The playback key pairs of a region, in AWS’s order. One ListPlaybackKeyPairs call per 100.',
    args: regionalConnectionArgs,
    resolve: (_root, { region, ...args }, context) => {
      const where = region ?? context.defaultRegion;
      return listConnection({
        args,
        scope: ['ListPlaybackKeyPairs', where],
        pageMax: 100,
        fetchPage: async (page) => {
          const answer = await context.send(where, new ListPlaybackKeyPairsCommand(page));
          return { items: answer.keyPairs, nextToken: answer.nextToken };
        },
        ...playbackKeyPairs.listed(({ arn }) => ({ arn }), context),
      });
    },
  }),
}));

// Mutations

/** A private key pasted by mistake goes nowhere, least of all to AWS. */
function checkPublic(publicKeyMaterial: string): void {
  if (publicKeyMaterial.includes('PRIVATE KEY')) {
    throw new ValidationError(
      'Expected publicKeyMaterial to be a public key, got a private one; it was not sent',
    );
  }
}

defineMutation('importPlaybackKeyPair', {
  scope: 'ivs:write',
  description:
    'Gives AWS the public half of a key pair of yours, to check playback tokens with. AWS allows few in a region.',
  payload: payloadOf(
    'importPlaybackKeyPair',
    'keyPair',
    PlaybackKeyPair,
    'The key pair as AWS knows it now.',
  ),
  errors: [ValidationError, ConflictError, ServiceQuotaExceededError, PendingVerificationError],
  input: (t) => ({
    region: t.string({ description: 'The region to import it in; the gateway’s own when not given.' }),
    publicKeyMaterial: t.string({
      required: true,
      description: 'The public key (ECDSA, P-384) as PEM: `-----BEGIN PUBLIC KEY-----` …',
    }),
    name: t.string({ description: 'Up to 128 letters, digits, `-` and `_`.' }),
    tags: t.field({ type: [KeyValueInput], description: 'Up to 50 tags.' }),
  }),
  resolve: async ({ region, tags, ...rest }, context) => {
    checkPublic(rest.publicKeyMaterial);
    const command = new ImportPlaybackKeyPairCommand({ ...rest, tags: toMap(tags) });
    const { keyPair } = await write(context, region ?? context.defaultRegion, command);
    return { thing: playbackKeyPairs.answered(keyPair, context) };
  },
});

defineMutation('deletePlaybackKeyPair', {
  scope: 'ivs:write',
  description: 'Deletes a playback key pair: playback tokens signed with it are good no more.',
  payload: payloadOf(
    'deletePlaybackKeyPair',
    'keyPair',
    PlaybackKeyPair,
    'The key pair that is gone: only its `id` and `arn` can be read.',
  ),
  errors: [ValidationError, ResourceNotFoundError, PendingVerificationError],
  input: (t) => ({ arn: t.id({ required: true, description: 'ARN of the playback key pair.' }) }),
  resolve: async (input, context) => {
    playbackKeyPairs.check(input);
    await write(context, regionOf(input.arn), new DeletePlaybackKeyPairCommand(input));
    return { thing: playbackKeyPairs.gone(input, context) };
  },
});

// Federation

federate(PlaybackKeyPair, playbackKeyPairs);
