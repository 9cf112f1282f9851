// Faults by account, oldest first: those that wait for what they strike, and those that are over.
import { firstOf, Refused } from '../errors.ts';

export interface Entry {
  id: string;
  order: number;
  /** How often it struck. */
  struck: number;
}
interface OfAccount {
  account?: string | undefined;
}

/** Of one account, and of those for all. */
const MOST = 100;
/** The key of those for all accounts. */
const ALL = '*';

export class FaultList<T extends Entry & { fault: OfAccount }> {
  #waiting = new Map<string, T[]>();
  #over = new Map<string, T[]>();
  #count = 0;
  readonly #commands: { add: string; remove: string };
  readonly #prefix: string;

  constructor(prefix: string, commands: { add: string; remove: string }) {
    this.#prefix = prefix;
    this.#commands = commands;
  }

  /** Returns its id. */
  add({ account = ALL }: OfAccount, entryOf: (entry: Entry) => T): string {
    const waiting = this.#waiting.get(account) ?? [];
    if (waiting.length >= MOST)
      throw new Refused(`${this.#commands.add}: expected at most ${MOST} faults at a time, got one more`);
    this.#count += 1;
    const id = `${this.#prefix}-${this.#count}`;
    waiting.push(entryOf({ id, order: this.#count, struck: 0 }));
    this.#waiting.set(account, waiting);
    return id;
  }

  /** Those that can strike what happens in an account, oldest first. */
  waiting(account: string): T[] {
    if (this.#waiting.size === 0) return [];
    return inOrder([...(this.#waiting.get(ALL) ?? []), ...(this.#waiting.get(account) ?? [])]);
  }

  /** With those that are over: the last of them, until they are cleared. With an account, those that name it. */
  list(account?: string): T[] {
    const lists = [this.#over, this.#waiting];
    return inOrder(
      lists.flatMap((list) =>
        account === undefined ? [...list.values()].flat() : (list.get(account) ?? []),
      ),
    );
  }

  /** It strikes nothing from now on. */
  end(entry: T): void {
    const { account = ALL } = entry.fault;
    this.#drop(this.#waiting, entry);
    this.#over.set(account, [...(this.#over.get(account) ?? []), entry].slice(-MOST));
  }

  /** With an account, only one that names it. */
  remove(id: string, account?: string): void {
    const all = this.list(account);
    const entry = all.find((one) => one.id === id);
    if (!entry) throw this.#unknown(id, all);
    for (const list of [this.#waiting, this.#over]) this.#drop(list, entry);
  }

  /** All, or only those that name an account. */
  clear(account?: string): void {
    for (const list of [this.#waiting, this.#over])
      if (account === undefined) list.clear();
      else list.delete(account);
  }

  #drop(list: Map<string, T[]>, entry: T): void {
    const { account = ALL } = entry.fault;
    const left = list.get(account)?.filter((one) => one !== entry) ?? [];
    if (left.length > 0) list.set(account, left);
    else list.delete(account);
  }

  #unknown(id: string, all: readonly T[]): Refused {
    const ids = firstOf(all.map((one) => one.id));
    return new Refused(
      `${this.#commands.remove}: id: expected the id of a fault (there are: ${ids}), got ${JSON.stringify(id)}`,
    );
  }
}

const inOrder = <T extends Entry>(entries: T[]): T[] => entries.sort((one, other) => one.order - other.order);
