const REMEMBERED = 10_000;
const REMEMBERED_BYTES = 8 * 1024 * 1024;
export class CallLog {
    #counts = new Map();
    #statuses = new Map();
    #log = [];
    #bytes = 0;
    /** How often an operation was called; without a name, how many calls there were. */
    count(operation) {
        if (operation !== undefined)
            return this.#counts.get(operation) ?? 0;
        return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
    }
    counts() {
        return Object.fromEntries(this.#counts);
    }
    /** How often a status was answered. */
    statuses() {
        return Object.fromEntries(this.#statuses);
    }
    log(operation) {
        return this.#log
            .map(({ call }) => call)
            .filter((call) => operation === undefined || call.operation === operation);
    }
    reset() {
        this.#counts.clear();
        this.#statuses.clear();
        this.#log = [];
        this.#bytes = 0;
    }
    /** `bytes` is the size of its body. */
    record(call, bytes = 0) {
        this.#counts.set(call.operation, this.count(call.operation) + 1);
        this.#log.push({ call, bytes });
        this.#bytes += bytes;
        if (this.#log.length > 2 * REMEMBERED || this.#bytes > 2 * REMEMBERED_BYTES)
            this.#forget();
        return call;
    }
    /** Only at twice the bounds, so that the log is not copied for each call. */
    #forget() {
        let from = Math.max(0, this.#log.length - REMEMBERED);
        const kept = () => this.#log.slice(from).reduce((sum, { bytes }) => sum + bytes, 0);
        for (let bytes = kept(); bytes > REMEMBERED_BYTES; from += 1)
            bytes -= this.#log[from]?.bytes ?? 0;
        this.#bytes = kept();
        this.#log = this.#log.slice(from);
    }
    answered(call, status) {
        call.status = status;
        this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    }
}
