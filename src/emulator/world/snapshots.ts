// Snapshots: the time, and of each account its worlds, what is due in them and its count of ids. The worlds are shared with
// those that continue until one of them changes (persistent/), so that neither a snapshot nor a restore takes long.

import { firstOf, Refused } from '../errors.ts';
import type { Accounts } from './accounts.ts';
import type { ClockState, WorldClock } from './clock.ts';
import type { IdCounts } from './ids.ts';
import type { Due } from './timeline.ts';
import type { Account, World } from './world.ts';
import { bytesOf, forkInto, type Part, type WorldFork } from './world-state.ts';

interface AccountState {
  /** Of its own clock. */
  clock: ClockState | undefined;
  worlds: ReadonlyMap<string, WorldFork>;
  due: readonly Due<World>[];
  ids: IdCounts;
  isDemo: boolean;
}
interface Snapshot {
  /** Of one account, or of all. */
  account: string | undefined;
  id: string;
  clock: ClockState;
  accounts: ReadonlyMap<string, AccountState>;
  parts: readonly Part[];
}
export interface SnapshotSummary {
  id: string;
  account?: string;
  /** When it was taken, by the clock of what it holds. */
  time: string;
  /** Roughly; of what several hold, in each of them. */
  bytes: number;
}

/** Of one account, and of those of all. */
const MOST = 100;
const MOST_BYTES = 512 * 1024 * 1024;
const DUE_BYTES = 100;

export class Snapshots {
  #accounts: Accounts;
  /** By account, if any, and id: accounts do not replace each other's. */
  #snapshots = new Map<string, Snapshot>();
  #taken = 0;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** Of all accounts or one. An earlier one of the same name is replaced. */
  take(name?: string, account?: string): string {
    const id = name ?? this.#newId();
    const key = keyOf(id, account);
    const known = this.#snapshots.get(key);
    const others = [...this.#snapshots.values()].filter((one) => one.account === account);
    if (!known && others.length >= MOST) throw tooMany(`at most ${MOST} snapshots`);
    const snapshot = { ...this.hold(account), id };
    const kept = [...this.#snapshots.values()].filter((one) => one !== known);
    if (bytesOf(new Set([...kept, snapshot].flatMap(({ parts }) => parts))) > MOST_BYTES)
      throw tooMany(`snapshots of at most ${MOST_BYTES / 1024 / 1024} MB together`);
    this.#snapshots.set(key, snapshot);
    return id;
  }

  list(account?: string): SnapshotSummary[] {
    return [...this.#snapshots.values()]
      .filter((one) => account === undefined || one.account === account)
      .map((one) => ({
        id: one.id,
        ...(one.account !== undefined && { account: one.account }),
        time: one.clock.time,
        bytes: bytesOf(one.parts),
      }));
  }

  delete(id: string, account?: string): void {
    const { account: owner } = this.#require('deleteSnapshot', id, account);
    if (owner !== account) throw this.#unknown('deleteSnapshot', id, account);
    this.#snapshots.delete(keyOf(id, owner));
  }

  /** With an account, only its worlds: of a snapshot of its own, or else of all accounts. */
  restore(command: string, id: string, account?: string): void {
    this.apply(this.#require(command, id, account), account);
  }

  /** One that is not in the list. */
  hold(account?: string): Snapshot {
    this.#accounts.catchUp(); // what is due has happened
    const held = account === undefined ? this.#accounts.all() : [this.#accounts.of(account)];
    const states = held.map((one) => [one.accountId, this.#stateOf(one)] as const);
    const clock = (account === undefined ? this.#accounts : this.#accounts.of(account)).clock.state();
    const parts = states.flatMap(([, state]) => partsOf(state));
    return { account, id: '', clock, accounts: new Map(states), parts };
  }

  apply(snapshot: Snapshot, account?: string): void {
    if (account === undefined) this.#applyToAll(snapshot);
    else this.#applyTo(this.#accounts.of(account), snapshot);
  }

  #applyToAll({ clock, accounts }: Snapshot): void {
    for (const one of this.#accounts.all()) one.empty();
    set(this.#accounts.clock, clock);
    for (const [accountId, state] of accounts) this.#restore(this.#accounts.of(accountId), state);
  }

  /** The other accounts keep the common clock, so that this one gets its time by a clock of its own. */
  #applyTo(account: Account, { clock, accounts }: Snapshot): void {
    const state = accounts.get(account.accountId);
    account.empty();
    set(account.ownClock(), clock);
    if (state) this.#restore(account, state);
  }

  #stateOf(account: Account): AccountState {
    const worlds = account
      .worldsAsTheyAre()
      .map((world) => [world.region, forkInto({ order: 0, parts: [], lastInParts: 0 }, world)] as const);
    const due = account.timeline.of(account.accountId);
    const clock = this.#accounts.apart.has(account) ? account.clock.state() : undefined;
    const { ids, isDemo } = account;
    return { worlds: new Map(worlds), due, ids: ids.counts(), clock, isDemo };
  }

  #restore(account: Account, { worlds, due, ids, clock, isDemo }: AccountState): void {
    account.isDemo = isDemo;
    if (clock) set(account.ownClock(), clock);
    for (const [region, state] of worlds) forkInto(account.worldAsItIs(region), state);
    account.ids.restore(ids);
    account.timeline.replace(account.accountId, due);
  }

  #newId(): string {
    this.#taken += 1;
    const id = `snapshot-${this.#taken}`;
    return [...this.#snapshots.values()].some((one) => one.id === id) ? this.#newId() : id;
  }

  #require(command: string, id: string, account?: string): Snapshot {
    const snapshot =
      (account !== undefined && this.#snapshots.get(keyOf(id, account))) || this.#snapshots.get(keyOf(id));
    if (snapshot) return snapshot;
    throw this.#unknown(command, id, account);
  }

  #unknown(command: string, id: string, account?: string): Refused {
    const ids = this.list(account).map((one) => (one.account ? `${one.id} of ${one.account}` : one.id));
    return new Refused(
      `${command}: expected the id of a snapshot (there are: ${firstOf(ids)}), got ${JSON.stringify(id)}`,
    );
  }
}

const partsOf = ({ worlds, due }: AccountState): Part[] => [
  ...[...worlds.values()].flatMap(({ parts }) => parts),
  { bytes: due.length * DUE_BYTES },
];

const keyOf = (id: string, account = '') => `${account} ${id}`;

function set(clock: WorldClock, { time, frozen }: ClockState): void {
  clock.jumpTo(new Date(time));
  clock.freeze(frozen);
}

const tooMany = (expected: string) =>
  new Refused(`snapshot: expected ${expected}, got one more: deleteSnapshot removes one`);
