// The commands of the emulator, in process; server.ts offers the same over HTTP.

import { Refused } from '../errors.ts';
import type { Deliveries } from '../events/deliveries.ts';
import type { DeliveryCounts } from '../events/delivery.ts';
import {
  type EventFault,
  type EventFaultSummary,
  type EventFilter,
  matches,
} from '../events/delivery-faults.ts';
import type { EventBridgeEvent } from '../events/event.ts';
import type { Beginning, Seed } from '../plant.ts';
import type { InFlight } from '../traffic/in-flight.ts';
import type { ClockState, WorldClock } from '../world/clock.ts';
import { LATEST } from '../world/iso-time.ts';
import type { SnapshotSummary, Snapshots } from '../world/snapshots.ts';
import type { Account } from '../world/world.ts';
import { readValue } from '../world-file/read.ts';
import { type OfAccount, TrafficControl, type TrafficParts } from './traffic.ts';

interface Parts extends TrafficParts {
  deliveries: Deliveries;
  snapshots: Snapshots;
  inFlight: InFlight;
  /** Makes the time and the empty worlds what they were at the start. */
  begin: (other?: Pick<Beginning, 'seed' | 'world'>, account?: Account) => void;
}
interface ResetTarget {
  seed?: Seed;
  world?: object;
  snapshot?: string;
}

export class Control extends TrafficControl {
  #parts: Parts;

  constructor(parts: Parts) {
    super(parts);
    this.#parts = parts;
  }

  /** The events of the last while, oldest first, and what became of them. */
  events(wanted: EventFilter = {}): { events: EventBridgeEvent[]; deliveries: DeliveryCounts[] } {
    const { accounts, deliveries } = this.#parts;
    accounts.catchUp(); // what is due has happened
    const events = accounts.events.recent(wanted.account).filter((event) => matches(wanted, event));
    return { events, deliveries: deliveries.counts() };
  }

  /** Its id, and what is possible but probably not meant. */
  addEventFault(fault: EventFault): { id: string; warnings: string[] } {
    const { deliveries } = this.#parts;
    if (!deliveries.hasReceiver)
      throw new Refused('addEventFault: expected a receiver of events (--events or deliverTo), got none');
    return deliveries.faults.add(fault);
  }

  /** With those that are over, until they are cleared. */
  eventFaults({ account }: OfAccount = {}): { faults: EventFaultSummary[] } {
    return { faults: this.#parts.deliveries.faults.list(account) };
  }

  removeEventFault({ id, account }: OfAccount & { id: string }): void {
    this.#parts.deliveries.faults.remove(id, account);
  }

  /** With an account, only the faults that name it. */
  clearEventFaults({ account }: OfAccount = {}): void {
    this.#parts.deliveries.faults.clear(account);
  }

  clock({ account }: OfAccount = {}): ClockState {
    return this.#clockOwner(account).clock.state();
  }

  /** A later time is advanced to. At an earlier one, what has happened stays, and what is due waits for its time. */
  setClock({ time, account }: OfAccount & { time: string }): ClockState {
    return this.#moveClock(new Date(time), account);
  }

  /** What is due happens at once, each at its own time and in order, in all worlds. */
  advanceClock({ seconds, account }: OfAccount & { seconds: number }): ClockState {
    const now = this.#clockOwner(account).clock.now().getTime();
    const time = now + Math.round(seconds * 1000);
    if (time > LATEST)
      throw new Refused(
        `advanceClock: seconds: expected at most ${(LATEST - now) / 1000}, until the end of 9998, got ${seconds}`,
      );
    return this.#moveClock(new Date(time), account);
  }

  /** A frozen clock can be set and advanced. It continues from the time that it has then. */
  freezeClock({ frozen, account }: OfAccount & { frozen: boolean }): ClockState {
    this.#ownClock(account).freeze(frozen);
    return this.clock({ account });
  }

  #moveClock(time: Date, account: string | undefined): ClockState {
    const { accounts, deliveries } = this.#parts;
    const clock = this.#ownClock(account);
    const setBackMs = clock.now().getTime() - time.getTime();
    if (setBackMs > 0) clock.jumpTo(time);
    else clock.advanceTo(time);
    accounts.catchUp(); // what is due has happened
    if (account === undefined) deliveries.follow(Math.max(0, setBackMs));
    return this.clock({ account });
  }

  #clockOwner(account: string | undefined): { clock: WorldClock } {
    const { accounts } = this.#parts;
    return account === undefined ? accounts : accounts.of(account);
  }

  /** Of an account that is named, one of its own from now on. */
  #ownClock(account: string | undefined): WorldClock {
    const { accounts } = this.#parts;
    return account === undefined ? accounts.clock : accounts.of(account).ownClock();
  }

  /** Of all worlds and the time, or those of an account. One of the same name is replaced. */
  snapshot({ name, account }: OfAccount & { name?: string } = {}): { id: string } {
    return { id: this.#parts.snapshots.take(name, account) };
  }

  snapshots({ account }: OfAccount = {}): { snapshots: SnapshotSummary[] } {
    return { snapshots: this.#parts.snapshots.list(account) };
  }

  deleteSnapshot({ id, account }: OfAccount & { id: string }): void {
    this.#parts.snapshots.delete(id, account);
  }

  /** The worlds and the time as they were, of all accounts or one. Calls, faults and events stay. */
  restore({ id, account }: OfAccount & { id: string }): void {
    const { accounts, deliveries, snapshots, inFlight } = this.#parts;
    const before = accounts.clock.now().getTime();
    snapshots.restore('restore', id, account);
    inFlight.end('restore', account);
    deliveries.follow(Math.max(0, before - accounts.clock.now().getTime()));
  }

  /** A world to begin with: that of the start, or another one. Without faults, calls and events. */
  reset({ account, ...to }: OfAccount & ResetTarget = {}): void {
    if (Object.values(to).filter((value) => value !== undefined).length > 1)
      throw new Refused('reset: expected at most one of seed, world, snapshot');
    if (to.snapshot === undefined) this.#begin(to, account);
    else this.#parts.snapshots.restore('reset', to.snapshot, account);
    this.#parts.inFlight.end('reset', account);
    this.#forget(account);
  }

  #forget(account: string | undefined): void {
    const { accounts, traffic, faults, rates, deliveries } = this.#parts;
    accounts.events.clear(account);
    traffic.reset(account);
    faults.clear(account);
    rates?.reset(account);
    if (account === undefined) deliveries.clear();
    else deliveries.faults.clear(account);
  }

  /** All of it, or nothing is changed. */
  #begin({ seed, world }: ResetTarget, account: string | undefined): void {
    const { accounts, snapshots, begin } = this.#parts;
    const source = world && readValue('reset: world', world);
    if (account !== undefined && source?.item.accounts)
      throw new Refused('reset: world: accounts: expected none in the world of one account');
    const other = source || seed ? { seed: seed ?? 'empty', world: source } : undefined;
    const before = snapshots.hold(account);
    try {
      if (account === undefined) {
        for (const one of accounts.all()) accounts.forget(one);
        begin(other);
      } else this.#beginAccount(accounts.of(account), other);
    } catch (error) {
      snapshots.apply(before, account);
      throw error;
    }
  }

  /** One without worlds exists no longer: there is room for another one. */
  #beginAccount(account: Account, other?: Pick<Beginning, 'seed' | 'world'>): void {
    const { accounts, begin } = this.#parts;
    begin(other, account);
    if (account.worldsAsTheyAre().length === 0) accounts.forget(account);
  }
}
