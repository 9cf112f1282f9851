// The format of a world file.

import { failures } from '../low-latency/broadcast.ts';
import { ivsRealtime } from '../model/aws-model.ts';
import { matching, oneOf, range, size } from '../model/constraints/shapes.ts';
import type { ResourceKind } from '../model/identifiers.ts';
import { inputOf } from './from-model.ts';
import type { Member, Node } from './node.ts';

const text = (min: number, max: number): Node => ({ kind: 'text', constraint: { min, max } });
const form = (pattern: RegExp, min: number, max: number): Node => ({
  kind: 'text',
  constraint: matching(pattern, min, max),
});
const choice = (values: readonly string[]): Node => ({
  kind: 'text',
  constraint: oneOf(Object.fromEntries(values.map((value) => [value, value]))),
});
const time: Node = { kind: 'time', isAbsolute: false };
const object = (members: Record<string, Member>): Node => ({ kind: 'object', members });
const listOf = (of: Node, description: string): Member => ({ node: { kind: 'list', of }, description });
const member = (node: Node, description: string): Member => ({ node, description });
const required = (node: Node, description: string): Member => ({ node, description, isRequired: true });

const { EventErrorCode, ParticipantProtocol, ParticipantTokenCapability } = ivsRealtime;
const capabilities: Node = { kind: 'list', of: choice(Object.values(ParticipantTokenCapability)) };
const attributes: Node = { kind: 'map', of: text(0, 1024) };

/** By which a file says what participants did: AWS's own names. */
export const participantEvents = [
  ...['PUBLISH_STARTED', 'PUBLISH_STOPPED', 'SUBSCRIBE_STARTED', 'SUBSCRIBE_STOPPED', 'JOINED', 'LEFT'],
  ...['JOIN_ERROR', 'PUBLISH_ERROR', 'SUBSCRIBE_ERROR', 'TOKEN_EXCHANGED'],
] as const;
const streamEvents = ['Starvation Start', 'Starvation End', 'Stream Takeover', ...Object.keys(failures)];

const participantEvent = object({
  time: required(time, 'When it happens.'),
  name: required(choice(participantEvents), 'What happens.'),
  remoteParticipantId: member(
    text(1, 128),
    'SUBSCRIBE_*: the publisher, by participantId or userId of the session.',
  ),
  errorCode: member(
    choice(Object.values(EventErrorCode)),
    '*_ERROR: the error code. Default INTERNAL_SERVER_EXCEPTION.',
  ),
  userId: member(text(0, 128), 'TOKEN_EXCHANGED: of the new token.'),
  attributes: member(attributes, 'TOKEN_EXCHANGED: of the new token.'),
  capabilities: member(capabilities, 'TOKEN_EXCHANGED: of the new token.'),
});

const participant = object({
  participantId: member(form(/^[a-zA-Z0-9_-]*$/, 1, 64), 'Made if it is absent.'),
  userId: member(text(0, 128), 'Of the token.'),
  attributes: member(attributes, 'Of the token.'),
  capabilities: member(capabilities, 'Of the token. Default both.'),
  joinedAt: member(time, 'Default: startedAt of the session, which is the earliest possible time.'),
  leftAt: member(
    time,
    'Default: endedAt of the session, which is the latest possible time. Without both, the participant is connected.',
  ),
  published: member({ kind: 'boolean' }, 'Publishes from joinedAt to leftAt.'),
  ispName: member(text(0, 128), 'Of the client.'),
  osName: member(text(0, 128), 'Of the client.'),
  osVersion: member(text(0, 128), 'Of the client.'),
  browserName: member(text(0, 128), 'Of the client.'),
  browserVersion: member(text(0, 128), 'Of the client.'),
  sdkVersion: member(text(0, 128), 'Of the client.'),
  protocol: member(choice(Object.values(ParticipantProtocol)), 'Of the client.'),
  events: listOf(participantEvent, 'What the participant does beside.'),
});

const session = object({
  id: member(form(/^st-[a-zA-Z0-9]+$/, 16, 16), 'Made if it is absent.'),
  startedAt: member(
    time,
    'When the first participant joins: at least one joins then, and none earlier. Default of joinedAt. Default now.',
  ),
  endedAt: member(
    time,
    'When the last participant leaves: at least one leaves then, and none later. Default of leftAt. Without it, the session ends with its last participant.',
  ),
  participants: required({ kind: 'list', of: participant, constraint: size(1) }, 'At least one.'),
});

const stream = object({
  id: member(form(/^st-[a-zA-Z0-9]+$/, 26, 26), 'Made if it is absent.'),
  startedAt: member(time, 'Default now.'),
  endedAt: member(time, 'Without it, the stream is live.'),
  viewerCount: member({ kind: 'number', constraint: range(0, 2 ** 31 - 1), isInteger: true }, 'Default 0.'),
  health: member(choice(['HEALTHY', 'STARVING']), 'STARVING: from startedAt on. Default HEALTHY.'),
  events: listOf(
    object({
      time: required(time, 'When it happens.'),
      name: required(choice(streamEvents), 'What happens.'),
    }),
    'What happens to the stream.',
  ),
});

const revocation = object({
  viewerId: required(text(1, 40), 'Whose sessions are revoked.'),
  viewerSessionVersionsLessThanOrEqualTo: member(
    { kind: 'number', constraint: range(0), isInteger: true },
    'Default 0.',
  ),
});

const id = member(form(/^[a-zA-Z0-9-]+$/, 1, 40), 'The end of its ARN. Made if it is absent.');

/** A collection: what creates its items, and what a file says of them beside. In the order of creation. */
export interface Collection {
  operation: string;
  kind?: ResourceKind;
  without?: readonly string[];
  more?: Record<string, Member>;
}
export const collections = {
  storageConfigurations: { operation: 'CreateStorageConfiguration', kind: 'storage-configuration' },
  encoderConfigurations: { operation: 'CreateEncoderConfiguration', kind: 'encoder-configuration' },
  recordingConfigurations: {
    operation: 'CreateRecordingConfiguration',
    kind: 'recording-configuration',
    more: { createdAt: member(time, 'Default: before all others. It is CREATING for 5 seconds.') },
  },
  playbackRestrictionPolicies: {
    operation: 'CreatePlaybackRestrictionPolicy',
    kind: 'playback-restriction-policy',
  },
  adConfigurations: { operation: 'CreateAdConfiguration', kind: 'ad-configuration' },
  playbackKeyPairs: { operation: 'ImportPlaybackKeyPair', kind: 'playback-key' },
  publicKeys: { operation: 'ImportPublicKey', kind: 'public-key' },
  stages: {
    operation: 'CreateStage',
    kind: 'stage',
    without: ['participantTokenConfigurations'],
    more: { sessions: listOf(session, 'The oldest first.') },
  },
  channels: {
    operation: 'CreateChannel',
    kind: 'channel',
    more: {
      streamKey: member(
        object({ id, tags: inputOf('CreateStreamKey').tags as Member }),
        'The key that the channel comes with.',
      ),
      streams: listOf(stream, 'The oldest first.'),
      revocations: listOf(revocation, 'Of viewer sessions.'),
    },
  },
  ingestConfigurations: {
    operation: 'CreateIngestConfiguration',
    kind: 'ingest-configuration',
    more: {
      participantId: member(form(/^[a-zA-Z0-9_-]*$/, 1, 64), 'Made if it is absent.'),
      startedAt: member(time, 'When the encoder starts; without it, it does not.'),
      stoppedAt: member(time, 'When the encoder stops.'),
    },
  },
  replications: {
    operation: 'StartParticipantReplication',
    more: {
      startedAt: member(time, 'Default now.'),
      stoppedAt: member(time, 'When it stops.'),
    },
  },
  compositions: {
    operation: 'StartComposition',
    kind: 'composition',
    more: {
      startedAt: member(time, 'Default now.'),
      stoppedAt: member(time, 'When it is stopped.'),
    },
  },
} satisfies Record<string, Collection>;
export type CollectionName = keyof typeof collections;
export const collectionNames = Object.keys(collections) as CollectionName[];

const itemOf = ({ operation, kind, without, more }: Collection): Node =>
  object({ ...(kind && { id }), ...inputOf(operation, without), ...more });

export const regionContents: Record<string, Member> = Object.fromEntries(
  Object.entries<Collection>(collections).map(([name, collection]) => [
    name,
    listOf(itemOf(collection), `By ${collection.operation}.`),
  ]),
);
const regionName = /^[a-z]{2}(-[a-z]+)+-\d$/;
const accountContents: Record<string, Member> = {
  region: member(form(regionName, 1, 32), 'Of the resources beside it. Default us-west-2.'),
  ...regionContents,
  regions: member(
    { kind: 'map', of: object(regionContents), keyPattern: regionName },
    'Resources of other regions, by region.',
  ),
};

export const worldNode = object({
  $schema: member(text(0, 2048), 'For editors.'),
  time: member({ kind: 'time', isAbsolute: true }, 'The time at the start. Default now.'),
  ...accountContents,
  accounts: member(
    { kind: 'map', of: object(accountContents), keyPattern: /^\d{12}$/ },
    'Resources of other accounts, by account id.',
  ),
});
