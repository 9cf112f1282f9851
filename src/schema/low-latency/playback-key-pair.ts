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
    'A public key with which IVS verifies the playback tokens of private channels. You sign the tokens with the private key, which AWS never receives. Key: `arn`.',
  interfaces: [Taggable],
  summary: {
    name: ['String', 'Name given at creation, up to 128 characters. Not unique.'],
  },
  detail: {
    fingerprint: ['String', 'Fingerprint: pairs of hexadecimal digits with colons.'],
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
  // The owner of the private half makes tokens for any viewer.
  scope: ['ivs:write', 'ivs:token'],
  description:
    'Imports the public key of a key pair, with which AWS verifies playback tokens. AWS allows few per region.',
  returns: 'The imported key pair.',
  errors: ['ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  place: {
    account: 'Account of the key: its id. The gateway’s default account when omitted.',
    region: 'Region of the key. The gateway’s default region when omitted.',
  },
  input: (t) => ({
    publicKeyMaterial: t.string({
      required: true,
      description: 'Public key (ECDSA, P-384) as PEM: `-----BEGIN PUBLIC KEY-----` …',
    }),
    name: nameInput(t),
  }),
  rules: [({ publicKeyMaterial }) => checkPublic(publicKeyMaterial)],
  commandOf: (input) => new ImportPlaybackKeyPairCommand(input),
  detailOf: (output) => output.keyPair,
});

defineDeletion('deletePlaybackKeyPair', {
  entity: playbackKeyPairs,
  description: 'Deletes a playback key pair. AWS then rejects playback tokens signed with it.',
  errors: ['ResourceNotFoundError', 'PendingVerificationError'],
  commandOf: (key) => new DeletePlaybackKeyPairCommand(key),
});
