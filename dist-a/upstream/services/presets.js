/** A list: no older than a dashboard's polling interval, yet one answer for all who look at it. */
const LISTED = { maxAge: 1_000 };
/** One live resource. */
export const LIVE = { maxAge: 2_000 };
/** What people configure (names, keys, tags): a change that was made outside of the gateway shows after a few seconds. */
export const CONFIGURED = { maxAge: 10_000 };
/** What can no longer change. Not for ever, since the resource that it belongs to may be deleted outside of the gateway. */
const FINAL = { maxAge: 60 * 60_000 };
/** What hardly ever changes while its list stays the same. */
const UNCHANGED_MS = 10 * 60_000;
/** Some members change by themselves and are in the list; the others are configured. */
export const CONFIGURED_WHILE_UNCHANGED = { ...LIVE, maxAgeWhileUnchanged: CONFIGURED.maxAge };
/** Of a session: it never begins again, and has no tags. Its end is the last thing that happens to it. */
export const untilItEnds = (session) => session?.endTime ? FINAL : LIVE;
/** Of a participant. One who has left may come back under the same id, with the same token, while the session lasts. */
export const whileUnchanged = (participant) => ({
    ...LIVE,
    maxAgeWhileUnchanged: participant?.state === 'DISCONNECTED' ? FINAL.maxAge : UNCHANGED_MS,
});
/** Of an output: no single member wraps it. */
export const FLAT = null;
/** A resource whose own ARN is all that counts. */
export const INDEPENDENT = { owner: null };
const READ = { isRead: true, isList: false, returnsSubjects: false };
/** Reads a resource by its own ARN. */
export const GET = { ...READ, subjects: ['arn'], returnsSubjects: true };
/** Reads a part of a resource, by the resource's ARN. */
export const GET_PART = READ;
export const BATCH_GET = { ...READ, subjects: ['arns'], returnsSubjects: true, output: FLAT };
/** Short-lived: a new resource is expected in its list at once, and most lists hold states too. */
export const LIST = { ...READ, isList: true, lifetime: LISTED, output: FLAT };
/** The resource may enter lists that did not hold it: when it is new, all; when its name is, those filtered by name. */
const RESOURCE_AND_LISTS = ['resource', 'lists'];
/** Not idempotent: a create whose answer is lost may have arrived, and would be done twice. */
export const CREATE = { isRead: false, invalidates: RESOURCE_AND_LISTS, isIdempotent: false };
export const UPDATE = {
    isRead: false,
    subjects: ['arn'],
    invalidates: RESOURCE_AND_LISTS,
    isIdempotent: true,
};
export const DELETE = {
    isRead: false,
    subjects: ['arn'],
    invalidates: ['resource'],
    isIdempotent: true,
    deletes: true,
    output: FLAT,
};
/** Changes a resource, which stays in the same lists. */
export const CHANGE = { isRead: false, invalidates: ['resource'], output: FLAT };
/** Changes nothing that can be read. */
export const WITHOUT_TRACE = { isRead: false, invalidates: [] };
export const TAG_READ = { ...LIST, subjects: ['resourceArn'], lifetime: CONFIGURED };
export const TAG_WRITE = { ...CHANGE, subjects: ['resourceArn'], isIdempotent: true };
