// What rows have in common, to be spread into them.
import type { Invalidated, Lifetime } from './facts.ts';

/** A list: no older than a dashboard's polling interval, yet one response for all its viewers. */
const LISTED: Lifetime = { maxAge: 1_000 };
/** One live resource. */
export const LIVE: Lifetime = { maxAge: 2_000 };
/** Configuration (names, keys, tags): a change that was made outside of the gateway shows after a few seconds. */
export const CONFIGURED: Lifetime = { maxAge: 10_000 };
/** What can no longer change. Not for ever, since the resource that it belongs to may be deleted outside of the gateway. */
const FINAL: Lifetime = { maxAge: 60 * 60_000 };
/** What hardly ever changes while its list stays the same. */
const UNCHANGED_MS = 10 * 60_000;

/** Some members change by themselves and are in the list; the others are configured. */
export const CONFIGURED_WHILE_UNCHANGED: Lifetime = { ...LIVE, maxAgeWhileUnchanged: CONFIGURED.maxAge };

/** Of a session: it never begins again, and has no tags. Its end is its last change. */
export const untilItEnds = (session: { endTime?: Date | undefined } | undefined): Lifetime =>
  session?.endTime ? FINAL : LIVE;

/** Of a participant. One who has left may come back under the same id, with the same token, while the session lasts. */
export const whileUnchanged = (participant: { state?: string | undefined } | undefined): Lifetime => ({
  ...LIVE,
  maxAgeWhileUnchanged: participant?.state === 'DISCONNECTED' ? FINAL.maxAge : UNCHANGED_MS,
});

/** Of an output: no single member wraps it. */
export const FLAT = null;

/** A resource whose own ARN is all that counts. */
export const INDEPENDENT = { owner: null };

const READ = { isRead: true, isList: false, returnsSubjects: false } as const;

/** Reads a resource by its own ARN. */
export const GET = { ...READ, subjects: ['arn'], returnsSubjects: true } as const;
/** Reads a part of a resource, by the resource's ARN. */
export const GET_PART = READ;
export const BATCH_GET = { ...READ, subjects: ['arns'], returnsSubjects: true, output: FLAT } as const;
/** Short-lived: a new resource is expected in its list at once, and most lists hold states too. */
export const LIST = { ...READ, isList: true, lifetime: LISTED, output: FLAT } as const;

/** For `listedBy` of a part of a resource. */
export const inList = <const Within extends string, const Id extends string>(
  list: string,
  items: string,
  within: readonly Within[],
  id: Id,
) => ({ list, items, within, id });
/** For `listedBy` of a resource that stands in the list of its region. */
export const inRegion = (list: string, items: string) => inList(list, items, [], 'arn');

/** The resource may enter lists that did not hold it: when it is new, all; when its name is, those filtered by name. */
const RESOURCE_AND_LISTS: readonly Invalidated[] = ['resource', 'lists'];

/** Not idempotent: a create whose response is lost may have arrived, and would be done twice. */
export const CREATE = { isRead: false, invalidates: RESOURCE_AND_LISTS, isIdempotent: false } as const;
export const UPDATE = {
  isRead: false,
  subjects: ['arn'],
  invalidates: RESOURCE_AND_LISTS,
  isIdempotent: true,
} as const;
export const DELETE = {
  isRead: false,
  subjects: ['arn'],
  invalidates: ['resource'],
  isIdempotent: true,
  deletes: true,
  output: FLAT,
} as const;
/** Changes a resource, which stays in the same lists. */
export const CHANGE = { isRead: false, invalidates: ['resource'], output: FLAT } as const;
/** Changes nothing that can be read. */
export const WITHOUT_TRACE = { isRead: false, invalidates: [] } as const;

export const TAG_READ = { ...LIST, subjects: ['resourceArn'], lifetime: CONFIGURED } as const;
export const TAG_WRITE = { ...CHANGE, subjects: ['resourceArn'], isIdempotent: true } as const;
