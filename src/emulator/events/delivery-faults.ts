// What goes wrong on the way from EventBridge to a receiver, on demand.
import { Refused } from '../errors.ts';
import { checkInput, type Fields } from '../members.ts';
import { Random } from '../random.ts';
import { type EventBridgeEvent, nameOf } from './event.ts';

/** What an event must be; what is left out may be anything. */
export interface EventFilter {
  account?: string;
  detailType?: string;
  /** `event_name`, `recording_status`, `limit_name` or the operation of an API call. */
  eventName?: string;
}
export interface EventFault extends EventFilter {
  fault: 'duplicate' | 'late' | 'lost' | 'shuffled';
  /** How many events it strikes; without it, all of them until `clear()`. */
  times?: number;
  /** How late the event or its copy is, or how long those are collected that are shuffled. */
  delayMs?: number;
}
/** When a copy is sent; of those sent at one time, the lower rank goes first. */
export interface Sending {
  at: number;
  rank: number;
}

export const eventFilterFields = {
  detailType: 'detailType?',
  eventName: 'string?',
  account: 'account?',
} as const satisfies Fields;
export const eventFaultFields = {
  fault: 'eventFault',
  ...eventFilterFields,
  times: 'times?',
  delayMs: 'milliseconds?',
} as const satisfies Fields;

export const matches = ({ account, detailType, eventName }: EventFilter, event: EventBridgeEvent): boolean =>
  (account === undefined || event.account === account) &&
  (detailType === undefined || event['detail-type'] === detailType) &&
  (eventName === undefined || nameOf(event) === eventName);

const MOST = 100;
const defaultDelay = { duplicate: 0, late: 60_000, lost: 0, shuffled: 1000 };

interface Active {
  fault: EventFault;
  left: number;
  /** Of its own, so that the same fault has the same effect after a reset. */
  random: Random;
  /** Until when events are collected, to be sent in another order. */
  until?: number;
}

export class EventFaults {
  #active: Active[] = [];

  add(fault: EventFault): void {
    checkInput('addEventFault', eventFaultFields, fault);
    if (fault.fault === 'lost' && fault.delayMs !== undefined)
      throw new Refused('addEventFault: delayMs: expected none for events that are lost');
    const others = this.#active.filter((active) => active.fault.account === fault.account);
    if (others.length >= MOST)
      throw new Refused(`addEventFault: expected at most ${MOST} faults at a time, got one more`);
    this.#active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY, random: new Random(1) });
  }

  /** All, or only those of one account. */
  clear(account?: string): void {
    this.#active = this.#active.filter(({ fault }) => account !== undefined && fault.account !== account);
  }

  /** When an event of now is sent: once and now, but for the oldest fault that strikes it. */
  sendings(event: EventBridgeEvent, now: number): Sending[] {
    const active = this.#active.find(({ fault, left }) => left > 0 && matches(fault, event));
    if (!active) return [{ at: now, rank: 0 }];
    active.left -= 1;
    const { fault, delayMs: delay = defaultDelay[fault] } = active.fault;
    if (fault === 'lost') return [];
    if (fault === 'late') return [{ at: now + delay, rank: 0 }];
    if (fault === 'shuffled') return [this.#shuffle(active, now, delay)];
    const copy = { at: now + delay, rank: 0 };
    return [{ at: now, rank: 0 }, copy];
  }

  /** The first of those collected together goes last, so that the order is never the same. */
  #shuffle(active: Active, now: number, delay: number): Sending {
    const isFirst = active.until === undefined || active.until <= now;
    if (isFirst) active.until = now + delay;
    return { at: active.until ?? now, rank: isFirst ? 1001 : active.random.below(1000) };
  }
}
