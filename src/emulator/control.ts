// The commands of the emulator, in process; control-server.ts offers the same over HTTP.
import type { Accounts } from './accounts.ts';
import type { Call, CallLog } from './calls.ts';
import type { ClockState } from './clock.ts';
import { WorldControl } from './control-world.ts';
import { Refused } from './errors.ts';
import type { Deliveries } from './events/deliveries.ts';
import type { DeliveryCounts } from './events/delivery.ts';
import { type EventFault, type EventFilter, matches } from './events/delivery-faults.ts';
import type { EventBridgeEvent } from './events/event.ts';
import type { Fault, Faults } from './faults.ts';
import { LATEST } from './members.ts';
import type { Beginning, Seed } from './plant.ts';
import type { SnapshotSummary, Snapshots } from './snapshots.ts';
import { readValue } from './world-file/read.ts';

interface Parts {
  accounts: Accounts;
  calls: CallLog;
  faults: Faults;
  deliveries: Deliveries;
  snapshots: Snapshots;
  /** Makes the time and the empty worlds what they were at the start. */
  begin: (other?: Pick<Beginning, 'seed' | 'world'>) => void;
}

export class Control extends WorldControl {
  #parts: Parts;

  constructor(parts: Parts) {
    super(parts.accounts);
    this.#parts = parts;
  }

  /** The events of the last while, oldest first, and what became of them. */
  events(wanted: EventFilter = {}): { events: EventBridgeEvent[]; deliveries: DeliveryCounts[] } {
    const { accounts, deliveries } = this.#parts;
    accounts.worlds(); // what is due has happened
    const events = accounts.events.recent().filter((event) => matches(wanted, event));
    return { events, deliveries: deliveries.counts() };
  }

  addEventFault(fault: EventFault): void {
    this.#parts.deliveries.faults.add(fault);
  }

  clearEventFaults(): void {
    this.#parts.deliveries.faults.clear();
  }

  clock(): ClockState {
    return this.#parts.accounts.clock.state();
  }

  /** A later time is advanced to. At an earlier one, what has happened stays, and what is due waits for its time. */
  setClock({ time }: { time: string }): ClockState {
    return this.#moveClock(new Date(time));
  }

  /** What is due happens at once, each at its own time and in order, in all worlds. */
  advanceClock({ seconds }: { seconds: number }): ClockState {
    const now = this.#parts.accounts.clock.now().getTime();
    const time = new Date(now + Math.round(seconds * 1000));
    if (time > LATEST)
      throw new Refused(`advanceClock: seconds: expected a time before ${LATEST.toISOString()}`);
    return this.#moveClock(time);
  }

  /** A frozen clock can be set and advanced. It continues from the time that it has then. */
  freezeClock({ frozen }: { frozen: boolean }): ClockState {
    this.#parts.accounts.clock.freeze(frozen);
    return this.clock();
  }

  #moveClock(time: Date): ClockState {
    const { accounts, deliveries } = this.#parts;
    const setBackMs = accounts.clock.now().getTime() - time.getTime();
    if (setBackMs > 0) accounts.clock.jumpTo(time);
    else accounts.clock.advanceTo(time);
    accounts.worlds(); // what is due has happened
    deliveries.follow(Math.max(0, setBackMs));
    return this.clock();
  }

  calls({ operation }: { operation?: string } = {}): {
    counts: Record<string, number>;
    statuses: Record<number, number>;
    log: readonly Call[];
  } {
    const { calls } = this.#parts;
    return { counts: calls.counts(), statuses: calls.statuses(), log: calls.log(operation) };
  }

  resetCalls(): void {
    this.#parts.calls.reset();
  }

  addFault(fault: Fault): void {
    this.#parts.faults.add(fault);
  }

  clearFaults(): void {
    this.#parts.faults.clear();
  }

  /** Of all worlds and the time. One of the same name is replaced. */
  snapshot({ name }: { name?: string } = {}): { id: string } {
    return { id: this.#parts.snapshots.take(name) };
  }

  snapshots(): { snapshots: SnapshotSummary[] } {
    return { snapshots: this.#parts.snapshots.list() };
  }

  deleteSnapshot({ id }: { id: string }): void {
    this.#parts.snapshots.delete(id);
  }

  /** All worlds and the time as they were. Calls, faults and events stay. */
  restore({ id }: { id: string }): void {
    this.#backTo(() => this.#parts.snapshots.restore('restore', id));
  }

  /** A world to begin with: that of the start, or another one. Without faults, calls and events. */
  reset(to: { seed?: Seed; world?: object; snapshot?: string } = {}): void {
    const { accounts, calls, faults, deliveries, snapshots } = this.#parts;
    if (Object.values(to).filter((value) => value !== undefined).length > 1)
      throw new Refused('reset: expected at most one of seed, world, snapshot');
    if (to.snapshot === undefined) this.#begin(to);
    else snapshots.restore('reset', to.snapshot);
    accounts.events.clear();
    calls.reset();
    faults.clear();
    deliveries.clear();
  }

  /** All of it, or nothing is changed. */
  #begin({ seed, world }: { seed?: Seed; world?: object }): void {
    const { accounts, snapshots, begin } = this.#parts;
    const source = world && readValue('reset: world', world);
    const before = snapshots.capture();
    try {
      for (const account of accounts.all()) account.empty();
      begin(source || seed ? { seed: seed ?? 'empty', world: source } : undefined);
    } catch (error) {
      snapshots.apply(before);
      throw error;
    }
  }

  #backTo(change: () => void): void {
    const { accounts, deliveries } = this.#parts;
    const before = accounts.clock.now().getTime();
    change();
    deliveries.follow(Math.max(0, before - accounts.clock.now().getTime()));
  }
}
