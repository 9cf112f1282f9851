import {
  type PlaybackKeyPair as AwsKeyPair,
  DeletePlaybackKeyPairCommand,
  GetPlaybackKeyPairCommand,
  ImportPlaybackKeyPairCommand,
  ListPlaybackKeyPairsCommand,
  type PlaybackKeyPairSummary,
} from '@aws-sdk/client-ivs';
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

interface PlaybackKeyPairKey {
  arn: string;
}

const playbackKeyPairs = defineEntity<PlaybackKeyPairKey, PlaybackKeyPairSummary, AwsKeyPair>({
  name: 'PlaybackKeyPair',
  key: ['arn'],
  check: ({ arn }) => checkArn('playback-key', arn),
  filledBy: 'GetPlaybackKeyPair',
  load: loadEach(async ({ arn }, context) => {
    const { keyPair } = await context.send(targetOf(arn), new GetPlaybackKeyPairCommand({ arn }));
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

const regional = { type: PlaybackKeyPair, entity: playbackKeyPairs, called: 'playback key pair' };

defineRegionalQueries('playbackKeyPair', {
  ...regional,
  plural: 'playbackKeyPairs',
  calledAll: 'playback key pairs',
  operation: 'ListPlaybackKeyPairs',
  fetchPage: async (target, page, context) => {
    const { keyPairs: items, nextToken } = await context.send(target, new ListPlaybackKeyPairsCommand(page));
    return { items, nextToken };
  },
});

// Mutations

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
    const { keyPair } = await write(context, chooseTarget(region, undefined, context), command);
    return { thing: playbackKeyPairs.fromPayload(keyPair, context) };
  },
});

defineDeletion('deletePlaybackKeyPair', {
  ...regional,
  description: 'Deletes a playback key pair: playback tokens signed with it are no longer accepted.',
  member: 'keyPair',
  errors: [ValidationError, ResourceNotFoundError, PendingVerificationError],
  commandOf: (key) => new DeletePlaybackKeyPairCommand(key),
});

// Federation

federate(PlaybackKeyPair, playbackKeyPairs);
