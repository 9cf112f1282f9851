/** The calls of the emulator: all are counted, and remembered up to a bound. */
export interface Call {
  operation: string;
  accountId: string;
  region: string;
  input: unknown;
  /** Absent while the response is outstanding, and for good when the connection was reset. */
  status?: number;
}

const REMEMBERED = 10_000;
const REMEMBERED_BYTES = 8 * 1024 * 1024;

export class CallLog {
  #counts = new Map<string, number>();
  #statuses = new Map<number, number>();
  #log: { call: Call; bytes: number }[] = [];
  #bytes = 0;

  /** How often an operation was called; without a name, how many calls there were. */
  count(operation?: string): number {
    if (operation !== undefined) return this.#counts.get(operation) ?? 0;
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  /** How often a status was returned. */
  statuses(): Record<number, number> {
    return Object.fromEntries(this.#statuses);
  }

  log(operation?: string): readonly Call[] {
    return this.#log
      .map(({ call }) => call)
      .filter((call) => operation === undefined || call.operation === operation);
  }

  reset(): void {
    this.#counts.clear();
    this.#statuses.clear();
    this.#log = [];
    this.#bytes = 0;
  }

  /** `bytes` is the size of its body. */
  record(call: Call, bytes = 0): Call {
    this.#counts.set(call.operation, this.count(call.operation) + 1);
    this.#log.push({ call, bytes });
    this.#bytes += bytes;
    if (this.#log.length > 2 * REMEMBERED || this.#bytes > 2 * REMEMBERED_BYTES) this.#forget();
    return call;
  }

  /** Only at twice the bounds, so that the log is not copied for each call. */
  #forget(): void {
    let from = Math.max(0, this.#log.length - REMEMBERED);
    const size = () => this.#log.slice(from).reduce((sum, { bytes }) => sum + bytes, 0);
    for (let bytes = size(); bytes > REMEMBERED_BYTES; from += 1) bytes -= this.#log[from]?.bytes ?? 0;
    this.#bytes = size();
    this.#log = this.#log.slice(from);
  }

  answered(call: Call, status: number): void {
    call.status = status;
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
  }
}
