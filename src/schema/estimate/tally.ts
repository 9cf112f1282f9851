// Adds up the calls of an estimate, those among them that depend on what else is looked up.
import { nameOfTarget, type Target } from '../../upstream/arn.ts';
import { type Operation, type OperationName, operationNamed } from '../../upstream/operation.ts';
import type { PlannedCalls } from '../../upstream/quota/forecast.ts';
import { groupBy } from '../language/collections.ts';
import { revalidationPages } from '../loading/list-lookup.ts';
import type { EntitySet } from './entity-set.ts';

interface Calls {
  name: OperationName;
  service?: Operation['service'] | undefined;
  target: Target;
  calls: number;
  step: number;
  asTimeAllows?: boolean | undefined;
}

interface Loaded {
  entitySet: EntitySet;
  step: number;
}

interface LookUp extends Loaded {
  /** The calls for the details, which Get* has returned already unless a list was read in its place. */
  again: Calls[];
}

export class Tally {
  readonly #planned = new Map<string, PlannedCalls>();
  readonly #lookUps: LookUp[] = [];
  readonly #revalidated: Loaded[] = [];
  /** The first step in which nothing is done yet. */
  nextStep = 0;

  add({ name, service, target, calls, step, asTimeAllows }: Calls): void {
    this.nextStep = Math.max(this.nextStep, step + 1);
    const operation = operationNamed(name, service);
    const key = `${step} ${nameOfTarget(target)} ${operation.service} ${name}`;
    const known = this.#planned.get(key)?.calls ?? 0;
    const sum = Math.min(known + calls, Number.MAX_SAFE_INTEGER);
    if (sum > 0) this.#planned.set(key, { operation, target, calls: sum, step, asTimeAllows });
  }

  /** Loads entities at `level`; returns the step in which they are there. */
  load(
    entitySet: EntitySet,
    level: 'summary' | 'detail',
    together: { count: number; groups: number },
    step: number,
  ) {
    const calls = readsOf(entitySet, together).map((read) => ({ ...read, target: entitySet.target, step }));
    const before = entitySet.lookUp as LookUp | undefined;
    if (before) before.again.push(...calls);
    else for (const some of calls) this.add(some);
    if (level === 'summary' && entitySet.entity.listing) {
      const lookUp: LookUp = { entitySet, step, again: [] };
      entitySet.lookUp = lookUp;
      this.#lookUps.push(lookUp);
    }
    if (level === 'detail' && entitySet.entity.listing?.revalidates && entitySet.known === 'key') {
      this.#revalidated.push({ entitySet, step });
    }
    this.nextStep = Math.max(this.nextStep, step + 1);
    return step + 1;
  }

  total(): PlannedCalls[] {
    for (const lookUps of groupBy(this.#lookUps, mayMeet).values()) this.#addLookUps(lookUps);
    for (const loaded of groupBy(this.#revalidated, mayMeet).values()) this.#addRevalidation(loaded);
    return [...this.#planned.values()].sort((a, b) => a.step - b.step);
  }

  /**
   * Those that are loaded at the same time may meet in one list, which is read while it pays. A page that holds two
   * replaces two calls; counted is what is read in vain, and at worst every other entity is half of a pair.
   */
  #addLookUps(lookUps: readonly LookUp[]): void {
    const [{ entitySet, step }] = lookUps as readonly [LookUp, ...LookUp[]];
    // Nothing is looked up that stands alone in its list.
    if (lookUps.length === 1 && entitySet.perList === 1) return;
    for (const { again } of lookUps) for (const some of again) this.add(some);
    const count = countOf(lookUps);
    const wasted = lookUps.reduce((sum, { entitySet: some }) => sum + some.wasted, 0);
    const { operation: name } = entitySet.entity.listing?.list ?? {};
    const calls = Math.min(Math.floor(count / 2), wasted);
    if (name) this.add({ name, target: entitySet.target, calls, step });
  }

  /** Also of these, those that are loaded at the same time may meet in one list. */
  #addRevalidation(loaded: readonly Loaded[]): void {
    const [{ entitySet, step }] = loaded as readonly [Loaded, ...Loaded[]];
    const { operation: name } = entitySet.entity.listing?.list ?? {};
    const isUnbatched = loaded.length === 1 && revalidationPages(entitySet.perList) === 0;
    if (name && !isUnbatched) {
      this.add({ name, target: entitySet.target, calls: revalidationPages(countOf(loaded)), step });
    }
  }
}

/** Entities with the same may be in one list. */
const mayMeet = ({ entitySet: { entity, target } }: Loaded): string =>
  `${entity.name} ${nameOfTarget(target)}`;

const countOf = (loaded: readonly Loaded[]): number =>
  loaded.reduce((sum, { entitySet }) => sum + entitySet.count, 0);

/** One call per entity, or one per full batch of those that are loaded together. */
function readsOf(
  { entity, count }: EntitySet,
  together: { count: number; groups: number },
): Pick<Calls, 'name' | 'calls'>[] {
  const { filledBy: name, batchedBy } = entity;
  const groups = Math.min(together.groups, count);
  const each = Math.min(count, Math.ceil(together.count / groups));
  if (!batchedBy || count === 0) return [{ name, calls: count }];
  const alone = each % batchedBy.size === 1 ? groups : 0;
  const full = groups * (Math.ceil(each / batchedBy.size) - (alone > 0 ? 1 : 0));
  if (alone + full >= count) return [{ name, calls: count }];
  return [
    { name: batchedBy.operation, calls: full },
    { name, calls: alone },
  ];
}
