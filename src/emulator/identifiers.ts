// ARNs and ids in the forms that IVS gives them.
import { randomInt } from 'node:crypto';
import type { Service } from './model.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

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

function alphanumeric(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

export const newResourceId = () => alphanumeric(12);
export const newDestinationId = () => alphanumeric(12);
export const newParticipantId = () => alphanumeric(12);
export const newStageSessionId = () => `st-${alphanumeric(13)}`;
export const newStreamId = () => `st-${alphanumeric(23)}`;
export const newRecordingId = () => alphanumeric(12);
export const newAdBreakId = () => alphanumeric(12);
