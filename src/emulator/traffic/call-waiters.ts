// Those who wait for calls.

import { Refused } from '../errors.ts';
import type { StoredCall } from './call.ts';
import { type CallFilter, fitsCall } from './call-filter.ts';

interface Wanted {
  filter: CallFilter;
  count: number;
  timeoutMs: number;
}
interface Waiter {
  filter: CallFilter;
  take: (call: StoredCall) => void;
  fail: (error: Refused) => void;
}

const MOST = 1000;
const REQUEST_TIMEOUT = 408;

export class CallWaiters {
  #waiters = new Set<Waiter>();

  /** With those that there are already. */
  wait({ filter, count, timeoutMs }: Wanted, there: readonly StoredCall[]): Promise<StoredCall[]> {
    const calls = new Set(there);
    if (calls.size >= count) return Promise.resolve([...calls]);
    if (this.#waiters.size >= MOST)
      throw new Refused(`waitForCalls: expected at most ${MOST} at a time, got one more`);
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        filter,
        take: (call) => {
          if (calls.add(call).size < count) return;
          end();
          resolve([...calls]);
        },
        fail: (error) => {
          end();
          reject(error);
        },
      };
      const timer = setTimeout(() => waiter.fail(tooFew(count, calls.size, timeoutMs)), timeoutMs);
      this.#waiters.add(waiter);
    });
  }

  /** A call that came or ended. */
  offer(call: StoredCall): void {
    for (const waiter of this.#waiters) if (fitsCall(waiter.filter, call)) waiter.take(call);
  }

  close(): void {
    for (const waiter of this.#waiters)
      waiter.fail(new Refused('waitForCalls: the emulator was closed', 503));
  }
}

const tooFew = (count: number, got: number, timeoutMs: number) =>
  new Refused(
    `waitForCalls: expected a count of ${count} within ${timeoutMs} ms, got ${got}`,
    REQUEST_TIMEOUT,
  );
