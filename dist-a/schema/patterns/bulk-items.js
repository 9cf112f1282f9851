// The items of a bulk mutation: what is said of each, and which of them are sent together.
import { nameOfTarget, targetOf } from '../../upstream/arn.js';
import { ValidationError } from '../../upstream/errors.js';
import { redact } from '../../upstream/redact.js';
/** Why an item fails that cannot be sent. No error object: there may be tens of thousands of items. */
export const malformed = (problem) => ({
    code: 'BAD_USER_INPUT',
    message: redact(problem),
    retryable: false,
    awsCode: undefined,
});
/** One for each place of the input where the item stands. */
export const failuresOf = ({ item, indexes }, { code, awsCode, message, retryable }) => indexes.map((index) => ({ index, item, code, awsCode, message, retryable }));
/** The items that can be sent, in the lanes that share a rate. */
export class Tasks {
    #bulk;
    #lanes = new Map();
    #byName = new Map();
    constructor(bulk) {
        this.#bulk = bulk;
    }
    add(item, index) {
        const { arnOf, nameOf, laneOf = (one) => nameOfTarget(targetOf(arnOf(one))) } = this.#bulk;
        const name = nameOf?.(item);
        const known = name === undefined ? undefined : this.#byName.get(name);
        if (known)
            return void known.indexes.push(index);
        const task = { item, indexes: [index] };
        if (name !== undefined)
            this.#byName.set(name, task);
        const lane = laneOf(item);
        const others = this.#lanes.get(lane);
        if (others)
            others.push(task);
        else
            this.#lanes.set(lane, [task]);
    }
    byLane() {
        return [...this.#lanes.values()];
    }
}
/** A problem as a text, for what throws it: items that fail so are few, or the check is cheap. */
export function problemIn(check) {
    try {
        check();
        return undefined;
    }
    catch (error) {
        if (error instanceof ValidationError)
            return error.message;
        throw error;
    }
}
