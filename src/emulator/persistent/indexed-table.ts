// A table whose records are also found by the values of some of their members, in the order of creation: a page of few among a
// hundred thousand does not read them all.
import { type Ordered, type Sorted, where } from './paging.ts';
import { SortedMap } from './sorted-map.ts';
import { Table } from './table.ts';

/** By value, the orders of those that have it. */
type Index = SortedMap<string, SortedMap<number, true>>;

/** Read one by one: most tables never have more, and an index is larger than they are. */
const FEW = 64;

export class IndexedTable<T extends Ordered, M extends keyof T> extends Table<T> {
  readonly #members: readonly M[];
  /** Absent while there are few. */
  #indexes: ReadonlyMap<M, Index> | undefined;

  constructor(members: readonly M[]) {
    super();
    this.#members = members;
  }

  override set(key: string, item: T): this {
    super.set(key, item);
    if (this.#indexes) for (const [member, index] of this.#indexes) add(index, item[member], item.order);
    else if (this.size > FEW)
      this.#indexes = new Map(this.#members.map((member) => [member, this.#indexOf(member)]));
    return this;
  }

  /** The way to change a member that is indexed. */
  change(item: T, changes: Partial<T>): void {
    const changed = [...(this.#indexes ?? [])].filter(
      ([member]) => member in changes && changes[member] !== item[member],
    );
    for (const [member, index] of changed) index.get(String(item[member]))?.delete(item.order);
    Object.assign(item, changes);
    for (const [member, index] of changed) add(index, item[member], item.order);
  }

  with(member: M, value: T[M]): Sorted<T> {
    if (!this.#indexes) return where(this, (item) => item[member] === value);
    const orders = this.#indexes.get(member)?.get(String(value)) ?? new SortedMap<number, true>();
    return {
      after: (order) => this.#at(orders.after(order)),
      before: (order) => this.#at(orders.before(order)),
    };
  }

  count(member: M, value: T[M]): number {
    if (!this.#indexes) return [...this.with(member, value).after()].length;
    return this.#indexes.get(member)?.get(String(value))?.size ?? 0;
  }

  override fork(): IndexedTable<T, M> {
    const other = this.forkInto(new IndexedTable<T, M>(this.#members));
    if (this.#indexes)
      other.#indexes = new Map([...this.#indexes].map(([member, index]) => [member, index.fork()]));
    return other;
  }

  #indexOf(member: M): Index {
    const index: Index = new SortedMap();
    for (const item of this.values()) add(index, item[member], item.order);
    return index;
  }

  *#at(orders: Iterable<[number, true]>): Generator<T> {
    for (const [order] of orders) {
      const item = this.items.get(order);
      if (item) yield item;
    }
  }
}

function add(index: Index, value: unknown, order: number): void {
  const orders = index.get(String(value));
  if (orders) orders.set(order, true);
  else index.set(String(value), new SortedMap<number, true>().set(order, true));
}
