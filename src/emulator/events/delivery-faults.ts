// What goes wrong on the way from EventBridge to a receiver, on demand.

import { Refused } from '../errors.ts';
import { type Entry, FaultList } from '../faults/fault-list.ts';
import { checkInput, type Fields } from '../inputs/members.ts';
import { didYouMean } from '../inputs/suggest.ts';
import { Random } from '../world/random.ts';
import { type EventBridgeEvent, nameOf } from './event.ts';
import { eventNames } from './event-names.ts';

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

const defaultDelay = { duplicate: 0, late: 60_000, lost: 0, shuffled: 1000 };

interface Active extends Entry {
  fault: EventFault;
  /** Of its own, so that the same fault has the same effect after a reset. */
  random: Random;
  /** Until when events are collected, to be sent in another order. */
  until?: number;
}
export interface EventFaultSummary extends EventFault {
  id: string;
  /** How many events it struck. */
  struck: number;
  /** How many more it can strike; absent without an end. */
  left?: number;
}

export class EventFaults {
  #list = new FaultList<Active>('event-fault', { add: 'addEventFault', remove: 'removeEventFault' });

  /** Returns its id, and what is possible but probably not meant. */
  add(fault: EventFault): { id: string; warnings: string[] } {
    checkInput('addEventFault', eventFaultFields, fault);
    checkDelay(fault);
    const id = this.#list.add(fault, (entry) => ({ ...entry, fault, random: new Random(1) }));
    return { id, warnings: warningsOf(fault) };
  }

  /** The oldest first, with those that are over. */
  list(account?: string): EventFaultSummary[] {
    return this.#list.list(account).map(({ id, fault, struck }) => {
      const left = leftOf({ fault, struck });
      return { id, ...fault, struck, ...(left !== undefined && { left }) };
    });
  }

  remove(id: string, account?: string): void {
    this.#list.remove(id, account);
  }

  /** All, or only those of one account. */
  clear(account?: string): void {
    this.#list.clear(account);
  }

  /** When an event of now is sent: once and now, but for the oldest fault that strikes it. */
  sendings(event: EventBridgeEvent, now: number): Sending[] {
    const active = this.#list.waiting(event.account).find(({ fault }) => matches(fault, event));
    if (!active) return [{ at: now, rank: 0 }];
    active.struck += 1;
    if (leftOf(active) === 0) this.#list.end(active);
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

const leftOf = ({ fault: { times }, struck }: Pick<Active, 'fault' | 'struck'>): number | undefined =>
  times === undefined ? undefined : times - struck;

function checkDelay({ fault, delayMs }: EventFault): void {
  if (fault === 'lost' && delayMs !== undefined)
    throw new Refused('addEventFault: delayMs: expected none for events that are lost');
  if (delayMs === 0 && fault !== 'duplicate')
    throw new Refused(
      `addEventFault: delayMs: expected at least 1 for ${fault}, which has no effect without, got 0`,
    );
}

/** Only events of putEvent have other names. */
function warningsOf({ detailType, eventName }: EventFault): string[] {
  const names = eventNames(detailType);
  if (eventName === undefined || names.includes(eventName)) return [];
  const of = detailType === undefined ? 'IVS' : detailType;
  return [
    `addEventFault: eventName: ${eventName} is no name of an event of ${of}${didYouMean(names, eventName)}`,
  ];
}
