// Takes the events of EventBridge, whatever brings them.
import type { EventLog } from '../upstream/changes.ts';
import { MalformedEventError } from './envelope.ts';
import { type EventKind, HEARTBEAT, type IvsEvent, parseEvent } from './event.ts';

type EventOutcome =
  | 'accepted'
  | 'duplicate'
  | 'other_account'
  | 'other_region'
  | 'malformed'
  | 'unauthorized'
  | 'unavailable';

export interface EventObserver {
  received(kind: EventKind, outcome: EventOutcome): void;
  /** Between the time of an accepted event and its arrival. */
  aged(kind: EventKind, seconds: number): void;
}

export interface ReceiverOptions {
  events: Pick<EventLog, 'record'>;
  regions: readonly string[];
  /** Absent: those of any account are recorded. */
  accounts?: readonly string[] | undefined;
  observer?: EventObserver | undefined;
  now?: (() => number) | undefined;
}

const SILENT: EventObserver = { received() {}, aged() {} };

/** Resolves when the event is recorded. Rejects with a MalformedEventError, or when Redis is lost: then it must come again. */
export type ReceiveEvent = (text: string) => Promise<EventOutcome>;

export const receiverOf =
  ({ events, regions, accounts, observer = SILENT, now = Date.now }: ReceiverOptions): ReceiveEvent =>
  async (text) => {
    let kind: EventKind = 'other';
    let outcome: EventOutcome = 'unavailable';
    try {
      const event = parseEvent(text, accounts !== undefined);
      kind = event.kind;
      const isHeartbeat = kind === HEARTBEAT;
      const { id, changes, activity: body } = event;
      outcome =
        reasonAgainst(event, { regions, accounts }) ??
        (await events.record({ id, changes, body, isHeartbeat }));
      if (outcome === 'accepted') observer.aged(kind, Math.max(0, now() - event.time.getTime()) / 1000);
      return outcome;
    } catch (error) {
      if (error instanceof MalformedEventError) outcome = 'malformed';
      throw error;
    } finally {
      observer.received(kind, outcome);
    }
  };

/** The schedule shows only that events arrive. */
function reasonAgainst(
  { kind, region, account }: IvsEvent,
  { regions, accounts }: Pick<ReceiverOptions, 'regions' | 'accounts'>,
): EventOutcome | undefined {
  if (kind === HEARTBEAT) return undefined;
  if (accounts && !accounts.includes(account ?? '')) return 'other_account';
  return regions.includes(region) ? undefined : 'other_region';
}
