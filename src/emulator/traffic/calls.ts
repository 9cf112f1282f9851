// The calls of IVS's operations: all are counted, and stored up to a bound.
import type { Call, Ending, NewCall, StoredCall } from './call.ts';
import { type CallFilter, fitsCall } from './call-filter.ts';
import { CallWaiters } from './call-waiters.ts';
import { Recent } from './recent.ts';

const MB = 1024 * 1024;
const BOUNDS = { items: 10_000, bytes: 8 * MB, allItems: 100_000, allBytes: 64 * MB };
const OUTPUT_BYTES = 64 * 1024;
/** Of the members that all calls have. */
const CALL_BYTES = 500;
/** Among how many calls an equal output is looked for: a client that polls gets the same again and again. */
const COMPARED = 8;

export class CallLog {
  readonly #waiters = new CallWaiters();
  /** By account, then operation. */
  #counts = new Map<string, Map<string, number>>();
  #statuses = new Map<string, Map<number, number>>();
  #recent = new Recent<StoredCall>(BOUNDS);

  /** How often an operation was called; without a name, how many calls there were. */
  count(operation?: string, account?: string): number {
    const counts = Object.entries(this.counts(account));
    return counts.reduce(
      (sum, [name, count]) => (operation === undefined || name === operation ? sum + count : sum),
      0,
    );
  }

  counts(account?: string): Record<string, number> {
    return total(this.#counts, account);
  }

  /** How often a status was returned. */
  statuses(account?: string): Record<number, number> {
    return total(this.#statuses, account);
  }

  /** The stored ones that fit, oldest first. */
  log(filter: CallFilter | string = {}, limit?: number): Call[] {
    const found = this.#find(typeof filter === 'string' ? { operation: filter } : filter);
    return (limit === undefined ? found : found.slice(-limit)).map(viewOf);
  }

  /** Of all calls where the filter has only what is counted; otherwise of the stored ones. */
  countFitting(filter: CallFilter): number {
    const { region, match, status, since, operation, account } = filter;
    const isCounted = [region, match, status, since].every((member) => member === undefined);
    return isCounted ? this.count(operation, account) : this.#find(filter).length;
  }

  /** Once there are that many stored calls that fit. Rejects when the time is over. */
  async wait(filter: CallFilter, count: number, timeoutMs: number): Promise<Call[]> {
    const calls = await this.#waiters.wait({ filter, count, timeoutMs }, this.#find(filter));
    return calls.map(viewOf);
  }

  reset(account?: string): void {
    for (const counts of [this.#counts, this.#statuses])
      if (account === undefined) counts.clear();
      else counts.delete(account);
    this.#recent.clear(account);
  }

  /** No call comes any more. */
  close(): void {
    this.#waiters.close();
  }

  /** Counted and stored when it comes, since it may never end. */
  record(call: NewCall, bytes = 0): StoredCall {
    const counts = countsOf(this.#counts, call.account);
    counts.set(call.operation, (counts.get(call.operation) ?? 0) + 1);
    const stored: StoredCall = call;
    stored.statuses = countsOf(this.#statuses, call.account);
    stored.entry = this.#recent.add(call.account, stored, CALL_BYTES + bytes);
    this.#waiters.offer(stored);
    return stored;
  }

  ended(call: StoredCall, ending: Ending): void {
    const { status } = ending;
    const { statuses, account } = call;
    if (this.#statuses.get(account) !== statuses) return; // the log began anew meanwhile
    if (status !== undefined) statuses?.set(status, (statuses.get(status) ?? 0) + 1);
    ending.body = this.#stored(call, ending);
    call.ending = ending;
    this.#waiters.offer(call);
  }

  /** Of an error nothing, since it is stored apart; of an output that an earlier call has, too, the same string. */
  #stored(call: StoredCall, { body, error }: Ending): string | number {
    if (typeof body === 'number') return body;
    if (error) return '';
    if (body.length > OUTPUT_BYTES) return Buffer.byteLength(body);
    const { operation, account, entry } = call;
    const isSame = (one: StoredCall) => one.operation === operation && one.ending?.body === body;
    const same = this.#recent.findNewest(account, COMPARED, isSame);
    if (same?.ending) return same.ending.body;
    if (entry) this.#recent.enlarge(account, entry, body.length);
    return body;
  }

  #find(filter: CallFilter): StoredCall[] {
    return this.#recent.list(filter.account).filter((call) => fitsCall(filter, call));
  }
}

function countsOf<K>(counts: Map<string, Map<K, number>>, account: string): Map<K, number> {
  const known = counts.get(account);
  if (known) return known;
  const own = new Map<K, number>();
  counts.set(account, own);
  return own;
}

function total<K extends string | number>(
  counts: ReadonlyMap<string, ReadonlyMap<K, number>>,
  account?: string,
): Record<K, number> {
  if (account !== undefined) return Object.fromEntries(counts.get(account) ?? []) as Record<K, number>;
  const sum = {} as Record<K, number>;
  for (const own of counts.values()) for (const [key, count] of own) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}

function viewOf({ time, ending, entry: _, statuses: __, ...call }: StoredCall): Call {
  const view: Call = { time: time.toISOString(), ...call };
  return ending ? withEnding(view, ending) : view;
}

function withEnding(call: Call, { status, body, error, fault, durationMs }: Ending): Call {
  if (status !== undefined) call.status = status;
  if (error) call.error = error;
  else if (typeof body === 'number') call.outputBytes = body;
  // Read only where it is shown
  else if (status !== undefined)
    Object.defineProperty(call, 'output', { enumerable: true, get: () => outputOf(body) });
  if (fault !== undefined) call.fault = fault;
  call.durationMs = durationMs;
  return call;
}

/** JSON, or the text that a fault sent in its place. */
function outputOf(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
