// Commands about what clients send: the calls, and the faults that strike them.

import type { CallRates } from '../aws/rates.ts';
import type { Fault } from '../faults/fault.ts';
import type { FaultSummary, Faults } from '../faults/faults.ts';
import type { Call } from '../traffic/call.ts';
import { type CallFilter, checkCallFilter } from '../traffic/call-filter.ts';
import type { Traffic } from '../traffic/traffic.ts';
import type { Unmatched } from '../traffic/unmatched.ts';
import type { Accounts } from '../world/accounts.ts';
import { WorldControl } from './world.ts';

export interface TrafficParts {
  accounts: Accounts;
  traffic: Traffic;
  faults: Faults;
  rates: CallRates | undefined;
}
/** Without an account, the command is about all of them. */
export interface OfAccount {
  account?: string | undefined;
}

const DEFAULT_WAIT_MS = 10_000;

export class TrafficControl extends WorldControl {
  #parts: TrafficParts;

  constructor(parts: TrafficParts) {
    super(parts.accounts);
    this.#parts = parts;
  }

  /** All calls are counted; the log has the last ones that fit, oldest first. */
  calls({ limit, ...filter }: CallFilter & { limit?: number } = {}): {
    counts: Record<string, number>;
    statuses: Record<number, number>;
    log: readonly Call[];
  } {
    checkCallFilter('calls', filter);
    const { calls } = this.#parts.traffic;
    const { account } = filter;
    return {
      counts: calls.counts(account),
      statuses: calls.statuses(account),
      log: calls.log(filter, limit),
    };
  }

  countCalls(filter: CallFilter = {}): { count: number } {
    checkCallFilter('countCalls', filter);
    return { count: this.#parts.traffic.calls.countFitting(filter) };
  }

  /** Returns when there are that many calls that fit, those before it included. */
  async waitForCalls({
    count = 1,
    timeoutMs = DEFAULT_WAIT_MS,
    ...filter
  }: CallFilter & { count?: number; timeoutMs?: number } = {}): Promise<{ count: number; log: Call[] }> {
    checkCallFilter('waitForCalls', filter);
    const log = await this.#parts.traffic.calls.wait(filter, count, timeoutMs);
    return { count: log.length, log };
  }

  /** The last requests that are no call of an operation. */
  unmatched({ account }: OfAccount = {}): { unmatched: Unmatched[] } {
    return { unmatched: this.#parts.traffic.unmatched.list(account) };
  }

  /** Of calls, and of requests that are none. */
  resetCalls({ account }: OfAccount = {}): void {
    this.#parts.traffic.reset(account);
  }

  /** Its id, and what is possible but probably not meant. */
  addFault(fault: Fault): { id: string; warnings: string[] } {
    return this.#parts.faults.add(fault);
  }

  /** With those that are over, until they are cleared. */
  faults({ account }: OfAccount = {}): { faults: FaultSummary[] } {
    return { faults: this.#parts.faults.list(account) };
  }

  removeFault({ id, account }: OfAccount & { id: string }): void {
    this.#parts.faults.remove(id, account);
  }

  /** With an account, only the faults that name it. */
  clearFaults({ account }: OfAccount = {}): void {
    this.#parts.faults.clear(account);
  }
}
