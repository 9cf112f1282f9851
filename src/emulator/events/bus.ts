// The default event buses of the accounts, as one: what has happened, in order, for whom it concerns.
import { Recent } from '../traffic/recent.ts';
import { type EventBridgeEvent, idOf, type NewEvent, toSeconds } from './event.ts';

export interface Origin {
  accountId: string;
  region: string;
  time: Date;
}
/** With the time of the event, of which the envelope has no fractions of a second. */
type Listener = (event: EventBridgeEvent, body: string, time: Date) => void;

const MB = 1024 * 1024;
/** Of each account. */
const BOUNDS = { items: 1000, bytes: 8 * MB, allItems: 100_000, allBytes: 64 * MB };

export class EventBus {
  #recent = new Recent<string>(BOUNDS);
  #count = 0;
  #isQuiet = false;
  #listeners = new Set<Listener>();

  put({ accountId, region, time }: Origin, { type, source = 'aws.ivs', resources, detail }: NewEvent): void {
    if (this.#isQuiet) return;
    this.#count += 1;
    const event: EventBridgeEvent = {
      version: '0',
      // Counted through a reset, too: a receiver drops an event whose id it has seen
      id: idOf(`${accountId} ${region} ${time.toISOString()} ${this.#count}`),
      'detail-type': type,
      source,
      account: accountId,
      time: toSeconds(time),
      region,
      resources,
      detail,
    };
    const body = JSON.stringify(event);
    this.#recent.add(accountId, body, body.length);
    for (const listener of this.#listeners) listener(event, body, time);
  }

  /** Returns what ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Without events: the past of a new world is not sent. */
  quietly(act: () => void): void {
    this.#isQuiet = true;
    try {
      act();
    } finally {
      this.#isQuiet = false;
    }
  }

  /** The newest, oldest first: of an account, or of all. */
  recent(accountId?: string): EventBridgeEvent[] {
    return this.#recent.list(accountId).map((body) => JSON.parse(body) as EventBridgeEvent);
  }

  clear(accountId?: string): void {
    this.#recent.clear(accountId);
  }
}
