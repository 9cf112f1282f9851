// The bounds of a caller (`ivs_resources`): which ARNs the caller can name and see. Without patterns there are none.
import { type Arn, arnPrefix, partsOfArn, type Target } from '../upstream/arn.ts';
import { ForbiddenError } from '../upstream/errors.ts';
import { ownershipOf } from '../upstream/services/index.ts';
import { arnPattern } from './arn-pattern.ts';

/** Stands in for the account where a pattern names none. */
const SOME_ACCOUNT = '000000000000';

export class Bounds {
  readonly areNone: boolean;
  readonly #patterns: ReturnType<typeof arnPattern>[];

  constructor(patterns: readonly string[] | undefined) {
    this.areNone = patterns === undefined;
    this.#patterns = (patterns ?? []).map(arnPattern);
  }

  /** Whether a pattern matches this very ARN. */
  covers(arn: string): boolean {
    if (this.areNone) return true;
    return partsOfArn(arn) !== undefined && this.#patterns.some(({ matches }) => matches(arn));
  }

  /** Whether it can be inside. A child resource is inside if its parent is, and only AWS knows the parent. */
  mayHold(arn: string): boolean {
    if (this.covers(arn)) return true;
    const parts = partsOfArn(arn);
    const owner = parts && ownershipOf(parts.kind);
    if (!owner) return false;
    const start = arnPrefix({ ...parts, kind: owner.type });
    return this.#patterns.some(({ mayMatchSomeOf }) => mayMatchSomeOf(start));
  }

  /** Refuses what is outside in any case. */
  check(arn: string): void {
    if (!this.mayHold(arn)) throw outside(arn);
  }

  /** Whether anything of that kind that is still to be made in that account and region will be inside, whatever its ARN. */
  coverNew({ account: known, ...made }: Omit<Arn, 'account'> & Partial<Target>): boolean {
    // Of one account that is served, the gateway learns the id only from ARNs, so a pattern's is taken for it.
    return this.#patterns.some(({ matchesAllOf, account = SOME_ACCOUNT }) =>
      matchesAllOf(arnPrefix({ ...made, account: known ?? account })),
    );
  }
}

/** The same for an ARN outside and for one that does not exist, so that a caller cannot distinguish them. */
export const outside = (arn: string): ForbiddenError =>
  new ForbiddenError(
    `Outside of what this caller may use (\`ivs_resources\`): ${JSON.stringify(arn.slice(0, 150))}`,
  );
