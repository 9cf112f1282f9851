// Ways to fail on demand.
import { Refused } from './errors.js';
import { checkInput } from './members.js';
export const faultFields = {
    operation: 'operationOrAll',
    times: 'times?',
    delayMs: 'milliseconds?',
    hang: 'boolean?',
    reset: 'boolean?',
    afterwards: 'boolean?',
    status: 'status?',
    errorType: 'errorType?',
    message: 'text?',
    body: 'text?',
    headers: 'headers?',
};
const MOST = 100;
export class Faults {
    #faults = [];
    add(fault) {
        checkInput('addFault', { ...faultFields, match: 'function?' }, fault);
        if (this.#faults.length >= MOST)
            throw new Refused(`addFault: expected at most ${MOST} faults at a time, got one more`);
        this.#faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    }
    clear() {
        this.#faults = [];
    }
    /** The oldest fault that strikes this call, one time less of it from now on. */
    strike(operation, input) {
        const struck = this.#faults.find(({ fault, left }) => left > 0 &&
            (fault.operation === '*' || fault.operation === operation) &&
            (fault.match?.(input) ?? true));
        if (!struck)
            return undefined;
        struck.left -= 1;
        this.#faults = this.#faults.filter(({ left }) => left > 0);
        return struck.fault;
    }
}
/** Whether a struck call ends in something else than its own answer. */
export const fails = (fault) => fault !== undefined &&
    Boolean(fault.hang || fault.reset || fault.status || fault.errorType || fault.body !== undefined);
