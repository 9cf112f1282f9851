// Where a call is in a trace, and what of its way is shown there. Absent, nothing is recorded.
import type { Call, Parent } from './call.ts';
import type { Clock } from './clock.ts';

/** How a wait for quota has ended. */
export type WaitEnd = 'admitted' | 'refused' | 'gathered' | 'failed';

/** What has served a read in place of its own call: one of another request here, one of another replica, or a shared call. */
type ServedBy = 'flight' | 'replica' | 'gather';

export interface Tracing {
  /** Where the code that runs now belongs. */
  here(): Parent;
  /** Sends one attempt to AWS. */
  attempt(call: Call, send: (call: Call) => Promise<unknown>): Promise<unknown>;
  /** A wait that has just ended. */
  waited(call: Call, end: WaitEnd, milliseconds: number): void;
  /** A read that has just ended. `leader`: where the call belongs that has served it. */
  served(call: Call, by: ServedBy, milliseconds: number, leader?: Parent): void;
}

/** Shows how long `read` takes that something else serves. */
export type ShowServed = <T>(call: Call, by: ServedBy, read: Promise<T>, leader?: Parent) => Promise<T>;

export function showServedBy(clock: Clock, tracing: Tracing | undefined): ShowServed {
  if (!tracing) return (_call, _by, read) => read;
  return async (call, by, read, leader) => {
    const began = clock.now();
    try {
      return await read;
    } finally {
      tracing.served(call, by, clock.now() - began, leader);
    }
  };
}
