// Ways to fail on demand.
import { Refused } from './errors.ts';
import { checkInput, type Fields } from './members.ts';

/** One way to fail on demand. What is left out is not done: `{ operation, delayMs }` only delays. */
export interface Fault {
  operation: string | '*';
  /** How many calls it strikes; without it, all of them until `clear()`. */
  times?: number;
  /** In process only: strikes the calls whose input it accepts. */
  match?: (input: Record<string, unknown>) => boolean;
  delayMs?: number;
  /** Never responds. */
  hang?: true;
  /** Cuts the connection. */
  reset?: true;
  /** Acts first and fails then, as when the response of a call that worked is lost. */
  afterwards?: true;
  status?: number;
  errorType?: string;
  message?: string;
  /** Sent as it is, in place of the error's JSON. */
  body?: string;
  headers?: Record<string, string>;
}

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
} as const satisfies Fields;

const MOST = 100;

export class Faults {
  #faults: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    checkInput('addFault', { ...faultFields, match: 'function?' }, fault);
    if (this.#faults.length >= MOST)
      throw new Refused(`addFault: expected at most ${MOST} faults at a time, got one more`);
    this.#faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The oldest fault that strikes this call, one time less of it from now on. */
  strike(operation: string, input: Record<string, unknown>): Fault | undefined {
    const struck = this.#faults.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.operation === '*' || fault.operation === operation) &&
        (fault.match?.(input) ?? true),
    );
    if (!struck) return undefined;
    struck.left -= 1;
    this.#faults = this.#faults.filter(({ left }) => left > 0);
    return struck.fault;
  }
}

/** Whether a struck call ends in something else than its own response. */
export const fails = (fault: Fault | undefined): fault is Fault =>
  fault !== undefined &&
  Boolean(fault.hang || fault.reset || fault.status || fault.errorType || fault.body !== undefined);
