// Takes the events of EventBridge, whatever brings them.
import type { EventLog } from '../upstream/changes.ts';
import { MalformedEventError } from './envelope.ts';
import { type EventKind, HEARTBEAT, parseEvent } from './event.ts';

type EventOutcome = 'accepted' | 'duplicate' | 'other_region' | 'malformed' | 'unauthorized' | 'unavailable';

export interface EventObserver {
  received(kind: EventKind, outcome: EventOutcome): void;
  /** Between the time of an accepted event and its arrival. */
  aged(kind: EventKind, seconds: number): void;
}

export interface ReceiverOptions {
  events: Pick<EventLog, 'record'>;
  regions: readonly string[];
  observer?: EventObserver | undefined;
  now?: (() => number) | undefined;
}

const SILENT: EventObserver = { received() {}, aged() {} };

/** Resolves when the event is recorded. Rejects with a MalformedEventError, or when Redis is lost: then it must come again. */
export type ReceiveEvent = (text: string) => Promise<EventOutcome>;

export const receiverOf =
  ({ events, regions, observer = SILENT, now = Date.now }: ReceiverOptions): ReceiveEvent =>
  async (text) => {
    let kind: EventKind = 'other';
    let outcome: EventOutcome = 'unavailable';
    try {
      const event = parseEvent(text);
      kind = event.kind;
      const isHeartbeat = kind === HEARTBEAT;
      const isServed = isHeartbeat || regions.includes(event.region);
      const { id, changes, activity: body } = event;
      outcome = isServed ? await events.record({ id, changes, body, isHeartbeat }) : 'other_region';
      if (outcome === 'accepted') observer.aged(kind, Math.max(0, now() - event.time.getTime()) / 1000);
      return outcome;
    } catch (error) {
      if (error instanceof MalformedEventError) outcome = 'malformed';
      throw error;
    } finally {
      observer.received(kind, outcome);
    }
  };
