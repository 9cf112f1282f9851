// The entities at one position of a query, before any of them is known: how many there can be, which of them are the same,
// and which of them are loaded together.
import { nameOfTarget, type Target, targetOf } from '../../upstream/arn.ts';
import { groupBy } from '../language/collections.ts';
import type { Level, Reference } from '../language/costs.ts';
import { type AnyEntity, entities } from '../loading/entity.ts';

/** Where entities are looked up by key. */
interface Spread {
  /** The most of them that stand in one list. */
  perList: number;
  /** The pages that are read in vain at most. */
  wasted: number;
}

/** Entities of one type, each of which is loaded once. */
export interface EntitySet extends Spread {
  entity: AnyEntity;
  target: Target;
  count: number;
  known: Level;
  /** A list has returned them. */
  isListed: boolean;
  /** The step in which the details are there. */
  detailedAt: number;
  /** The tally's entry of their being looked up. */
  lookUp?: object;
}

/** Entities that a position below leads back to. */
interface Ancestors {
  entitySet: EntitySet;
  /** How many of them the entities of one group belong to. */
  perGroup: number;
}

/** A position in the query: the objects on which its fields stand. */
export interface Position {
  /** How many times a field is resolved here; objects of one group that are the same count once. */
  count: number;
  /** How many of the objects differ. */
  distinct: number;
  /** Objects of one group are there at the same time: what they load is loaded together. */
  groups: number;
  /** When they are there. */
  step: number;
  target: Target;
  /** What the objects are, or are a part of. */
  entitySet?: EntitySet | undefined;
  /** What they hang on, by type; the nearest last. */
  ancestors: ReadonlyMap<string, Ancestors>;
  /** Of a connection: what it lists. */
  page?: { items: number; entitySet: EntitySet | undefined } | undefined;
  /** Of a payload: the arguments of its mutation. */
  args: Readonly<Record<string, unknown>>;
}

const MANY = Number.MAX_SAFE_INTEGER;
export const times = (a: number, b: number): number => Math.min(a * b, MANY);

/** A page of the plan may hold too few to have paid: see loading/list-lookup.ts. */
const inVain = (count: number): number => Math.ceil(count / 10);

export function entitySetOf(
  entity: AnyEntity,
  { count, target, known = 'key', ...rest }: Pick<EntitySet, 'count' | 'target'> & Partial<EntitySet>,
): EntitySet {
  const unknown = { perList: count, wasted: count };
  return { entity, count, target, known, isListed: false, detailedAt: 0, ...unknown, ...rest };
}

/** The objects that hang on, or are referred to by, those of `position`, one by each or `each` of them. */
export function referred(position: Position, entity: AnyEntity, each: number, isChild: boolean): EntitySet {
  const { target, entitySet } = position;
  const count = times(position.distinct, each);
  const hasOwnList =
    isChild &&
    each === 1 &&
    entitySet &&
    entity.key.members.length === entitySet.entity.key.members.length + 1;
  if (hasOwnList || count === 1) return entitySetOf(entity, { count, target, perList: 1, wasted: count });
  // A key of one member is an ARN, and then the list is that of the region.
  const areTogether = entity.key.members.length === 1 && position.groups === 1;
  return entitySetOf(entity, { count, target, ...(areTogether && { wasted: inVain(count) }) });
}

/** What arguments name, by type and target; what cannot name anything is left out. */
export function* named(names: readonly Reference[]): Generator<EntitySet> {
  const sound = names.flatMap(({ typeName, key }) => {
    const entity = entities.get(typeName);
    return entity && isSound(entity, key) ? [{ entity, key, target: targetOf(entity.key.arnOf(key)) }] : [];
  });
  for (const some of groupBy(
    sound,
    ({ entity, target }) => `${entity.name} ${nameOfTarget(target)}`,
  ).values()) {
    const [{ entity, target }] = some as [(typeof some)[number]];
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

function isSound(entity: AnyEntity, key: Record<string, string>): boolean {
  try {
    entity.check(key);
    return true;
  } catch {
    return false;
  }
}

/** Those of `position` and, where `entitySet` hangs on them, `entitySet` too. */
export function descend(
  position: Position,
  entitySet: EntitySet,
  perGroup: number,
  isChild: boolean,
): Position['ancestors'] {
  return new Map([
    ...(isChild ? position.ancestors : []),
    [entitySet.entity.name, { entitySet, perGroup }] as const,
  ]);
}

/** Each object of `position` is loaded by its own call. */
export const unbatched = (position: Position): Position => ({
  ...position,
  groups: position.count,
  ancestors: new Map(
    [...position.ancestors].map(([name, { entitySet }]) => [name, { entitySet, perGroup: 1 }] as const),
  ),
});

/** The place that a field leads back to, if the objects of `position` were reached through it. */
export function toParent(position: Position, typeName: string): Position | undefined {
  const found = position.ancestors.get(typeName);
  if (!found) return undefined;
  const { entitySet, perGroup } = found;
  const names = [...position.ancestors.keys()];
  const ancestors = [...position.ancestors].slice(0, names.indexOf(typeName) + 1);
  return {
    ...position,
    entitySet,
    count: Math.min(position.count, times(position.groups, perGroup)),
    distinct: Math.min(position.distinct, entitySet.count),
    ancestors: new Map(ancestors),
  };
}
