// Where the events of the accounts go: receivers over HTTP, or one in this process.

import { logUnexpected } from '../errors.ts';
import type { Accounts } from '../world/accounts.ts';
import type { Send } from './api-destination.ts';
import { Delivery, type DeliveryCounts } from './delivery.ts';
import { EventFaults } from './delivery-faults.ts';
import { detailTypes, type EventBridgeEvent } from './event.ts';
import { EventsFile } from './file.ts';
import { beat } from './heartbeat.ts';

export interface DeliveryOptions {
  heartbeat?: boolean | undefined;
}

const TICK_MS = 100;
/** CloudTrail takes minutes: its events come when the client has its response. */
const CLOUDTRAIL_MS = 2000;

export class Deliveries {
  readonly faults = new EventFaults();
  #accounts: Accounts;
  #deliveries = new Map<Delivery, () => void>();
  #file: EventsFile | undefined;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
    accounts.events.listen((event, body, time) => this.#offer(event, body, time));
  }

  /** Delivers what happens from now on; with one event a minute of a schedule. Returns what ends it. */
  deliverTo(send: Send, { heartbeat = false }: DeliveryOptions = {}): () => void {
    const { clock } = this.#accounts;
    const delivery = new Delivery(send, clock);
    // Requests are made in real time, also while the clock is frozen
    const rest = clock.source.every?.(TICK_MS, () => this.#tick(delivery));
    const stop = heartbeat ? beat(this.#accounts) : undefined;
    const end = () => {
      rest?.();
      stop?.();
      delivery.close();
      this.#deliveries.delete(delivery);
    };
    this.#deliveries.set(delivery, end);
    return end;
  }

  /** Of events to receivers: those to a file are never changed. */
  get hasReceiver(): boolean {
    return this.#deliveries.size > 0;
  }

  /** Appends what happens from now on to a file. */
  writeTo(path: string): void {
    this.#file = new EventsFile(path, this.#accounts.events);
  }

  /** Of each receiver, then of the file. */
  counts(): DeliveryCounts[] {
    return [...this.#deliveries.keys(), ...(this.#file ? [this.#file] : [])].map(({ counts }) => counts);
  }

  /** No faults, and nothing waits. */
  clear(): void {
    this.faults.clear();
    for (const delivery of this.#deliveries.keys()) delivery.clear();
    this.#file?.clear();
  }

  /** Sends what is due after a change of the clock; by how much it was set back, what waits is due earlier. */
  follow(setBackMs: number): void {
    for (const delivery of this.#deliveries.keys()) delivery.follow(setBackMs);
  }

  close(): void {
    for (const end of this.#deliveries.values()) end();
    this.#file?.close();
  }

  /** A fault strikes an event on its way to all receivers. */
  #offer(event: EventBridgeEvent, body: string, time: Date): void {
    if (this.#deliveries.size === 0) return;
    const isApiCall = event['detail-type'] === detailTypes.apiCall;
    const now = this.#accounts.of(event.account).byCommonClock(time).getTime();
    const sendings = this.faults.sendings(event, now + (isApiCall ? CLOUDTRAIL_MS : 0));
    for (const delivery of this.#deliveries.keys()) delivery.offer(body, sendings);
  }

  /** The clock does not ring for what is due in the world, either: there may be no request until then. */
  #tick(delivery: Delivery): void {
    try {
      this.#accounts.catchUp();
      delivery.pump();
    } catch (error) {
      logUnexpected(error); // an exception in a timer ends the process
    }
  }
}
