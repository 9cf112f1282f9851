// Of each operation, how its reads were served since the start. Counted where a hit is served, in a microsecond: so two
// look-ups in maps, and no labels.
import type { Target } from './arn.ts';
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
  region: string;
  operation: string;
}

interface Read {
  operation: Operation;
  target: Pick<Target, 'region'>;
}

export class ReadCounts {
  readonly #counts = new Map<Operation, Map<string, Served>>();

  count({ operation, target: { region } }: Read, what: keyof Served): void {
    const regions = this.#counts.get(operation) ?? new Map<string, Served>();
    const served = regions.get(region) ?? { hits: 0, misses: 0, coalesced: 0, gathered: 0 };
    served[what] += 1;
    if (served.hits + served.misses + served.coalesced + served.gathered > 1) return;
    this.#counts.set(operation, regions.set(region, served));
  }

  facts(): ReadFacts[] {
    return [...this.#counts].flatMap(([{ service, name }, regions]) =>
      [...regions].map(([region, served]) => ({ service, region, operation: name, ...served })),
    );
  }
}
