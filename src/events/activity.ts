// What happened in AWS, as the journal has it for subscribers: an event of EventBridge, or a write.
import type { Write } from '../upstream/changes.ts';
import { type Envelope, isText, type Members, membersOf } from './envelope.ts';

export const CLOUDTRAIL = 'AWS API Call via CloudTrail';

export type LiveSourceName = 'EVENTBRIDGE' | 'CLOUDTRAIL' | 'POLL' | 'MUTATION';

/** All members are JSON. */
export interface Activity {
  id: string;
  source: Exclude<LiveSourceName, 'POLL'>;
  /** Of EventBridge. */
  detailType: string;
  /** AWS's own name of the event, or of the operation. */
  eventName: string;
  /** ISO 8601, as precise as AWS says it. */
  time: string;
  seenAt: string;
  /** What the event is about: the first one names it. */
  resources: readonly string[];
  /** Of a write: the ARNs and ids in its input. */
  detail: Members;
}

export const isActivity = (body: object): body is Activity => 'eventName' in body;

export function activityOf({ id, detailType, detail, time, resources }: Envelope): Activity {
  const isWrite = detailType === CLOUDTRAIL;
  return {
    id,
    source: isWrite ? 'CLOUDTRAIL' : 'EVENTBRIDGE',
    detailType,
    eventName: nameOf(detail, detailType),
    time: preciseTimeOf(detail) ?? time.toISOString(),
    seenAt: new Date().toISOString(),
    resources: resources.slice(0, MAX_RESOURCES),
    detail: isWrite ? subjectsIn(membersOf(detail.requestParameters) ?? {}) : briefly(detail),
  };
}

/** Of JSON: no event of IVS has a tenth of it. */
const MAX_DETAIL = 16 * 1024;
const MAX_TEXT = 1024;
const MAX_RESOURCES = 100;

/** As it came, but for one that is far larger than those of IVS: of that, its first short members. */
function briefly(detail: Members): Members {
  if (JSON.stringify(detail).length <= MAX_DETAIL) return detail;
  const isShort = (value: unknown) => typeof value !== 'object' && String(value).length <= MAX_TEXT;
  return Object.fromEntries(
    Object.entries(detail)
      .filter(([name, value]) => name.length <= MAX_TEXT && isShort(value))
      .slice(0, 16),
  );
}

/** Recordings and limits have their name in another member. CloudTrail has that of the operation. */
function nameOf(
  { event_name, recording_status, limit_name, eventName }: Members,
  detailType: string,
): string {
  return [event_name, recording_status, limit_name, eventName].find(isText) ?? detailType;
}

/** The envelope has seconds only. */
const preciseTimeOf = ({ event_time_precise, event_time, eventTime }: Members): string | undefined =>
  [event_time_precise, event_time, eventTime].find(
    (time): time is string => isText(time) && !Number.isNaN(Date.parse(time)),
  );

/** A write of this gateway, which AWS has carried out. */
export function activityOfWrite({ operation, requestId, input, at }: Write): Activity {
  const time = new Date(at).toISOString();
  return {
    id: requestId,
    source: 'MUTATION',
    detailType: CLOUDTRAIL,
    eventName: operation,
    time,
    seenAt: time,
    resources: [],
    detail: subjectsIn(input as Members),
  };
}

/** What a write names, without what it says of that: attributes of tokens and metadata are not for all subscribers. */
const subjectsIn = (input: Members): Members =>
  Object.fromEntries(
    Object.entries(input).filter(
      ([name, value]) => isText(value) && /^(arn|\w+Arn|sessionId|participantId)$/.test(name),
    ),
  );
