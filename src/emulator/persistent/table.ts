// Records by their keys, in the order of their creation. As a Map otherwise, but for `fork`, and for pages of it.
import type { Ordered, Sorted } from './paging.ts';
import { SortedMap } from './sorted-map.ts';

export class Table<T extends Ordered> implements Sorted<T> {
  protected orders = new SortedMap<string, number>();
  protected items = new SortedMap<number, T>();

  get size(): number {
    return this.items.size;
  }

  has(key: string): boolean {
    return this.orders.has(key);
  }

  get(key: string): T | undefined {
    const order = this.orders.get(key);
    return order === undefined ? undefined : this.items.get(order);
  }

  /** In place of the one that had the key. */
  set(key: string, item: T): this {
    const before = this.orders.get(key);
    if (before !== undefined && before !== item.order) this.items.delete(before);
    this.orders.set(key, item.order);
    this.items.set(item.order, item);
    return this;
  }

  delete(key: string): boolean {
    const order = this.orders.get(key);
    if (order === undefined) return false;
    this.orders.delete(key);
    return this.items.delete(order);
  }

  /** Those that were created after the one of this order, or all. */
  *after(order?: number): Generator<T> {
    for (const [, item] of this.items.after(order)) yield item;
  }

  /** The same backwards. */
  *before(order?: number): Generator<T> {
    for (const [, item] of this.items.before(order)) yield item;
  }

  values(): Generator<T> {
    return this.after();
  }

  /** The oldest that fits. */
  find(fits: (item: T) => boolean): T | undefined {
    for (const item of this.values()) if (fits(item)) return item;
    return undefined;
  }

  newest(): T | undefined {
    for (const item of this.before()) return item;
    return undefined;
  }

  /** See SortedMap. */
  fork(): Table<T> {
    return this.forkInto(new Table<T>());
  }

  protected forkInto<O extends Table<T>>(other: O): O {
    other.orders = this.orders.fork();
    other.items = this.items.fork();
    return other;
  }
}
