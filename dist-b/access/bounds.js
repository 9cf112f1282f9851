// The bounds of a caller (`ivs_resources`): which ARNs he may name and see. Without patterns there are none.
import { arnPrefix, partsOfArn } from '../upstream/arn.js';
import { ForbiddenError } from '../upstream/errors.js';
import { ownershipOf } from '../upstream/services/index.js';
import { arnPattern } from './arn-pattern.js';
/** Stands in for the account where a pattern names none. */
const SOME_ACCOUNT = '000000000000';
export class Bounds {
    areNone;
    #patterns;
    constructor(patterns) {
        this.areNone = patterns === undefined;
        this.#patterns = (patterns ?? []).map(arnPattern);
    }
    /** Whether a pattern matches this very ARN. */
    covers(arn) {
        if (this.areNone)
            return true;
        return partsOfArn(arn) !== undefined && this.#patterns.some(({ matches }) => matches(arn));
    }
    /** Whether it may be inside: what belongs to another thing is, where that is, and only AWS knows to which it belongs. */
    mayHold(arn) {
        if (this.covers(arn))
            return true;
        const parts = partsOfArn(arn);
        const owner = parts && ownershipOf(parts.kind);
        if (!owner)
            return false;
        const start = arnPrefix({ ...parts, kind: owner.type });
        return this.#patterns.some(({ mayMatchSomeOf }) => mayMatchSomeOf(start));
    }
    /** Refuses what is outside in any case. */
    check(arn) {
        if (!this.mayHold(arn))
            throw outside(arn);
    }
    /** Whether anything of that kind that is still to be made in that region will be inside, whatever its ARN. */
    coverNew(made) {
        // The gateway learns its own account only from ARNs, so a pattern's is taken for it.
        return this.#patterns.some(({ matchesAllOf, account = SOME_ACCOUNT }) => matchesAllOf(arnPrefix({ ...made, account })));
    }
}
/** The same for what is outside and for what does not exist, so that nobody can tell the one from the other. */
export const outside = (arn) => new ForbiddenError(`Outside of what this caller may use (\`ivs_resources\`): ${JSON.stringify(arn.slice(0, 150))}`);
