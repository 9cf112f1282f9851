// Snapshots: the time, and of each account its worlds, what is due in them and its count of ids.
import type { Accounts } from './accounts.ts';
import type { ClockState } from './clock.ts';
import { copy } from './copy.ts';
import { Refused } from './errors.ts';
import type { IdCounts } from './ids.ts';
import type { Due } from './timeline.ts';
import type { Account, World } from './world.ts';
import { WorldState } from './world-state.ts';

interface AccountState {
  worlds: ReadonlyMap<string, WorldState>;
  due: readonly Due<World>[];
  ids: IdCounts;
}
interface Snapshot {
  clock: ClockState;
  accounts: ReadonlyMap<string, AccountState>;
  bytes: number;
}
export interface SnapshotSummary {
  id: string;
  /** When it was taken, by the emulator's clock. */
  time: string;
  bytes: number;
}

const MOST = 100;
const MOST_BYTES = 512 * 1024 * 1024;

export class Snapshots {
  #accounts: Accounts;
  #snapshots = new Map<string, Snapshot>();
  #taken = 0;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** An earlier one of the same name is replaced. */
  take(name?: string): string {
    const id = name ?? this.#newId();
    const isNew = !this.#snapshots.has(id);
    if (isNew && this.#snapshots.size >= MOST) throw tooMany(`at most ${MOST} snapshots`);
    const snapshot = this.capture();
    const others = this.list().reduce((sum, one) => sum + (one.id === id ? 0 : one.bytes), 0);
    if (others + snapshot.bytes > MOST_BYTES)
      throw tooMany(`snapshots of at most ${MOST_BYTES / 1024 / 1024} MB together`);
    this.#snapshots.set(id, snapshot);
    return id;
  }

  list(): SnapshotSummary[] {
    return [...this.#snapshots].map(([id, { clock, bytes }]) => ({ id, time: clock.time, bytes }));
  }

  delete(id: string): void {
    this.#require('deleteSnapshot', id);
    this.#snapshots.delete(id);
  }

  restore(command: string, id: string): void {
    this.apply(this.#require(command, id));
  }

  /** One that is not in the list. */
  capture(): Snapshot {
    this.#accounts.worlds(); // what is due has happened
    const meter = { bytes: 0 };
    const states = this.#accounts
      .all()
      .map((account) => [account.accountId, this.#stateOf(account, meter)] as const);
    return { clock: this.#accounts.clock.state(), accounts: new Map(states), bytes: meter.bytes };
  }

  apply({ clock, accounts }: Snapshot): void {
    for (const account of this.#accounts.all()) account.empty();
    for (const [accountId, state] of accounts) this.#restore(this.#accounts.of(accountId), state);
    this.#accounts.clock.jumpTo(new Date(clock.time));
    this.#accounts.clock.freeze(clock.frozen);
  }

  #stateOf(account: Account, meter: { bytes: number }): AccountState {
    const worlds = account.worlds().map((world) => [world.region, copyState(world, meter)] as const);
    const due = this.#accounts.timeline.of(account.accountId);
    meter.bytes += due.length * 100;
    return { worlds: new Map(worlds), due, ids: account.ids.counts() };
  }

  #restore(account: Account, { worlds, due, ids }: AccountState): void {
    for (const [region, state] of worlds)
      Object.assign(account.worldAsItIs(region), copyState(state, { bytes: 0 }));
    account.ids.restore(ids);
    this.#accounts.timeline.replace(account.accountId, due);
  }

  #newId(): string {
    this.#taken += 1;
    const id = `snapshot-${this.#taken}`;
    return this.#snapshots.has(id) ? this.#newId() : id;
  }

  #require(command: string, id: string): Snapshot {
    const snapshot = this.#snapshots.get(id);
    if (snapshot) return snapshot;
    const ids = [...this.#snapshots.keys()].join(', ') || 'none';
    throw new Refused(
      `${command}: expected the id of a snapshot (there are: ${ids}), got ${JSON.stringify(id)}`,
    );
  }
}

/** Of a world only what its state declares. */
function copyState(from: WorldState, meter: { bytes: number }): WorldState {
  const state = new WorldState();
  const names = Object.keys(state) as (keyof WorldState)[];
  return Object.assign(state, copy(Object.fromEntries(names.map((name) => [name, from[name]])), meter));
}

const tooMany = (expected: string) =>
  new Refused(`snapshot: expected ${expected}, got one more: deleteSnapshot removes one`);
