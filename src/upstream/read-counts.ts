// Of each operation, how its reads were served since the start. Counted where a hit is served, in a microsecond: so two
// look-ups in maps, and no labels.
import { nameOfTarget, type Target } from './arn.ts';
import { originOf } from './errors.ts';
import type { Operation } from './operation.ts';

/** A read is one of these. */
export interface Served {
  /** From a cache, the process's or the replicas'. */
  hits: number;
  /** By no cache and no equal read: by a call to AWS, of its own or for many. */
  misses: number;
  /** By an equal read in flight. */
  coalesced: number;
  /** Of the misses, by a batch or a list for many that waited. */
  gathered: number;
}

export interface ReadFacts extends Served {
  service: string;
  account?: string;
  region: string;
  operation: string;
}

interface Read {
  operation: Operation;
  target: Target;
}

interface Count {
  target: Target;
  served: Served;
}

export class ReadCounts {
  readonly #counts = new Map<Operation, Map<string, Count>>();

  count({ operation, target }: Read, what: keyof Served): void {
    const name = nameOfTarget(target);
    const known = this.#counts.get(operation)?.get(name);
    if (known) {
      known.served[what] += 1;
      return;
    }
    const served = { hits: 0, misses: 0, coalesced: 0, gathered: 0 };
    served[what] = 1;
    const counts = this.#counts.get(operation) ?? new Map<string, Count>();
    this.#counts.set(operation, counts.set(name, { target, served }));
  }

  facts(): ReadFacts[] {
    return [...this.#counts].flatMap(([operation, counts]) =>
      [...counts.values()].map(({ target, served }) => ({ ...originOf(operation, target), ...served })),
    );
  }
}
