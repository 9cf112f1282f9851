// An event of IVS, of CloudTrail or of the schedule: what it is, and what may have changed.
import type { Change, ChangedList, ChangedResource } from '../upstream/changes.ts';
import { type Activity, activityOf, CLOUDTRAIL } from './activity.ts';
import {
  type Envelope,
  isText,
  MAX_ID_LENGTH,
  MalformedEventError,
  type Members,
  membersOf,
  parseEnvelope,
} from './envelope.ts';

export interface IvsEvent {
  /** By which it is recorded once. */
  id: string;
  /** AWS's own name, or `other`: as many as there are rows, so that a metric may have it as a label. */
  kind: EventKind;
  time: Date;
  region: string;
  account: string | undefined;
  changes: readonly Change[];
  /** What subscribers may want to know; undefined for the heartbeat. */
  activity: Activity | undefined;
}

type Target = ChangedList['target'];

interface Kind {
  /** Its `participant_id` names a participant of its stages; without one, it may be any of them. */
  isOfParticipants?: true;
  /** Filters of these lists look at what it changes, so resources may enter a page that does not name them. */
  lists?: readonly ChangedList['list'][];
}

/** By detail-type. https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/eventbridge.html, and LowLatencyUserGuide */
const ivsKinds = {
  'IVS Stage Update': { isOfParticipants: true, lists: ['ListIngestConfigurations'] },
  'IVS Participant Recording State Change': { isOfParticipants: true },
  'IVS Publisher Recording State Change': { isOfParticipants: true },
  'IVS Composition State Change': { lists: ['ListCompositions'] },
  'IVS Stream State Change': { lists: ['ListStreams'] },
  'IVS Stream Health Change': { lists: ['ListStreams'] },
  'IVS Recording State Change': {},
  'IVS Limit Breach': {},
  'IVS Ad Break State Change': {},
} as const satisfies Record<string, Kind>;

/** Of a rule with a schedule, whose target is the gateway: it shows that events arrive. */
export const HEARTBEAT = 'Scheduled Event';

export type EventKind = keyof typeof ivsKinds | typeof CLOUDTRAIL | typeof HEARTBEAT | 'other';

const CHAT = 'aws.ivschat';
const SOURCES = ['aws.ivs', CHAT];

/** Throws a MalformedEventError. `hasAccounts`: whether what it changes is of one among several accounts. */
export function parseEvent(text: string, hasAccounts = false): IvsEvent {
  const envelope = parseEnvelope(text);
  const { time, account, source, detailType } = envelope;
  if (detailType !== HEARTBEAT && !SOURCES.includes(source))
    throw new MalformedEventError(`source: expected ${SOURCES.join(' or ')}, got ${JSON.stringify(source)}`);
  const region = regionOf(envelope);
  const kind = kindOf(detailType);
  const changes = changesOf(envelope, { account: hasAccounts ? account : undefined, region });
  const activity = kind === HEARTBEAT ? undefined : activityOf(envelope);
  return { id: idOf(envelope), time, account, region, kind, changes, activity };
}

/** A write of this gateway comes back with the request id of its response, by which it was recorded then. */
function idOf({ id, detailType, detail: { requestID } }: Envelope): string {
  return detailType === CLOUDTRAIL && isText(requestID) && requestID.length <= MAX_ID_LENGTH ? requestID : id;
}

const kindOf = (detailType: string): EventKind =>
  Object.hasOwn(ivsKinds, detailType) || detailType === CLOUDTRAIL || detailType === HEARTBEAT
    ? (detailType as EventKind)
    : 'other';

function regionOf({ detailType, detail, region }: Envelope): string {
  return detailType === CLOUDTRAIL && isText(detail.awsRegion) ? detail.awsRegion : region;
}

function changesOf(envelope: Envelope, target: Target): Change[] {
  const { source, detailType, detail } = envelope;
  // The graph has no rooms.
  if (detailType === HEARTBEAT || source === CHAT) return [];
  if (detailType === CLOUDTRAIL) return writeOf(detail, target);
  const kind: Kind = Object.hasOwn(ivsKinds, detailType) ? ivsKinds[detailType as keyof typeof ivsKinds] : {};
  const arns = new Set([...envelope.resources, ...arnsIn(detail)]);
  const participants = participantsOf(detail, kind);
  return [
    ...[...arns].map((arn) => ({ arn, participants })),
    ...(kind.lists ?? []).map((list) => ({ list, target })),
  ];
}

/** `stage_arn`, `source_stage_arn`, `destination_stage_arn`, and what later versions name so. */
const arnsIn = (detail: Members): string[] =>
  Object.entries(detail).flatMap(([name, value]) => (name.endsWith('_arn') && isText(value) ? [value] : []));

function participantsOf(
  { participant_id: id }: Members,
  { isOfParticipants }: Kind,
): ChangedResource['participants'] {
  if (isText(id)) return [id];
  return isOfParticipants ? 'all' : undefined;
}

/**
 * The record of CloudTrail. Failed writes count, too: some may have changed a part.
 * https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/cloudtrail.html
 */
function writeOf(
  { eventName, readOnly, requestParameters, responseElements }: Members,
  target: Target,
): Change[] {
  if (!isText(eventName) || readOnly === true) return [];
  const input = membersOf(requestParameters) ?? {};
  return [{ write: eventName, target, input, output: responseElements }];
}
