// The envelope of EventBridge. Only what identifies an event is required; all else may be absent, or be of a later version.

/** https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface Envelope {
  id: string;
  source: string;
  detailType: string;
  time: Date;
  region: string;
  account: string | undefined;
  /** ARNs. */
  resources: readonly string[];
  detail: Members;
}

export type Members = Readonly<Record<string, unknown>>;

/** What came is no event that EventBridge sends. */
export class MalformedEventError extends Error {
  override name = 'MalformedEventError';
}

/** Ids of EventBridge have 36 characters; the bound is for what is kept of them. */
export const MAX_ID_LENGTH = 128;

export function parseEnvelope(text: string): Envelope {
  const given = membersOf(parse(text));
  if (!given) throw new MalformedEventError('Expected a JSON object with an event of EventBridge');
  const { account, resources, detail } = given;
  return {
    id: textOf(given, 'id', MAX_ID_LENGTH),
    source: textOf(given, 'source'),
    detailType: textOf(given, 'detail-type'),
    time: timeOf(given),
    region: textOf(given, 'region'),
    account: typeof account === 'string' ? account : undefined,
    resources: Array.isArray(resources) ? resources.filter(isText) : [],
    detail: membersOf(detail) ?? {},
  };
}

export const membersOf = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(given: Members, name: string, maxLength = 256): string {
  const value = given[name];
  if (isText(value) && value.length <= maxLength) return value;
  throw new MalformedEventError(
    `${name}: expected a text of 1 to ${maxLength} characters, got ${quote(value)}`,
  );
}

function timeOf(given: Members): Date {
  const time = new Date(textOf(given, 'time'));
  if (!Number.isNaN(time.getTime())) return time;
  throw new MalformedEventError(`time: expected an ISO 8601 time, got ${quote(given.time)}`);
}

const quote = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 100);
