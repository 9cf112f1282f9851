// The things that a place of a query is about, before any of them is known: how many there can be, which of them are
// the same, and which of them come together.
import { nameOfTarget, targetOf } from '../../upstream/arn.js';
import { groupBy } from '../language/collections.js';
import { entities } from '../loading/entity.js';
const MANY = Number.MAX_SAFE_INTEGER;
export const times = (a, b) => Math.min(a * b, MANY);
/** A page of the plan may tell of too few to have paid: see plan.ts. */
const inVain = (count) => Math.ceil(count / 10);
export function entitySetOf(entity, { count, target, known = 'key', ...rest }) {
    const unknown = { perList: count, wasted: count };
    return { entity, count, target, known, isListed: false, detailedAt: 0, ...unknown, ...rest };
}
/** The objects that hang on, or are referred to by, those of `place`, one by each or `each` of them. */
export function referred(place, entity, each, isChild) {
    const { target, things } = place;
    const count = times(place.distinct, each);
    const hasOwnList = isChild && each === 1 && things && keySize(entity) === keySize(things.entity) + 1;
    if (hasOwnList || count === 1)
        return entitySetOf(entity, { count, target, perList: 1, wasted: count });
    // A key of one member is an ARN, and then the list is that of the region.
    const areTogether = keySize(entity) === 1 && place.groups === 1;
    return entitySetOf(entity, { count, target, ...(areTogether && { wasted: inVain(count) }) });
}
const keySize = ({ federationKey }) => federationKey.split(' ').length;
/** What arguments name, by type and target; what cannot name anything is left out. */
export function* named(names) {
    const sound = names.flatMap(({ typeName, key }) => {
        const entity = entities.get(typeName);
        return entity && isSound(entity, key) ? [{ entity, key, target: targetOf(arnOf(entity, key)) }] : [];
    });
    for (const some of groupBy(sound, ({ entity, target }) => `${entity.name} ${nameOfTarget(target)}`).values()) {
        const [{ entity, target }] = some;
        const keys = new Map(some.map(({ key }) => [JSON.stringify(Object.values(key)), key]));
        const lists = [...groupBy(keys.values(), (key) => entity.listing?.listOf(key)).values()];
        yield entitySetOf(entity, {
            count: keys.size,
            target,
            perList: Math.max(...lists.map(({ length }) => length)),
            wasted: lists.reduce((pages, { length }) => pages + inVain(length), 0),
        });
    }
}
const arnOf = ({ federationKey }, key) => key[federationKey.split(' ')[0]];
function isSound(entity, key) {
    try {
        entity.check(key);
        return true;
    }
    catch {
        return false;
    }
}
/** Those of `place` and, where `things` hang on them, `things` too. */
export function descend(place, things, perGroup, isChild) {
    return new Map([...(isChild ? place.ancestors : []), [things.entity.name, { things, perGroup }]]);
}
/** What each object of `place` is asked for comes by itself. */
export const unbatched = (place) => ({
    ...place,
    groups: place.count,
    ancestors: new Map([...place.ancestors].map(([name, { things }]) => [name, { things, perGroup: 1 }])),
});
/** The place that a field leads back to, if the objects of `place` were reached through it. */
export function toParent(place, typeName) {
    const found = place.ancestors.get(typeName);
    if (!found)
        return undefined;
    const { things, perGroup } = found;
    const names = [...place.ancestors.keys()];
    const ancestors = [...place.ancestors].slice(0, names.indexOf(typeName) + 1);
    return {
        ...place,
        things,
        count: Math.min(place.count, times(place.groups, perGroup)),
        distinct: Math.min(place.distinct, things.count),
        ancestors: new Map(ancestors),
    };
}
