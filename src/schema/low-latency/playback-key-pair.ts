import type {
  PlaybackKeyPair as AwsKeyPair,
  ListPlaybackKeyPairsRequest,
  PlaybackKeyPairSummary,
} from '@aws-sdk/client-ivs';
import { ivs } from '../../upstream/aws-sdk.ts';
import { nameInput } from '../language/input.ts';
import { checkPublic } from '../language/key-material.ts';
import { defineNode } from '../patterns/node.ts';
import { defineRegionalQueries } from '../patterns/queries.ts';
import { defineResource, loadByArn } from '../patterns/resource.ts';
import { defineCreation, defineDeletion } from '../patterns/resource-mutations.ts';
import { Taggable } from '../patterns/tags.ts';

const {
  DeletePlaybackKeyPairCommand,
  GetPlaybackKeyPairCommand,
  ImportPlaybackKeyPairCommand,
  ListPlaybackKeyPairsCommand,
} = ivs;

// How it is loaded

const playbackKeyPairs = defineResource<PlaybackKeyPairSummary, AwsKeyPair>({
  name: 'PlaybackKeyPair',
  arnType: 'playback-key',
  load: loadByArn(
    (key) => new GetPlaybackKeyPairCommand(key),
    (output) => output.keyPair,
  ),
});

// What it is

defineNode(playbackKeyPairs, {
  description:
    'The public half of a key pair, with which IVS checks the playback tokens of private channels. You sign them with the private half, which AWS never sees. Key: `arn`.',
  interfaces: [Taggable],
  summary: {
    name: ['String', 'Given by its maker, up to 128 characters; not unique.'],
  },
  detail: {
    fingerprint: ['String', 'Tells this key from others: pairs of hexadecimal digits with colons.'],
  },
});

// Queries

defineRegionalQueries(playbackKeyPairs, 'playbackKeyPairs', {
  commandOf: (request: ListPlaybackKeyPairsRequest) => new ListPlaybackKeyPairsCommand(request),
  itemsOf: (output) => output.keyPairs,
});

// Mutations

defineCreation('importPlaybackKeyPair', {
  entity: playbackKeyPairs,
  // Whoever has the private half makes tokens for any viewer.
  scope: ['ivs:write', 'ivs:token'],
  description:
    'Gives AWS the public half of a key pair of yours, to check playback tokens with. AWS allows few in a region.',
  returns: 'The key pair as AWS knows it now.',
  errors: ['ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  region: 'The region to import it in; the gateway’s own when not given.',
  input: (t) => ({
    publicKeyMaterial: t.string({
      required: true,
      description: 'The public key (ECDSA, P-384) as PEM: `-----BEGIN PUBLIC KEY-----` …',
    }),
    name: nameInput(t),
  }),
  check: ({ publicKeyMaterial }) => checkPublic(publicKeyMaterial),
  commandOf: (input) => new ImportPlaybackKeyPairCommand(input),
  detailOf: (output) => output.keyPair,
});

defineDeletion('deletePlaybackKeyPair', {
  entity: playbackKeyPairs,
  description: 'Deletes a playback key pair: playback tokens signed with it are no longer accepted.',
  errors: ['ResourceNotFoundError', 'PendingVerificationError'],
  commandOf: (key) => new DeletePlaybackKeyPairCommand(key),
});
