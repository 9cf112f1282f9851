// The calls of a field: those that it makes itself, and those that load the entities whose field it is.
import type { Target } from '../../upstream/arn.ts';
import type { PlannedCalls } from '../../upstream/quota/forecast.ts';
import { alike } from '../language/arn.ts';
import type { Arguments, FieldCosts, Level, List } from '../language/costs.ts';
import { isWithin } from '../loading/required-level.ts';
import { type EntitySet, type Position, times } from './entity-set.ts';
import { requiredBy, type SameFields } from './same-fields.ts';
import { Tally } from './tally.ts';

export class FieldCalls {
  readonly #tally = new Tally();
  readonly #defaultTarget: Target;

  constructor(defaultTarget: Target) {
    this.#defaultTarget = defaultTarget;
  }

  /** The first step in which nothing is done yet. */
  get nextStep(): number {
    return this.#tally.nextStep;
  }

  total(): PlannedCalls[] {
    return this.#tally.total();
  }

  /** The calls that a field makes before it leads anywhere; the step in which they are done. */
  make(costs: FieldCosts, position: Position, same: SameFields): number {
    const { level = 'key', calls: callsOf, reads, scans } = costs;
    let { step } = position;
    if (position.entitySet) step = this.load(position.entitySet, level, position);
    const sent = readSafely(callsOf, position.args);
    for (const { operation: name, target = position.target, calls = 1, ...rest } of sent) {
      this.#tally.add({ ...rest, name, target: alike(target, this.#defaultTarget), calls, step });
    }
    if (sent.length > 0) step += 1;
    for (const { list, pages } of readSafely((args) => (reads ? [reads(args)] : []), position.args)) {
      this.list(list, pages, { ...position, step });
    }
    if (scans && !position.entitySet?.isListed) {
      this.list(scans, 1, { ...position, step });
    }
    const required = requiredBy(costs, position, same);
    return required ? this.load(required, 'summary', { ...position, step }) : step;
  }

  load(entitySet: EntitySet, level: Level, { count, groups, step }: Position): number {
    if (level === 'key' || isWithin(level, entitySet.known)) {
      return level === 'detail' ? Math.max(step, entitySet.detailedAt) : step;
    }
    const loaded = this.#tally.load(entitySet, level, { count, groups }, step);
    entitySet.known = entitySet.entity.listing ? level : 'detail';
    if (entitySet.known === 'detail') entitySet.detailedAt = loaded;
    return loaded;
  }

  /** The pages of a list at each of the objects. */
  list({ operation: name }: List, pages: number, { count, target, step }: Position): void {
    this.#tally.add({ name, target, calls: times(count, pages), step });
  }
}

/** What an argument that is refused would have cost: nothing. */
export function readSafely<Said>(
  read: ((args: Arguments) => readonly Said[]) | undefined,
  args: Arguments,
): readonly Said[] {
  try {
    return read?.(args) ?? [];
  } catch {
    return [];
  }
}
