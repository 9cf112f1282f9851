// Equal reads in flight share one call, also across requests. A reader that leaves does not fail the others;
// when the last one leaves, the call is aborted.

import { arrivals } from '../arrivals.ts';
import type { Call, Layer, Send } from '../call.ts';
import { toAborted } from '../errors.ts';
import type { ShowServed } from '../tracing.ts';
import type { Invalidations } from './invalidations.ts';
import type { SharedCache } from './shared-cache.ts';

interface Flight {
  /** Of all who are aboard. */
  call: Call;
  answer: Promise<unknown>;
  controller: AbortController;
  readers: Set<Call>;
}

export const singleFlight =
  (
    elsewhere?: Pick<SharedCache, 'invalidations' | 'isLost' | 'lease'>,
    invalidations: Pick<Invalidations, 'onForgotten'> | undefined = elsewhere?.invalidations,
    showServed?: ShowServed,
  ): Layer =>
  (next) => {
    const flights = new Map<string, Flight>();
    invalidations?.onForgotten(() => {
      // What still waits for its first turn begins after the write: during many events, all readers of it share one call.
      for (const [key, { call }] of flights)
        if (!call.progress?.isQueued || call.progress.hasLeft) flights.delete(key);
    });

    const write: Send = async (call) => {
      // What began before a write must not answer a read that begins after it.
      flights.clear();
      try {
        return await next(call);
      } finally {
        flights.clear();
      }
    };

    const read: Send = async (call) => {
      // Below, one that need not be fresh may be answered from the cache, and one without secrets loses them.
      const whole = `${call.fresh} ${call.secrets} ${call.key}`;
      // Who needs all of the resource does not join one who needs less.
      const key = call.brief && !flights.has(whole) ? `brief ${whole}` : whole;
      if (elsewhere && flights.has(key) && !elsewhere.lease.isHeld()) {
        await elsewhere.lease.renew();
        if (call.signal.aborted) throw toAborted(call.signal);
      }
      const known = joinable(flights.get(key));
      if (known) call.ledger.count(call, 'coalesced');
      const flight = known ?? takeOff(key, call);
      const answer = board(flight, call, () => forget(key, flight));
      const leader = flight.call.parent;
      // The spans of an own call are shown as they are, also to the other reads of the same operation.
      return showServed && leader !== call.parent ? showServed(call, 'flight', answer, leader) : answer;
    };

    /** A call that is sent already may return the state before a write that was missed. */
    const joinable = (flight: Flight | undefined): Flight | undefined =>
      !elsewhere || elsewhere.lease.isHeld() || flight?.call.progress?.isQueued ? flight : undefined;

    const takeOff = (key: string, call: Call): Flight => {
      const controller = new AbortController();
      const readers = new Set([call]);
      // It has as long as the one aboard who can wait longest.
      const deadline = () => Math.max(...[...readers].map((reader) => reader.deadline()));
      const isOptional = () => [...readers].every((reader) => reader.isOptional());
      // Without Redis, there is nothing before the quota's queue.
      const progress = { isQueued: elsewhere?.isLost() ?? false };
      const shared = { ...call, signal: controller.signal, deadline, isOptional, progress };
      const answer = next(shared);
      const flight: Flight = { call: shared, answer, controller, readers };
      flights.set(key, flight);
      const end = () => forget(key, flight);
      answer.then(end, end);
      return flight;
    };

    const forget = (key: string, flight: Flight) => {
      if (flights.get(key) === flight) flights.delete(key);
    };

    return (call) => (call.operation.isRead ? read(call) : write(call));
  };

function board(flight: Flight, call: Call, onEmpty: () => void): Promise<unknown> {
  const { signal } = call;
  flight.readers.add(call);
  return new Promise((resolve, reject) => {
    const leave = () => {
      if (flight.readers.size > 1) {
        flight.readers.delete(call);
        return reject(toAborted(signal));
      }
      onEmpty();
      // The last one to leave ends the call, and hears from it how far it had come.
      flight.controller.abort(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    const stay = () => signal.removeEventListener('abort', leave);
    const arrive = (answer: unknown) => {
      call.goodUntil = flight.call.goodUntil;
      if (call.brief) call.brief.page = flight.call.brief?.page;
      if (call.caller === flight.call.caller) resolve(answer);
      else arrivals.add(call.caller, () => resolve(answer));
    };
    flight.answer.then(arrive, reject).finally(stay);
  });
}
