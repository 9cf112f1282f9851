// ARNs and ids in the forms that IVS gives them.
import type { Service } from './model.ts';

/** The service that owns each kind of resource: the two share one ARN namespace and one tags path. */
export const serviceOfKind = {
  channel: 'ivs',
  'stream-key': 'ivs',
  'playback-key': 'ivs',
  'recording-configuration': 'ivs',
  'playback-restriction-policy': 'ivs',
  'ad-configuration': 'ivs',
  stage: 'ivs-realtime',
  composition: 'ivs-realtime',
  'encoder-configuration': 'ivs-realtime',
  'storage-configuration': 'ivs-realtime',
  'ingest-configuration': 'ivs-realtime',
  'public-key': 'ivs-realtime',
} as const satisfies Record<string, Service>;
export type ResourceKind = keyof typeof serviceOfKind;

export interface Arn {
  region: string;
  accountId: string;
  kind: ResourceKind;
  id: string;
}

const arnForm = /^arn:aws:ivs:([a-z0-9-]+):([0-9]+):([a-z-]+)\/([a-zA-Z0-9-]+)$/;

export function parseArn(arn: string): Arn | undefined {
  const [, region, accountId, kind, id] = arnForm.exec(arn) ?? [];
  if (!region || !accountId || !kind || !id || !Object.hasOwn(serviceOfKind, kind)) return undefined;
  return { region, accountId, kind: kind as ResourceKind, id };
}

export const formatArn = ({ region, accountId, kind, id }: Arn) =>
  `arn:aws:ivs:${region}:${accountId}:${kind}/${id}`;

const streamKeyForm = /^rt_([0-9]+)_([a-z0-9-]+)_[a-zA-Z0-9-]+_.+$/;

/** Of a stream key of Real-Time; those of Low-Latency begin with `sk_`. */
export function placeOfStreamKey(streamKey: string): { accountId: string; region: string } | undefined {
  const [, accountId, region] = streamKeyForm.exec(streamKey) ?? [];
  return accountId && region ? { accountId, region } : undefined;
}

/** What gives out ids: a world. */
interface Giver {
  newId(kind: string, length: number): string;
}

export const newDestinationId = (world: Giver) => world.newId('destination', 12);
export const newParticipantId = (world: Giver) => world.newId('participant', 12);
export const newStageSessionId = (world: Giver) => `st-${world.newId('session', 13)}`;
export const newStreamId = (world: Giver) => `st-${world.newId('stream', 23)}`;
export const newRecordingId = (world: Giver) => world.newId('recording', 12);
export const newAdBreakId = (world: Giver) => world.newId('ad-break', 12);
