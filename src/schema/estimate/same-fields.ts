// Fields of one position that read the same entities: equal reads at the same time are one.
import type { FieldCosts } from '../language/costs.ts';
import { entities } from '../loading/entity.ts';
import { type EntitySet, type Position, referred } from './entity-set.ts';

/** What the fields of one position have led to, by name and arguments. */
export type SameFields = Map<string, unknown>;

/** What `make` made for an equal field of the same position: equal reads at the same time are one. */
export function once<Made>(same: SameFields, name: string, args: object, make: () => Made): Made {
  const key = `${name} ${JSON.stringify(args)}`;
  const made = (same.get(key) as Made | undefined) ?? make();
  same.set(key, made);
  return made;
}

/** What a field has to look up first; the same as what another field leads to, where it says so. */
export function requiredBy(
  { requires, requiresAs }: FieldCosts,
  position: Position,
  same: SameFields,
): EntitySet | undefined {
  const entity = requires ? entities.get(requires) : undefined;
  if (!entity) return;
  const make = () => referred(position, entity, 1, false);
  return requiresAs ? once(same, requiresAs, {}, make) : make();
}
