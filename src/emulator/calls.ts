/** What was asked of the emulator: counted without end, remembered up to a bound. */
export interface Call {
  operation: string;
  region: string;
  input: unknown;
  /** Absent while the answer is outstanding, and for good when the connection was reset. */
  status?: number;
}

const REMEMBERED = 10_000;

export class CallLog {
  #counts = new Map<string, number>();
  #statuses = new Map<number, number>();
  #log: Call[] = [];

  /** How often an operation was called; without a name, how many calls there were. */
  count(operation?: string): number {
    if (operation !== undefined) return this.#counts.get(operation) ?? 0;
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  /** How often a status was answered. */
  statuses(): Record<number, number> {
    return Object.fromEntries(this.#statuses);
  }

  log(operation?: string): readonly Call[] {
    return this.#log.filter((call) => operation === undefined || call.operation === operation);
  }

  reset(): void {
    this.#counts.clear();
    this.#statuses.clear();
    this.#log = [];
  }

  record(call: Call): Call {
    this.#counts.set(call.operation, this.count(call.operation) + 1);
    this.#log.push(call);
    if (this.#log.length > 2 * REMEMBERED) this.#log = this.#log.slice(-REMEMBERED);
    return call;
  }

  answered(call: Call, status: number): void {
    call.status = status;
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
  }
}
