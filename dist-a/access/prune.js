// What of an answer a caller with bounds may see. Works on a copy: the answer itself is shared with others.
import { beginsLikeArn, partsOfArn } from '../upstream/arn.js';
import { ownershipOf } from '../upstream/services/index.js';
/** The ARN of a thing that is inside, and maps of texts that people wrote: an ARN in them names nothing. */
const KEPT_WHOLE = ['arn', 'tags', 'attributes'];
/** A copy of an answer without the things and the ARNs that are outside. */
export function prune(answer, operation, bounds) {
    return pruneValue(answer, operation.isRead ? operation.itemsStandFor : undefined, bounds);
}
function pruneValue(value, standsFor, bounds) {
    if (typeof value === 'string')
        return beginsLikeArn(value) && !bounds.covers(value) ? undefined : value;
    if (typeof value !== 'object' || value === null || value instanceof Date)
        return value;
    if (Array.isArray(value)) {
        return value
            .filter((item) => isInside(item?.[standsFor ?? ''], bounds))
            .map((item) => pruneValue(item, standsFor, bounds))
            .filter((item) => item !== undefined);
    }
    return isThingInside(value, bounds) ? pruneMembers(value, standsFor, bounds) : undefined;
}
function pruneMembers(value, standsFor, bounds) {
    const kept = Object.entries(value)
        .map(([name, member]) => [
        name,
        KEPT_WHOLE.includes(name) ? member : pruneValue(member, standsFor, bounds),
    ])
        .filter(([, member]) => member !== undefined);
    const copy = Object.fromEntries(kept);
    // The id of a session says something only of its stage, and goes with it.
    for (const name of Object.keys(value)) {
        if (name.endsWith('StageArn') && !(name in copy))
            delete copy[name.replace('StageArn', 'SessionId')];
    }
    return copy;
}
/** By its own ARN, or by that of the thing it belongs to. */
function isThingInside(thing, bounds) {
    if (isInside(thing.arn, bounds))
        return true;
    const owner = thing[ownershipOf(partsOfArn(thing.arn)?.kind ?? '')?.member ?? ''];
    return typeof owner === 'string' && bounds.covers(owner);
}
const isInside = (arn, bounds) => typeof arn !== 'string' || bounds.covers(arn);
